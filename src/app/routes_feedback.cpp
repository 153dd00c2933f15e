// Sending and following, for citizens.
#include "app/routes.h"
#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_pages_case.h"
#include "feature/feedback/feedback_pages_form.h"
#include "feature/feedback/feedback_pages_help.h"
#include "feature/feedback/feedback_pages_receipt.h"

namespace ln::app {

void add_feedback(Router& router) {
  using namespace feedback;
  // Five files and the answers beside them.
  constexpr std::int64_t story_max =
      static_cast<std::int64_t>(attachment::count_max * attachment::size_max) + 1024 * 1024;
  router.get("/help", help_page);
  router.get("/refusals", refusals_page);
  router.get("/feedback/new", new_page);
  router.post("/feedback/new", begin_form);
  router.get("/feedback/new/{draft}/{step}", step_get);
  router.post("/feedback/new/{draft}/{step}", step_post);
  router.post("/feedback/new/{draft}/story", story_post,
              {.body_max = story_max, .runs = http::Runs::on_worker});
  router.post("/feedback/new/{draft}/send", send_post);
  router.get("/feedback/find", find_page);
  router.post("/feedback/find", find_post);
  router.get("/feedback/{code}", case_page);
  router.get("/feedback/{code}/files/{token}", case_file);
  router.get("/feedback/{code}/receipt", receipt_page);
  router.post("/feedback/{code}/receipt", receipt_page_post);
  router.get("/feedback/{code}/receipt.tlog-proof", receipt_file);
  router.post("/feedback/{code}/receipt.tlog-proof", receipt_file_post);
  router.get("/feedback/{code}/receipt/{line:number}", line_receipt_page);
  router.get("/feedback/{code}/receipt/{line:number}/receipt.tlog-proof", line_receipt_file);
  router.get("/feedback/{code}/receipts.tlog-proofs", receipts_file);
  router.post("/feedback/{code}/open", open_post);
  router.post("/feedback/{code}/close", close_post);
  router.post("/feedback/{code}/{act}", act_post);
}

}  // namespace ln::app
