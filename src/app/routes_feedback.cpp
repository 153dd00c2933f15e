// Sending and following, for citizens.
#include "app/routes.h"
#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_pages_case.h"
#include "feature/feedback/feedback_pages_correct.h"
#include "feature/feedback/feedback_pages_counted.h"
#include "feature/feedback/feedback_pages_disclosure.h"
#include "feature/feedback/feedback_pages_erase.h"
#include "feature/feedback/feedback_pages_form.h"
#include "feature/feedback/feedback_pages_form_nature.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_pages_help.h"
#include "feature/feedback/feedback_pages_invitation.h"
#include "feature/feedback/feedback_pages_kiosk.h"
#include "feature/feedback/feedback_pages_pressure.h"
#include "feature/feedback/feedback_pages_receipt.h"
#include "feature/feedback/feedback_pages_recovery.h"

namespace ln::app {

void add_feedback(Router& router) {
  // Five files and the answers beside them.
  constexpr std::int64_t story_max =
      static_cast<std::int64_t>(attachment::count_max * attachment::size_max) + 1024 * 1024;
  router.get("/help", feedback::help_page);
  router.get("/refusals", feedback::refusals_page);
  router.get("/reply/{token}", feedback::reply_page);
  router.post("/reply/{token}", feedback::reply_post);
  router.get("/disclosures", feedback::disclosures_page);
  router.get("/kiosk", feedback::help::kiosk_page);
  router.post("/kiosk", feedback::help::kiosk_read_back);
  router.get("/kiosk/send", feedback::help::kiosk_cleared);
  router.post("/kiosk/send", feedback::help::kiosk_send);
  router.get("/not-feedback", feedback::not_feedback_page);
  router.get("/feedback/new", feedback::new_page);
  router.post("/feedback/new", feedback::begin_form);
  router.get("/feedback/new/{draft}/{step}", feedback::step_get);
  router.post("/feedback/new/{draft}/{step}", feedback::step_post);
  router.post("/feedback/new/{draft}/story", feedback::story_post,
              {.body_max = story_max, .runs = http::Runs::on_worker});
  router.post("/feedback/new/{draft}/send", feedback::send_post);
  router.post("/feedback/new/{draft}/nature", feedback::nature_post);
  router.get("/feedback/new/{draft}/hold", feedback::hold_page);
  router.post("/feedback/new/{draft}/hold", feedback::hold_post);
  router.get("/feedback/find", feedback::find_page);
  router.post("/feedback/find", feedback::find_post);
  router.get("/recover", feedback::recover_page);
  router.post("/recover", feedback::recover_post);
  router.get("/recover/{token}", feedback::new_secret_page);
  router.post("/recover/{token}", feedback::new_secret_post);
  router.get("/confirm/{code}/{token}", feedback::confirm_page);
  router.post("/confirm/{code}/{token}", feedback::confirm_post);
  router.post("/feedback/{code}/confirm-contact", feedback::confirm_ask_post);
  router.get("/feedback/{code}", feedback::case_page);
  router.get("/feedback/{code}/counted", feedback::counted_page);
  router.get("/feedback/{code}/counted/{line:number}/{figure}", feedback::counted_file);
  router.get("/feedback/{code}/files/{token}", feedback::case_file);
  router.get("/feedback/{code}/receipt", feedback::receipt_page);
  router.post("/feedback/{code}/receipt", feedback::receipt_page_post);
  router.get("/feedback/{code}/receipt.tlog-proof", feedback::receipt_file);
  router.post("/feedback/{code}/receipt.tlog-proof", feedback::receipt_file_post);
  router.get("/feedback/{code}/receipt/{line:number}", feedback::line_receipt_page);
  router.get("/feedback/{code}/receipt/{line:number}/receipt.tlog-proof",
             feedback::line_receipt_file);
  router.get("/feedback/{code}/receipts.tlog-proofs", feedback::receipts_file);
  router.post("/feedback/{code}/open", feedback::open_post, {.token = false});
  router.post("/feedback/{code}/close", feedback::close_post);
  router.get("/feedback/{code}/correct", feedback::correct_page);
  router.post("/feedback/{code}/correct", feedback::correct_post);
  router.get("/feedback/{code}/erase", feedback::erase_page);
  router.post("/feedback/{code}/erase", feedback::erase_post);
  router.get("/feedback/{code}/pressure", feedback::pressure_page);
  router.post("/feedback/{code}/pressure", feedback::pressure_post);
  router.post("/feedback/{code}/discard", feedback::discard_post);
}

}  // namespace ln::app
