#include "feature/feedback/feedback_pages_case.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_due.h"
#include "test/feedback_town.h"

namespace ln::feedback {
namespace {

using test::Browser;
using test::FeedbackTown;

Typed about_place() {
  Typed typed{};
  typed.about = "place";
  typed.unit = "w1";
  typed.title = "Đèn tắt";
  typed.body = "Đèn ngõ 5 tắt ba hôm.";
  typed.place = "Ngõ 5";
  typed.contact = "0912000111";
  return typed;
}
Typed about_conduct() {
  Typed typed{};
  typed.about = "conduct";
  typed.unit = "w1";
  typed.title = "Bị quát";
  typed.body = "Cán bộ quát mắng tôi.";
  return typed;
}

void answer(FeedbackTown& town, const std::string& code) {
  town.change(code, [&](Feedback& f) {
    f.state = State::answered;
    f.accepted_at = f.answered_at = f.last_answered_at = town.now;
  });
}

Browser& open_with(Browser& b, const std::string& code, const std::string& secret) {
  b.get("/feedback/" + code).fill("secret", secret).press("Mở hồ sơ");
  return b;
}

TEST_CASE("a case is public from the moment it is sent, what was written is not") {
  FeedbackTown town;
  std::string secret;
  const Feedback sent = town.send(about_place(), secret);
  Browser b(town, town.router, town.site);
  for (const std::string prefix : {"", "/en"}) {
    b.get(prefix + "/feedback/" + sent.code.text());
    CHECK(b.status() == 200);
    CHECK(b.shows(sent.code.shown()));
    CHECK(b.shows("Phường Hà Đông"));
    for (const char* hidden : {"Đèn", "Ngõ 5", "0912000111"}) CHECK_FALSE(b.shows(hidden));
  }
  CHECK(b.shows("working day 1"));
  // However the code is written.
  b.get("/feedback/hn-" + sent.code.text().substr(0, 4) + "-" + sent.code.text().substr(4));
  CHECK(b.address() == "/feedback/" + sent.code.text());
  CHECK(b.status() == 200);
  b.get("/feedback/find?code=" + sent.code.text());
  CHECK(b.address() == "/feedback/" + sent.code.text());
}

TEST_CASE("what a citizen wrote is not public before they chose so and a person released it") {
  FeedbackTown town;
  std::string secret;
  Typed typed = about_place();
  typed.is_public = true;
  const Feedback sent = town.send(typed, secret);
  Browser b(town, town.router, town.site);
  b.get("/feedback/" + sent.code.text());
  CHECK_FALSE(b.shows("Đèn ngõ 5"));
  town.change(sent.code.text(), [&](Feedback& f) {
    f.published_at = town.now;
    f.public_title = "Đèn tắt";
    f.public_body = "Đèn một ngõ tắt.";
  });
  b.get("/feedback/" + sent.code.text());
  CHECK(b.shows("Đèn một ngõ tắt."));
  CHECK_FALSE(b.shows("Đèn ngõ 5"));
}

TEST_CASE("a protected case does not exist for anybody without its secret") {
  FeedbackTown town;
  std::string secret;
  const Feedback sent = town.send(about_conduct(), secret);
  std::string free = sent.code.text();
  free[0] = free[0] == 'A' ? 'B' : 'A';
  Browser b(town, town.router, town.site);
  const auto page_of = [&](const std::string& code) {
    b.forget_cookies();
    b.get("/feedback/" + code);
    CHECK(b.status() == 404);
    return b.page().text();
  };
  const auto without = [](std::string text, const Code& code) {
    for (std::size_t at = 0; (at = text.find(code.shown())) != std::string::npos;)
      text.replace(at, code.shown().size(), "CODE");
    return text;
  };
  CHECK(without(page_of(sent.code.text()), sent.code) ==
        without(page_of(free), *Code::parse(free)));
  // A wrong secret gets the same answer for both.
  for (const std::string& code : {sent.code.text(), free}) {
    b.get("/feedback/" + code).fill("secret", "AAAA-AAAA-AAAA-AAAA-AAAA").press("Mở hồ sơ");
    CHECK(b.status() == 422);
    CHECK(b.page().by_id("secret-error") != nullptr);
    CHECK(b.cookie(people::case_cookie(code)).empty());
  }
  open_with(b, sent.code.text(), secret);
  CHECK(b.status() == 200);
  CHECK(b.shows("Cán bộ quát mắng tôi."));
  CHECK(b.shows("vào sổ cái trước 10:00"));  // the hour before which it will stand in the ledger
  b.press("Đóng lại trên máy này");
  b.get("/feedback/" + sent.code.text());
  CHECK(b.status() == 404);
}

TEST_CASE("the holder finds the case with code and secret, however they are written") {
  FeedbackTown town;
  std::string secret;
  const Feedback sent = town.send(about_place(), secret);
  Browser b(town, town.router, town.site);
  std::string low = people::shown_secret(secret);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  b.get("/feedback/find").fill("code", " " + sent.code.shown()).fill("secret", low);
  b.press("Mở hồ sơ");
  CHECK(b.status() == 200);
  CHECK(b.shows("Đèn ngõ 5 tắt ba hôm."));
  CHECK(b.shows("0912000111"));
  b.get("/feedback/find").fill("code", "khong phai ma").press("Mở hồ sơ");
  CHECK(b.status() == 422);
}

TEST_CASE("the holder accepts an answer, once") {
  FeedbackTown town;
  std::string secret;
  const Feedback sent = town.send(about_place(), secret);
  answer(town, sent.code.text());
  Browser b(town, town.router, town.site);
  open_with(b, sent.code.text(), secret);
  Browser other(town, town.router, town.site);
  open_with(other, sent.code.text(), secret);
  b.press("Đã xong, tôi đồng ý");
  CHECK(b.shows("Đã ghi nhận"));
  CHECK(town.find(sent.code.text()).state == State::closed);
  CHECK(town.find(sent.code.text()).closed_by == "citizen");
  other.press("Đã xong, tôi đồng ý");
  CHECK(other.shows("Việc đó không làm được nữa"));
}

TEST_CASE("the holder says it is not fixed, replies to a question, and contests a refusal") {
  FeedbackTown town;
  std::string secret;
  const Feedback sent = town.send(about_place(), secret);
  const std::string code = sent.code.text();
  answer(town, code);
  Browser b(town, town.router, town.site);
  open_with(b, code, secret);
  b.fill("text", "Đèn lại tắt").press("Mở lại hồ sơ");
  CHECK(town.find(code).state == State::reopened);
  CHECK(b.shows("Đèn lại tắt"));
  town.change(code, [&](Feedback& f) {
    f.state = State::asked;
    f.asked_at = town.now;
  });
  b.get("/feedback/" + code).press("Gửi trả lời");
  CHECK(b.status() == 422);
  CHECK(b.page().by_id("reply-error") != nullptr);
  b.fill("text", "Cột số 7.").press("Gửi trả lời");
  CHECK(town.find(code).state == State::assigned);
  town.change(code, [&](Feedback& f) { f.state = State::declined; });
  b.get("/feedback/" + code).fill("text", std::string(1'001, 'x')).press("Yêu cầu xem lại");
  CHECK(b.status() == 422);
  b.fill("text", "Đúng việc của phường.").press("Yêu cầu xem lại");
  CHECK(town.find(code).state == State::reopened);
  // The public sees that it goes on, and none of these words.
  b.forget_cookies();
  b.get("/feedback/" + code);
  for (const char* hidden : {"Cột số 7", "Đèn lại tắt", "Đúng việc của phường"})
    CHECK_FALSE(b.shows(hidden));
}

TEST_CASE("nobody acts on a case without its secret, nor with that of another case") {
  FeedbackTown town;
  std::string secret, other_secret;
  const Feedback sent = town.send(about_place(), secret);
  const Feedback other = town.send(about_place(), other_secret);
  answer(town, sent.code.text());
  Browser b(town, town.router, town.site);
  open_with(b, sent.code.text(), secret);
  b.set_cookie(people::case_cookie(sent.code.text()), other_secret);
  b.press("Đã xong, tôi đồng ý");
  CHECK(b.status() == 404);
  CHECK(town.find(sent.code.text()).state == State::answered);
  b.get("/feedback/" + sent.code.text());
  CHECK_FALSE(b.shows("Đèn ngõ 5"));
  b.post("/feedback/" + sent.code.text() + "/accept", "application/x-www-form-urlencoded", "");
  CHECK(b.status() == 403);
}

TEST_CASE("a unit complained about can neither be sent the case nor see it") {
  FeedbackTown town;
  std::string secret;
  const Feedback sent = town.send(about_conduct(), secret);
  CHECK(sent.unit != sent.object_unit);
  CHECK_FALSE(units::is_within(sent.unit_path, sent.object_path));
  const std::string accused[] = {sent.object_path};
  const std::string above[] = {sent.unit_path};
  CHECK_FALSE(may_see(sent, accused));
  CHECK(may_see(sent, above));
}

TEST_CASE("no act of an office closes a case") {
  FeedbackTown town;
  std::string secret;
  Feedback row = town.send(about_place(), secret);
  for (const State state : all_states)
    for (const Act act : all_acts) {
      row.state = state;
      const auto next = next_state(row, act, Party::office, town.now);
      if (next.ok()) CHECK(next.value() != State::closed);
    }
}

TEST_CASE("no rule of the clock declines, hides or delays a case") {
  FeedbackTown town;
  std::string secret;
  Feedback row = town.send(about_place(), secret);
  row.last_answered_at = town.now - std::chrono::days(400);
  std::set<std::string_view> reached;
  for (const State state : all_states)
    for (const Act act : all_acts) {
      row.state = state;
      const auto next = next_state(row, act, Party::clock, town.now);
      if (next.ok()) reached.insert(to_text(next.value()));
    }
  CHECK(reached == std::set<std::string_view>{"assigned", "closed"});
}

TEST_CASE("each line of what this system refuses to do names a test that exists") {
  std::string sources;
  for (const char* folder : {"src", "test"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.path().string().ends_with("_test.cpp")) continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      sources += text.str();
    }
  REQUIRE_FALSE(sources.empty());
  for (const Refusal& each : all_refusals()) {
    CAPTURE(each.test);
    CHECK(sources.find("TEST_CASE(\"" + std::string(each.test) + "\")") != std::string::npos);
  }
}

TEST_CASE("help and refusals are pages in both languages") {
  FeedbackTown town;
  Browser b(town, town.router, town.site);
  for (const char* page : {"/help", "/refusals", "/en/help", "/en/refusals"}) {
    b.get(page);
    CHECK(b.status() == 200);
  }
  CHECK(b.shows("the secret, or refused"));
}

TEST_CASE("why this date: each day is told with its number or its reason, in both languages") {
  const Instant friday = test::monday - std::chrono::days(3) + std::chrono::hours(12);
  const calendar::Due due =
      calendar::due(friday, {calendar::Measure::working_days, 2}, {}, *holidays());
  const auto joined = [&](i18n::Language language) {
    std::string all;
    for (const auto& each :
         why_sentences(i18n::Voice(language), due, calendar::Measure::working_days))
      all += each + "\n";
    // A weekday is never broken over two lines.
    constexpr std::string_view no_break = "\u00A0";
    for (std::size_t at; (at = all.find(no_break)) != std::string::npos;)
      all.replace(at, no_break.size(), " ");
    return all;
  };
  CHECK(joined(i18n::Language::vi) == R"(Thứ Sáu 20/11/2026: ngày nhận, không tính
Thứ Bảy 21/11/2026: không tính, cuối tuần
Chủ nhật 22/11/2026: không tính, cuối tuần
Thứ Hai 23/11/2026: ngày làm việc thứ 1
Thứ Ba 24/11/2026: không tính, Ngày Văn hóa Việt Nam
Thứ Tư 25/11/2026: ngày làm việc thứ 2
Hạn trả lời: 17:00 thứ Tư 25/11/2026
)");
  CHECK(joined(i18n::Language::en).find("Monday 23/11/2026: working day 1\n") != std::string::npos);
}

}  // namespace
}  // namespace ln::feedback
