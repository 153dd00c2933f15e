// What officers work with.
#include "app/promised.h"
#include "app/routes.h"
#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_pages_calendar.h"
#include "feature/feedback/feedback_pages_dispute.h"
#include "feature/feedback/feedback_pages_escalated.h"
#include "feature/feedback/feedback_pages_intake.h"
#include "feature/feedback/feedback_pages_move.h"
#include "feature/feedback/feedback_pages_paper.h"
#include "feature/feedback/feedback_pages_part.h"
#include "feature/feedback/feedback_pages_reorganise.h"
#include "feature/feedback/feedback_pages_routing.h"
#include "feature/feedback/feedback_pages_staff.h"
#include "feature/feedback/feedback_pages_staff_moderation.h"

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
  router.post("/staff/feedback/{code}/{task}",
              followed_by<feedback::staff::do_task, promise_follows>);
  router.post("/staff/feedback/{code}/answer",
              followed_by<feedback::staff::answer_case, promise_follows>, with_files);
  router.get("/staff/intake", feedback::help::intake_page);
  router.post("/staff/intake", feedback::help::read_back);
  router.post("/staff/intake/send", feedback::help::send_intake, with_files);
  router.get("/staff/paper", feedback::help::papers_page);
  router.post("/staff/paper", feedback::help::print_batch);
  router.post("/staff/paper/{batch:number}/withdraw", feedback::help::withdraw_batch);
  router.get("/staff/feedback/{code}/pictures/{token}", feedback::staff::picture_page);
  router.post("/staff/feedback/{code}/pictures/{token}", feedback::staff::picture_post,
              {.runs = http::Runs::on_worker});
  router.get("/staff/feedback/{code}/withdraw", feedback::staff::withdraw_page);
  router.post("/staff/feedback/{code}/withdraw", feedback::staff::withdraw_post);
  router.get("/staff/escalated", feedback::staff::escalated_page);
  router.get("/staff/disputes", feedback::staff::disputes_page);
  router.get("/staff/feedback/{code}/dispute", feedback::staff::dispute_page);
  router.post("/staff/feedback/{code}/dispute", feedback::staff::dispute_post);
  router.get("/staff/feedback/{code}/part", feedback::staff::part_page);
  router.post("/staff/feedback/{code}/part", feedback::staff::part_post);
  router.post("/staff/feedback/{code}/rejoin", feedback::staff::rejoin_post);
  router.get("/staff/calendar", feedback::staff::calendar_page);
  router.post("/staff/calendar", feedback::staff::change_calendar);
  // Two files of a whole nation's units.
  const http::RouteLimits with_lists{.body_max = 34 << 20, .runs = http::Runs::on_worker};
  router.get("/staff/reorganisation", feedback::reorganise::reorganisations_page);
  router.post("/staff/reorganisation", feedback::reorganise::apply, with_lists);
  router.post("/staff/reorganisation/{id:number}/withdraw", feedback::reorganise::withdraw);
  router.get("/staff/reorganisation/{id:number}/undetermined", feedback::moves::undetermined_page);
  router.post("/staff/reorganisation/{id:number}/undetermined", feedback::moves::settle);
  router.get("/staff/routing", feedback::routing::rules_page);
  router.post("/staff/routing", feedback::routing::add_rule);
  router.get("/staff/routing/{number:number}", feedback::routing::rule_page);
  router.post("/staff/routing/{number:number}", feedback::routing::change_rule);
}

}  // namespace ln::app
