// What makes the daily work of staff lighter.
#include "app/promised.h"
#include "app/rooms.h"
#include "app/routes.h"
#include "feature/feedback/feedback_pages_bulk.h"
#include "feature/feedback/feedback_pages_filters.h"
#include "feature/feedback/feedback_pages_invitation.h"
#include "feature/feedback/feedback_pages_keys.h"
#include "feature/feedback/feedback_pages_leave.h"
#include "feature/feedback/feedback_pages_practice.h"
#include "feature/feedback/feedback_pages_review.h"
#include "feature/feedback/feedback_pages_workload.h"

namespace ln::app {

void add_comfort(Router& router) {
  router.get("/staff/rooms", rooms_page);
  router.get("/staff/bulk", feedback::staff::bulk_page);
  router.post("/staff/bulk", feedback::staff::do_bulk);
  router.get("/staff/filters", feedback::staff::filters_page);
  router.post("/staff/filters", feedback::staff::change_filters);
  router.get("/staff/keys", feedback::staff::keys_page);
  router.get("/staff/leave", feedback::staff::leave_page);
  router.post("/staff/leave", feedback::staff::change_leave);
  router.get("/staff/practice", feedback::staff::practice_page);
  router.post("/staff/practice", feedback::staff::change_practice);
  router.get("/staff/practice/texts/{number:number}", feedback::staff::text_page);
  router.post("/staff/practice/texts/{number:number}", feedback::staff::change_text);
  router.get("/staff/reviews", feedback::staff::reviews_page);
  router.get("/staff/feedback/{code}/invite", feedback::invite_page);
  router.post("/staff/feedback/{code}/invite", feedback::invite_post);
  router.get("/staff/feedback/{code}/review", feedback::staff::review_page);
  router.post("/staff/feedback/{code}/review",
              followed_by<feedback::staff::do_review, promise_follows>);
  router.get("/staff/workload", feedback::staff::workload_page);
}

}  // namespace ln::app
