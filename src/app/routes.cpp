#include "app/routes.h"

namespace ln::app {

Router make_routes() {
  Router router;
  add_api(router);
  add_core(router);
  add_feedback(router);
  add_public(router);
  add_staff(router);
  add_administration(router);
  add_comfort(router);
  add_exchange(router);
  add_watch(router);
  add_consultation(router);
  add_open(router);
  add_reports(router);
  return router;
}

}  // namespace ln::app
