// Dialogues between leaders and people, and what was promised there: for readers, for those who
// asked, and for those who answer.
#include "app/routes_dialogue.h"

#include "app/promised.h"
#include "app/viewed.h"
#include "feature/commitment/commitment_api.h"
#include "feature/commitment/commitment_pages.h"
#include "feature/commitment/commitment_pages_staff.h"
#include "feature/dialogue/dialogue_api.h"
#include "feature/dialogue/dialogue_pages.h"
#include "feature/dialogue/dialogue_pages_staff.h"
#include "feature/feedback/feedback_pages_case.h"

namespace ln::app {

void add_dialogue(http::Router& router) {
  router.get("/api/v1/dialogues", dialogue::list_api);
  router.get("/api/v1/dialogues/{id:number}", dialogue::session_api);
  router.get("/api/v1/dialogues/{id:number}/questions", dialogue::questions_api);
  router.get("/api/v1/commitments", commitment::list_api);
  router.get("/api/v1/commitments/{id:number}", commitment::commitment_api);
  router.get("/dialogues", dialogue::list_page);
  router.get("/dialogues/{id:number}", viewed<dialogue::session_page, views::Kind::dialogue>);
  router.get("/dialogues/{id:number}/ask", dialogue::ask_page);
  router.post("/dialogues/{id:number}/ask", dialogue::ask_post);
  router.post("/dialogues/{id:number}/support", dialogue::support_post);
  router.get("/dialogues/{id:number}/queue", dialogue::queue_page);
  router.get("/dialogues/{id:number}/minutes", dialogue::minutes_page);
  router.get("/dialogues/{id:number}/print", dialogue::print_page);
  router.get("/live/dialogues/{id:number}", dialogue::queue_stream);
  router.get("/dialogues/questions/{code}", dialogue::own_page);
  router.get("/dialogues/questions/{code}/receipt.tlog-proof", dialogue::own_receipt);
  router.post("/dialogues/questions/{code}/{act}", dialogue::own_post);
  router.get("/staff/dialogues", dialogue::staff::list_page);
  router.get("/staff/dialogues/new", dialogue::staff::new_page);
  router.post("/staff/dialogues/new", dialogue::staff::new_post);
  router.get("/staff/dialogues/{id:number}", dialogue::staff::desk_page);
  router.get("/staff/dialogues/{id:number}/hall", dialogue::staff::hall_page);
  router.post("/staff/dialogues/{id:number}/hall", dialogue::staff::hall_post);
  router.get("/staff/dialogues/{id:number}/questions/{code}", dialogue::staff::question_page);
  router.post("/staff/dialogues/{id:number}/questions/{code}/{act}",
              dialogue::staff::question_post);
  // Minutes may be long.
  router.post("/staff/dialogues/{id:number}/{act}", dialogue::staff::act_post,
              {.body_max = 512 * 1024});
  // What the holder of a case says of its answer is said of the promise in it.
  router.post("/feedback/{code}/{act}", followed_by<feedback::act_post, promise_follows>);
  router.get("/commitments", commitment::list_page);
  router.get("/commitments/{id:number}", commitment::commitment_page);
  router.get("/commitments/{id:number}/lines/{line:number}", commitment::line_proof);
  router.get("/commitments/{id:number}/own", commitment::own_page);
  router.post("/commitments/{id:number}/own", commitment::own_open);
  router.post("/commitments/{id:number}/own/{act}",
              followed_by<commitment::own_post, case_follows>);
  router.get("/staff/commitments", commitment::staff::list_page);
  router.get("/staff/commitments/new", commitment::staff::new_page);
  router.post("/staff/commitments/new", commitment::staff::new_post);
  router.get("/staff/commitments/{id:number}", commitment::staff::desk_page);
  router.post("/staff/commitments/{id:number}/{act}",
              followed_by<commitment::staff::act_post, case_follows>);
}

}  // namespace ln::app
