#include "app/routes.h"
#include "app/routes_ballot.h"
#include "app/routes_dialogue.h"
#include "app/routes_disclosure.h"
#include "app/routes_emulation.h"
#include "app/routes_project.h"
#include "app/routes_reception.h"
#include "app/routes_survey.h"

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
  add_dialogue(router);
  add_ballot(router);
  add_disclosure(router);
  add_project(router);
  add_reception(router);
  add_emulation(router);
  add_open(router);
  add_reports(router);
  add_supervision(router);
  add_survey(router);
  return router;
}

}  // namespace ln::app
