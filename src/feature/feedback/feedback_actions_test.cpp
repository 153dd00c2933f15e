#include "feature/feedback/feedback_actions.h"

#include <doctest/doctest.h>

#include "test/city.h"

namespace ln::feedback {
namespace {

Typed typed(const std::string& about, const std::string& body) {
  Typed made;
  made.about = about;
  made.unit = "P1";
  made.body = body;
  return made;
}

// A ward whose head has taken a case up.
struct Ward : test::City {
  Sent sent;

  explicit Ward(const Typed& what) : sent(send(what)) {
    add_staff("ward", people::Role::head, "P1");
    const OfficerAct taken = by_head();
    REQUIRE(write([&](db::Write& w) { return assign(w, taken, accounts.at("ward").value); }).ok());
  }
  OfficerAct by_head() {
    return {.officer = officer("ward"),
            .code = sent.feedback.code,
            .revision = current(sent).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  // The field that is refused, or the state after the answer.
  std::string outcome_of(const std::string& text, Outcome outcome, const std::string& evidence) {
    const OfficerAct act = by_head();
    const Answer given{.text = text, .outcome = outcome, .evidence = evidence, .files = {}};
    const auto answered = write([&](db::Write& w) { return answer(w, act, given); });
    if (answered.ok()) return std::string(to_text(answered.value().state));
    return answered.error().fields.empty() ? "?" : answered.error().fields.front().field;
  }
};

TEST_CASE("nobody says done without saying what shows it") {
  Ward ward(typed("place", "Đèn đường ngõ 82 tắt ba tuần"));
  const std::string text = "Chúng tôi đã thay bóng đèn và kiểm tra lại buổi tối.";
  CHECK(ward.outcome_of(text, Outcome::confirmed, "  ") == "evidence");
  CHECK(ward.outcome_of(text, Outcome::partly, "") == "evidence");
  CHECK(ward.outcome_of("Đã xử lý", Outcome::confirmed, "Biên bản ngày 23/11") == "text");
  CHECK(ward.outcome_of(text, Outcome::confirmed, "Biên bản ngày 23/11") == "answered");
}

TEST_CASE("an answer to a protected case never looks for its sender") {
  Typed what = typed("place", "Xe tải đỗ chắn lối suốt đêm");
  what.is_protected = true;
  Ward ward(what);
  const std::string evidence = "Biên bản ngày 23/11";
  CHECK(ward.outcome_of("Chúng tôi đã xem camera để biết ai gửi phản ánh này.", Outcome::confirmed,
                        evidence) == "text");
  CHECK(ward.outcome_of("Đã lập biên bản và nhắc chủ xe không đỗ ở đây nữa.", Outcome::confirmed,
                        evidence) == "answered");
}

TEST_CASE("what happens again is counted, and a protected case is not confirmed by it") {
  test::City city;
  const auto first = city.send(typed("place", "Ngõ 82 ngập nước"));
  Typed again = typed("place", "Ngõ 82 lại ngập nước");
  again.recurs_of = first.feedback.code.shown();
  const auto second = city.send(again);
  again.recurs_of = second.feedback.code.text();
  CHECK(city.send(again).feedback.recurrence == 3);
  CHECK(city.current(second).recurs_of == first.feedback.id);

  const auto guarded = city.send(typed("conduct", "Cán bộ nói nặng lời với mẹ tôi"));
  again.recurs_of = guarded.feedback.code.text();
  const auto refused = city.prepare(again);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fields.front().field == "recurs_of");
}

TEST_CASE("a code that another case has gives way to the spare one, and no neighbour is lost") {
  test::City city;
  const auto first = city.send(typed("place", "Ngõ 82 ngập nước"));
  auto second = city.prepare(typed("place", "Đèn đường ngõ 82 tắt ba tuần"));
  REQUIRE(second.ok());
  second.value().feedback.code = first.feedback.code;
  const Code spare = second.value().spare_code;
  const auto sent = city.write([&](db::Write& w) { return submit(w, second.value(), city.now); });
  REQUIRE(sent.ok());
  CHECK(sent.value().feedback.code == spare);
  CHECK(city.read([&](db::Read& read) { return find(read, spare).has_value(); }));
  CHECK(city.read([&](db::Read& read) { return find(read, first.feedback.code)->body; }) ==
        first.feedback.body);
}

TEST_CASE("a protected contact is refused while nobody holds the keys, and nothing is kept") {
  test::City city;
  Typed what = typed("conduct", "Cán bộ nói nặng lời với mẹ tôi");
  what.contact = "chi@example.com";
  const auto refused = city.prepare(what);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().fields.front().field == "contact");
}

}  // namespace
}  // namespace ln::feedback
