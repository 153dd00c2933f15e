// Cases as files, in and out.
#include "app/routes.h"
#include "feature/feedback/feedback_pages_export.h"
#include "feature/feedback/feedback_pages_foreign.h"
#include "feature/feedback/feedback_pages_sources.h"

namespace ln::app {

void add_exchange(Router& router) {
  router.get("/staff/exchange", feedback::exchange::exchange_page);
  router.get("/staff/exchange/cases.csv", feedback::exchange::cases_csv);
  // A file, and the same once more in the form that applies it.
  const http::RouteLimits with_file{.body_max = 5 << 20, .runs = http::Runs::on_worker};
  router.get("/staff/exchange/import", feedback::exchange::import_page);
  router.post("/staff/exchange/import", feedback::exchange::import_post, with_file);
  router.get("/staff/administration/sources", feedback::administration::sources_page);
  router.get("/staff/administration/sources/{source}", feedback::administration::source_page);
  router.post("/staff/administration/sources/{source}", feedback::administration::source_post);
}

}  // namespace ln::app
