// Dialogues between leaders and people, and what was promised there: for readers, for those who
// asked, and for those who answer.
#include "app/routes_dialogue.h"
#include "feature/commitment/commitment_pages.h"
#include "feature/commitment/commitment_pages_staff.h"

namespace ln::app {

void add_dialogue(http::Router& router) {
  router.get("/commitments", commitment::list_page);
  router.get("/commitments/{id:number}", commitment::commitment_page);
  router.get("/commitments/{id:number}/lines/{line:number}", commitment::line_proof);
  router.get("/commitments/{id:number}/own", commitment::own_page);
  router.post("/commitments/{id:number}/own", commitment::own_open);
  router.post("/commitments/{id:number}/own/{act}", commitment::own_post);
  router.get("/staff/commitments", commitment::staff::list_page);
  router.get("/staff/commitments/new", commitment::staff::new_page);
  router.post("/staff/commitments/new", commitment::staff::new_post);
  router.get("/staff/commitments/{id:number}", commitment::staff::desk_page);
  router.post("/staff/commitments/{id:number}/{act}", commitment::staff::act_post);
}

}  // namespace ln::app
