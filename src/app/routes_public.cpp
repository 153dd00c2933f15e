// What everybody may read.
#include "app/routes.h"
#include "feature/feedback/feedback_pages_register.h"

namespace ln::app {

void add_public(Router& router) {
  router.get("/register", feedback::register_page);
}

}  // namespace ln::app
