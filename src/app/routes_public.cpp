// What everybody may read.
#include "app/routes.h"
#include "feature/feedback/feedback_pages_register.h"
#include "feature/insight/insight_pages.h"
#include "feature/insight/insight_pages_live.h"

namespace ln::app {

void add_public(Router& router) {
  router.get("/", insight::home_page);
  router.get("/live/figures", insight::live_stream);
  router.get("/register", feedback::register_page);
}

}  // namespace ln::app
