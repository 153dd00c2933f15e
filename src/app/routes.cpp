#include "app/routes.h"

namespace ln::app {

Router make_routes() {
  Router router;
  return router;
}

}  // namespace ln::app
