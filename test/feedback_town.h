// A town in which people send feedback: units, topics, and the pages of citizens behind a browser.
#pragma once

#include <string>

#include "core/people/people_citizen_session.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_pages_case.h"
#include "feature/feedback/feedback_pages_form.h"
#include "feature/feedback/feedback_pages_form_nature.h"
#include "feature/feedback/feedback_pages_held.h"
#include "feature/feedback/feedback_pages_help.h"
#include "feature/feedback/feedback_pages_receipt.h"
#include "feature/feedback/feedback_store.h"
#include "test/browser.h"

namespace ln::test {

struct FeedbackTown : World {
  FeedbackTown() {
    using namespace feedback;
    router.get("/help", help_page);
    router.get("/refusals", refusals_page);
    router.get("/feedback/new", new_page);
    router.post("/feedback/new", begin_form);
    router.get("/feedback/new/{draft}/{step}", step_get);
    router.post("/feedback/new/{draft}/{step}", step_post);
    router.post("/feedback/new/{draft}/story", story_post, {.body_max = 1 << 24});
    router.post("/feedback/new/{draft}/send", send_post);
    router.post("/feedback/new/{draft}/nature", nature_post);
    router.get("/feedback/new/{draft}/hold", hold_page);
    router.post("/feedback/new/{draft}/hold", hold_post);
    router.get("/not-feedback", not_feedback_page);
    router.post("/feedback/{code}/discard", discard_post);
    router.get("/feedback/find", find_page);
    router.post("/feedback/find", find_post);
    router.get("/feedback/{code}", case_page);
    router.get("/feedback/{code}/files/{token}", case_file);
    router.post("/feedback/{code}/open", open_post, {.token = false});
    router.post("/feedback/{code}/close", close_post);
    router.post("/feedback/{code}/{act}", act_post);
    router.get("/feedback/{code}/receipt", receipt_page);
    router.post("/feedback/{code}/receipt", receipt_page_post);
    router.get("/feedback/{code}/receipt.tlog-proof", receipt_file);
    router.post("/feedback/{code}/receipt.tlog-proof", receipt_file_post);
    router.get("/feedback/{code}/receipt/{line:number}", line_receipt_page);
    router.get("/feedback/{code}/receipt/{line:number}/receipt.tlog-proof", line_receipt_file);
    router.get("/feedback/{code}/receipts.tlog-proofs", receipts_file);
    write([&](db::Write& w) {
      const Day old{std::chrono::days(0)};
      const auto add = [&](std::string_view code, std::string_view name, units::Kind kind,
                           std::string_view type, const units::Unit* parent) {
        return units::insert(w, {.code = code,
                                 .valid_from = old,
                                 .name = name,
                                 .kind = kind,
                                 .type = type,
                                 .parent = parent});
      };
      const auto city = add("01", "Thành phố Hà Nội", units::Kind::city, "Thành phố", nullptr);
      add("w1", "Phường Hà Đông", units::Kind::commune, "Phường", &city);
      add("w2", "Phường Hạ Đông", units::Kind::commune, "Phường", &city);
      add("w3", "Phường Ba Đình", units::Kind::commune, "Phường", &city);
      insert_topic(w,
                   {.code = "birth",
                    .about = About::procedure,
                    .name_vi = "Giấy khai sinh",
                    .name_en = "Birth certificate"},
                   1);
      insert_question(w, {"birth", "times", "Đã đến mấy lần?", "How many visits?"}, 1);
    });
  }

  // A case that is there already; `secret` is set to its secret.
  feedback::Feedback send(feedback::Typed typed, std::string& secret) {
    const auto prepared =
        read([&](db::Read& r) { return feedback::prepare(r, typed, random, now); });
    if (!prepared.ok()) throw std::logic_error("refused");
    secret = prepared.value().secret;
    const auto sent =
        write([&](db::Write& w) { return feedback::submit(w, prepared.value(), now); });
    if (!sent.ok()) throw std::logic_error("refused");
    return sent.value().feedback;
  }
  feedback::Feedback find(const std::string& code) {
    return *read([&](db::Read& r) { return feedback::find(r, *feedback::Code::parse(code)); });
  }
  // Changes the row as an office's act would.
  template <class Change>
  void change(const std::string& code, Change how) {
    write([&](db::Write& w) {
      auto row = *feedback::find(w, *feedback::Code::parse(code));
      how(row);
      feedback::save(w, row);
    });
  }
  std::int64_t count() {
    return *read([](db::Read& r) {
      return r.one("SELECT count(*) FROM feedback",
                   [](const db::Row& row) { return row.integer(0); });
    });
  }

  http::Router router;
  html::Site site{.city = "site.city"_t, .base_url = "https://x.example"};
};

}  // namespace ln::test
