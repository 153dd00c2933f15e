// Periodic reports.
#include "app/routes.h"
#include "core/people/people_session.h"
#include "feature/insight/insight_pages_report.h"

namespace ln::app {

void add_reports(Router& router) {
  router.get("/staff/reports", insight::reports_page);
  router.post("/staff/reports", insight::reports_post);
  router.get("/staff/reports/{id:number}", insight::report_page);
  router.get("/staff/reports/{id:number}/{file}", insight::report_download);
}

}  // namespace ln::app
