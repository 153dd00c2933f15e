// Promises and refusals where a unit wants a second reader: they wait as answers do.
#include <doctest/doctest.h>

#include "feature/feedback/feedback_actions_held.h"
#include "feature/feedback/feedback_actions_review.h"
#include "feature/feedback/feedback_store_comfort.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

constexpr const char* why = "Việc này thuộc dự án của thành phố, phường không có thẩm quyền sửa.";

struct Careful : test::Office {
  Careful() {
    write([&](db::Write& w) { set_needs_second(w, units.at("P1").id, true, now, 1); });
  }
  OfficerAct by(const std::string& login, const Feedback& of) {
    const auto staff = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
    return {.officer = *people::Officer::of(*staff),
            .code = of.code,
            .revision = now_is(of).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  template <class Body>
  std::string outcome(Body body) {
    const auto result = write(body);
    return result.ok() ? "ok" : std::string(result.error().text.name());
  }
  std::optional<Review> waits(const Feedback& of) {
    return read([&](db::Read& r) { return review_of(r, of.id); });
  }
  bool sender_reads(const Feedback& of, std::string_view words) {
    test::Browser citizen(*this, router, site);
    citizen.get("/feedback/" + of.code.text()).fill("secret", secrets.at(of.code.text()));
    return citizen.press("Mở hồ sơ").shows(words);
  }
};

}  // namespace

TEST_CASE("a unit with a second reader promises and refuses nothing at once") {
  Careful office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  const OfficerAct head = office.by("hoa", lamp), nam = office.by("nam", lamp);
  const Day soon = local_day(office.now) + std::chrono::days(10);
  CHECK(office.outcome([&](db::Write& w) { return promise(w, head, why, soon); }) ==
        "feedback.error.needs_second");
  CHECK(office.outcome([&](db::Write& w) { return decline(w, nam, DeclineReason::court, why); }) ==
        "feedback.error.needs_second");
  CHECK(office.outcome([&](db::Write& w) { return redirect(w, nam, "Sở Xây dựng", why); }) ==
        "feedback.error.needs_second");
  CHECK(office.now_is(lamp).revision == nam.revision);
  // What is wrong with it is told before it waits.
  const Letter late{.task = Task::promise, .text = why, .day = local_day(office.now)};
  CHECK(office.outcome([&](db::Write& w) { return put_forward(w, head, late, ""); }) ==
        "feedback.error.promise_day");
  const Letter nowhere{.task = Task::redirect, .text = why};
  CHECK(office.outcome([&](db::Write& w) { return put_forward(w, nam, nowhere, ""); }) ==
        "feedback.error.redirect_where");
  CHECK_FALSE(office.waits(lamp));
}

TEST_CASE("a promise waits, its author does not approve it, and the reader lets it go out") {
  Careful office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  const Letter letter{
      .task = Task::promise, .text = why, .day = local_day(office.now) + std::chrono::days(10)};
  const OfficerAct head = office.by("hoa", lamp);
  REQUIRE(office.outcome([&](db::Write& w) { return put_forward(w, head, letter, ""); }) == "ok");
  CHECK(office.now_is(lamp).state == State::assigned);
  CHECK_FALSE(office.now_is(lamp).promised_on);
  const auto approve = [&](const char* login) {
    const OfficerAct by = office.by(login, lamp);
    return office.outcome([&](db::Write& w) { return approve_review(w, by); });
  };
  CHECK(approve("hoa") == "feedback.error.own_review");
  CHECK(approve("lan") == "ok");
  CHECK(office.now_is(lamp).state == State::promised);
  CHECK(office.now_is(lamp).promised_on == letter.day);
  CHECK_FALSE(office.waits(lamp));
}

TEST_CASE("a refusal on pages: it waits, comes back with what was typed, and goes out") {
  Careful office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  auto nam = office.browser("nam");
  nam.get(test::Office::url(lamp, "/decline"));
  CHECK(nam.shows("cần người thứ hai đọc"));
  nam.choose("Tòa án đang hoặc đã giải quyết").fill("text", why).press("Gửi để người thứ hai đọc");
  CHECK(nam.shows("đang chờ người thứ hai đọc"));
  CHECK_FALSE(office.sender_reads(lamp, why));
  CHECK(office.now_is(lamp).state == State::assigned);
  auto lan = office.browser("lan");
  lan.get("/staff/reviews").follow("Đèn đường hỏng");
  CHECK(lan.shows("Không nhận xử lý: Tòa án đang hoặc đã giải quyết"));
  lan.fill("text", "Chưa nêu bản án nào.").press("Trả lại để sửa");
  nam.get(test::Office::url(lamp)).follow("Sửa câu trả lời");
  CHECK(nam.address().ends_with("/decline"));
  CHECK(nam.shows("Chưa nêu bản án nào."));
  CHECK(nam.body().find(why) != std::string::npos);
  nam.press("Gửi để người thứ hai đọc");
  lan.get(test::Office::url(lamp, "/review")).press("Duyệt và gửi");
  CHECK(office.now_is(lamp).state == State::declined);
  CHECK(office.sender_reads(lamp, why));
}

TEST_CASE("what comes back of a promise keeps its day, and what is redirected its address") {
  Careful office;
  const Feedback lamp = office.lamp(), other = office.lamp();
  office.do_assign(lamp, "nam");
  office.do_assign(other, "nam");
  auto head = office.browser("hoa"), lan = office.browser("lan");
  head.get(test::Office::url(lamp, "/promise")).fill("text", why);
  head.fill("day-day", "7").fill("day-month", "12").fill("day-year", "2026");
  head.press("Gửi để người thứ hai đọc");
  lan.get(test::Office::url(lamp, "/review"));
  const Day day{std::chrono::year(2026) / 12 / 7};
  CHECK(lan.shows(i18n::Voice(i18n::Language::vi).day_name(day)));
  lan.fill("text", "Sớm hơn được không?").press("Trả lại để sửa");
  head.get(test::Office::url(lamp, "/promise"));
  CHECK(head.body().find(R"(value="12")") != std::string::npos);
  CHECK(head.body().find(R"(value="2026")") != std::string::npos);
  head.get(test::Office::url(other, "/redirect")).fill("text", why);
  head.fill("body", "Sở Xây dựng, 52 Lê Đại Hành").press("Gửi để người thứ hai đọc");
  lan.get(test::Office::url(other, "/review"));
  CHECK(lan.shows("52 Lê Đại Hành"));
  lan.fill("text", "Ghi cả số điện thoại.").press("Trả lại để sửa");
  head.get(test::Office::url(other, "/redirect"));
  CHECK(head.body().find("52 Lê Đại Hành") != std::string::npos);
}

TEST_CASE("a refusal as a complaint that was read by a second seals the sender's contact too") {
  Careful office;
  const Feedback lamp = office.lamp();
  office.do_assign(lamp, "nam");
  office.write([&](db::Write& w) {
    for (const char slot : {'A', 'B', 'C'}) {
      SeededRandom random(static_cast<std::uint64_t>(slot));
      const people::Holder holder{slot, std::string(1, slot), random.bytes<32>()};
      REQUIRE(people::install_holder(w, holder, office.now).ok());
    }
  });
  auto head = office.browser("hoa"), lan = office.browser("lan");
  head.get(test::Office::url(lamp, "/decline"));
  // Its label says after the words where that way leads.
  for (const test::Element& each : head.page().elements)
    if (const std::string label = each.tag == "input" ? head.page().label_of(each) : "";
        label.starts_with("Là khiếu nại theo Luật Khiếu nại")) {
      head.choose(label);
      break;
    }
  head.fill("text", why).press("Gửi để người thứ hai đọc");
  lan.get(test::Office::url(lamp, "/review")).press("Duyệt và gửi");
  CHECK(office.now_is(lamp).held_as == petition::Sort::complaint);
  const auto contact = office.read([&](db::Read& r) { return contact_of(r, lamp.id); });
  REQUIRE(contact);
  CHECK(contact->is_sealed());
  CHECK(office.sender_reads(lamp, "Đã niêm phong"));
}

}  // namespace ln::feedback
