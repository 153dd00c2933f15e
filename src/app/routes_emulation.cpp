// "Dân vận khéo" models: for everybody, for those who claim, and for supervisors.
#include "app/routes_emulation.h"

#include "feature/emulation/emulation_api.h"
#include "feature/emulation/emulation_pages.h"
#include "feature/emulation/emulation_pages_criteria.h"
#include "feature/emulation/emulation_pages_staff.h"

namespace ln::app {

void add_emulation(http::Router& router) {
  router.get("/api/v1/emulation", emulation::list_api);
  router.get("/api/v1/emulation/{id:number}", emulation::model_api);
  router.get("/emulation", emulation::list_page);
  router.get("/emulation/{id:number}", emulation::model_page);
  router.get("/emulation/{id:number}/lines/{line:number}", emulation::line_proof);
  router.get("/staff/administration/criteria", emulation::staff::criteria_page);
  router.post("/staff/administration/criteria", emulation::staff::criteria_post);
  router.get("/staff/administration/criteria/{criterion}", emulation::staff::criterion_page);
  router.post("/staff/administration/criteria/{criterion}", emulation::staff::criterion_post);
  router.get("/staff/emulation", emulation::staff::list_page);
  router.get("/staff/emulation/new", emulation::staff::new_page);
  router.post("/staff/emulation/new", emulation::staff::new_post);
  router.get("/staff/emulation/{id:number}", emulation::staff::desk_page);
  router.post("/staff/emulation/{id:number}/{act}", emulation::staff::act_post);
  router.get("/staff/supervision/models", emulation::staff::verdicts_page);
  router.get("/staff/supervision/models/{id:number}", emulation::staff::verdict_page);
  router.post("/staff/supervision/models/{id:number}", emulation::staff::verdict_post);
}

}  // namespace ln::app
