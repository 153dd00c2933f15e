// What is counted: dashboards, desks, signals and periodic reports.
#include "app/routes.h"
#include "core/people/people_session.h"
#include "feature/insight/insight_pages_board.h"
#include "feature/insight/insight_pages_desk.h"
#include "feature/insight/insight_pages_report.h"
#include "feature/insight/insight_pages_signal.h"

namespace ln::app {

void add_reports(Router& router) {
  router.get("/figures/board", insight::board_page);
  router.get("/figures/board/units", insight::board_units_page);
  router.get("/staff/desk", insight::desk_page);
  router.get("/staff/mirror", insight::mirror_page);
  router.get("/staff/signals", insight::signals_page);
  router.get("/staff/signals/rules", insight::rules_page);
  router.post("/staff/signals/rules", insight::rules_post);
  router.get("/staff/signals/{id:number}", insight::signal_page);
  router.post("/staff/signals/{id:number}/dispute", insight::dispute_post);
  router.post("/staff/signals/{id:number}/decision", insight::decision_post);
  router.get("/staff/reports", insight::reports_page);
  router.post("/staff/reports", insight::reports_post);
  router.get("/staff/reports/{id:number}", insight::report_page);
  router.get("/staff/reports/{id:number}/{file}", insight::report_download);
}

}  // namespace ln::app
