// What officers work with.
#include "app/routes.h"
#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_pages_calendar.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_pages_watch.h"
#include "feature/feedback/feedback_pages_watch_erase.h"

namespace ln::app {

void add_staff(Router& router) {
  // Pictures are decoded, and an answer may bring as many files as a message may have.
  const http::RouteLimits with_files{
      .body_max =
          static_cast<std::int64_t>(attachment::count_max * attachment::size_max) + (1 << 20),
      .runs = http::Runs::on_worker};
  router.get("/staff", feedback::staff::home_page);
  router.get("/staff/feedback/{code}", feedback::staff::case_page);
  router.get("/staff/feedback/{code}/files/{token}", feedback::staff::case_file);
  router.get("/staff/feedback/{code}/{task}", feedback::staff::task_page);
  router.post("/staff/feedback/{code}/{task}", feedback::staff::do_task);
  router.post("/staff/feedback/{code}/answer", feedback::staff::answer_case, with_files);
  router.get("/staff/calendar", feedback::staff::calendar_page);
  router.post("/staff/calendar", feedback::staff::change_calendar);
  router.get("/staff/protected", feedback::watch::sealed_page);
  router.get("/staff/protected/{code}", feedback::watch::opening_page);
  router.post("/staff/protected/{code}/open", feedback::watch::open_sealed);
  router.get("/staff/protected/{code}/sealed", feedback::watch::sealed_file);
  router.get("/staff/erasure", feedback::watch::erasing_page);
  router.post("/staff/erasure", feedback::watch::erase_case);
  router.get("/staff/supervision", feedback::watch::supervision_page);
}

}  // namespace ln::app
