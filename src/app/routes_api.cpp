// Routes for machines. Each stands in data/api/openapi.json too; tidy compares.
#include "app/routes.h"
#include "core/notice/notice_pages.h"
#include "feature/feedback/feedback_api.h"
#include "feature/feedback/feedback_pages_counted.h"
#include "feature/feedback/feedback_pages_moderation.h"
#include "feature/insight/insight_pages_facts.h"
#include "feature/satisfaction/satisfaction_api.h"
#include "feature/satisfaction/satisfaction_pages.h"

namespace ln::app {

void add_api(Router& router) {
  // No cookie counts here, so there is nothing to forge.
  const http::RouteLimits open{.csrf = false};
  router.get("/api/v1/facts", insight::facts_api);
  router.get("/api/v1/feedback", feedback::register_api);
  router.post("/api/v1/feedback", feedback::submit_api, open);
  router.get("/api/v1/feedback/{code}", feedback::case_api);
  router.get("/api/v1/moderation", feedback::moderation_api);
  router.post("/api/v1/feedback/{code}/accept", feedback::accept_api, open);
  router.post("/api/v1/feedback/{code}/contest", feedback::contest_api, open);
  router.get("/api/v1/feedback/{code}/counted", feedback::counted_api);
  router.post("/api/v1/feedback/{code}/erase", feedback::erase_api, open);
  router.post("/api/v1/feedback/{code}/ratings", satisfaction::rating_api, open);
  router.post("/api/v1/feedback/{code}/reopen", feedback::reopen_api, open);
  router.post("/api/v1/feedback/{code}/reply", feedback::reply_api, open);
  router.get("/api/v1/notices/{key}", notice::to_choice_page);
  router.post("/api/v1/notices/{key}", notice::stop_by_mail, open);
  router.get("/api/v1/openapi.json", feedback::description_api);
  router.get("/api/v1/procedures", feedback::procedures_api);
  router.get("/api/v1/topics", feedback::topics_api);
  router.get("/api/v1/units", feedback::units_api);
  router.get("/feedback/{code}/ratings", satisfaction::rating_page);
  router.post("/feedback/{code}/ratings", satisfaction::rating_form);
}

}  // namespace ln::app
