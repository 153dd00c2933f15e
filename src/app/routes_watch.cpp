// Those who watch over the work: the ombudsman and the supervisors.
#include "app/routes.h"
#include "feature/feedback/feedback_pages_disclosure.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_pages_pressure.h"
#include "feature/feedback/feedback_pages_watch.h"
#include "feature/feedback/feedback_pages_watch_erase.h"

namespace ln::app {

void add_watch(Router& router) {
  router.get("/staff/protected", feedback::watch::sealed_page);
  router.get("/staff/protected/{code}", feedback::watch::opening_page);
  router.post("/staff/protected/{code}/open", feedback::watch::open_sealed);
  router.get("/staff/protected/{code}/sealed", feedback::watch::sealed_file);
  router.get("/staff/disclosures", feedback::ordered_page);
  router.post("/staff/disclosures", feedback::ordered_post);
  router.get("/staff/held", feedback::held_list_page);
  router.post("/staff/held", feedback::read_held_post);
  router.get("/staff/erasure", feedback::watch::erasing_page);
  router.post("/staff/erasure", feedback::watch::erase_case);
  router.get("/staff/supervision", feedback::watch::supervision_page);
  router.get("/staff/supervision/pressure", feedback::pressed_page);
  router.post("/staff/supervision/pressure/{id}", feedback::take_up_post);
}

}  // namespace ln::app
