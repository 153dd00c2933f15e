// Supervision: for everybody, for supervisors, and for the units they advise.
#include "app/routes.h"
#include "feature/supervision/supervision_api.h"
#include "feature/supervision/supervision_pages.h"
#include "feature/supervision/supervision_pages_staff.h"
#include "feature/supervision/supervision_pages_unit.h"

namespace ln::app {

void add_supervision(Router& router) {
  router.get("/api/v1/supervision", supervision::list_api);
  router.get("/api/v1/supervision/{id:number}", supervision::programme_api);
  router.get("/supervision", supervision::list_page);
  router.get("/supervision/{id:number}", supervision::programme_page);
  router.get("/supervision/{id:number}/frame", supervision::frame_text);
  router.get("/staff/supervision/programmes", supervision::staff::list_page);
  router.get("/staff/supervision/programmes/new", supervision::staff::new_page);
  router.post("/staff/supervision/programmes/new", supervision::staff::new_post);
  router.get("/staff/supervision/programmes/{id:number}", supervision::staff::desk_page);
  router.get("/staff/supervision/programmes/{id:number}/cases/{number:number}",
             supervision::staff::case_page);
  router.post("/staff/supervision/programmes/{id:number}/cases/{number:number}",
              supervision::staff::case_post);
  router.post("/staff/supervision/programmes/{id:number}/{act}", supervision::staff::act_post);
  router.get("/staff/recommendations", supervision::unit::list_page);
  router.get("/staff/recommendations/{id:number}", supervision::unit::advice_page);
  router.post("/staff/recommendations/{id:number}", supervision::unit::advice_post);
  router.get("/staff/findings", supervision::unit::findings_page);
  router.get("/staff/findings/{id:number}/{number:number}", supervision::unit::finding_page);
  router.post("/staff/findings/{id:number}/{number:number}", supervision::unit::finding_post);
}

}  // namespace ln::app
