#include "feature/insight/insight.h"

#include <doctest/doctest.h>

#include <map>

#include "core/ledger/ledger.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_jobs.h"
#include "feature/insight/insight_jobs.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_store.h"
#include "feature/insight/insight_store_settled.h"
#include "test/city.h"

namespace ln::insight {
namespace {

feedback::Typed typed(const std::string& about, const std::string& unit, const std::string& body) {
  feedback::Typed made;
  made.about = about;
  made.unit = unit;
  made.body = body;
  return made;
}

// A city with a head for each ward, who publishes and answers.
struct Town : test::City {
  Town() {
    add_staff("head-p1", people::Role::head, "P1");
    add_staff("head-p2", people::Role::head, "P2");
  }
  Sent place(const std::string& body, const std::string& unit = "P1", bool is_public = true) {
    feedback::Typed made = typed("place", unit, body);
    made.is_public = is_public;
    return send(made);
  }
  feedback::OfficerAct act(const Sent& sent, const std::string& login = "head-p1") {
    return {.officer = officer(login),
            .code = sent.feedback.code,
            .revision = current(sent).revision,
            .salts = ledger::draw(random),
            .now = now};
  }
  void publish(const Sent& sent, const std::string& login = "head-p1") {
    const auto what = act(sent, login);
    const auto feedback = current(sent);
    REQUIRE(write([&](db::Write& w) {
              return feedback::publish(w, what, feedback.title, feedback.body);
            }).ok());
    while (feedback::index_published(database) > 0) {
    }
  }
  void answer(const Sent& sent, const std::string& login = "head-p1") {
    const auto taken = act(sent, login);
    REQUIRE(write([&](db::Write& w) {
              return feedback::assign(w, taken, accounts.at(login).value);
            }).ok());
    const auto answered = act(sent, login);
    feedback::Answer given;
    given.text = "Đã thay bóng đèn mới sáng nay, mời bà con xem.";
    given.outcome = feedback::Outcome::confirmed;
    given.evidence = "Biên bản nghiệm thu ngày 23/11";
    REQUIRE(write([&](db::Write& w) { return feedback::answer(w, answered, given); }).ok());
  }
  // At this moment.
  Counts city() {
    return read([&](db::Read& r) {
             return count_moment(r, now - std::chrono::days(30), now + std::chrono::hours(1));
           })
        .city;
  }
  // The week is over, and told.
  void tell_week() {
    now += std::chrono::days(7);
    tell_weeks(database, now);
  }
  // What the page at `address` says.
  std::string page(const std::string& address) {
    test::Browser browser(*this, router, site);
    browser.get(address);
    CHECK(browser.status() == 200);
    return browser.body();
  }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a published share is the one the counts give: 150 of 302 is 49,7 %") {
  const i18n::Voice voice(i18n::Language::vi);
  CHECK(on_time_text(voice, {150, 302}) == "49,7%");
  CHECK(on_time_text(voice, {4, 4}) == "–");
}

TEST_CASE("conduct, protected cases and what clerks typed stay out of the figures") {
  Town town;
  town.place("Đèn đường ngõ 82 tắt ba tuần");
  feedback::Typed conduct = typed("conduct", "P1", "Cán bộ nói nặng lời");
  conduct.is_protected = false;
  town.send(conduct);
  feedback::Typed guarded = typed("place", "P1", "Rác không ai dọn");
  guarded.is_protected = true;
  town.send(guarded);
  feedback::Typed helped = typed("place", "P1", "Bà cụ kể lại ở quầy");
  helped.entered_by = 1;
  town.send(helped);
  CHECK(town.city().received == 1);
}

TEST_CASE("on time is what was answered by the first date, of what was or should have been") {
  Town town;
  const auto quick = town.place("Đèn đường ngõ 82 tắt ba tuần");
  const auto slow = town.place("Nắp cống vỡ trước trường học");
  for (int more = 0; more < 3; ++more) town.place("Rác chất đống ở đầu ngõ");
  town.answer(quick);
  town.now += std::chrono::days(20);
  town.answer(slow);
  CHECK(town.city().overdue_open == 3);
  town.tell_week();
  const Counts counts =
      town.read([&](db::Read& r) { return count_told(r, Day{}, local_day(town.now)); }).city;
  CHECK(counts.received == 5);
  CHECK(counts.on_time_share().part == 1);
  CHECK(counts.on_time_share().whole == 5);
  CHECK(counts.overdue_open == 3);
}

TEST_CASE("the map has no colour for fewer than five cases") {
  CHECK(map_class({4, 4}) == 0);
  CHECK(map_class({5, 5}) == 5);
  CHECK(map_class({1, 5}) == 1);
}

TEST_CASE("the public pages of a city without a case say so in both languages") {
  Town town;
  for (const char* address : {"/", "/register", "/units", "/units/P1", "/figures"}) {
    CHECK(has(town.page(address), "lang=\"vi\""));
    CHECK(has(town.page("/en" + std::string(address)), "lang=\"en\""));
  }
}

TEST_CASE("how often cases went up is on an office's page as the job counted it") {
  Town town;
  const std::int64_t ward = town.units.at("P1").id.value;
  snapshot().set(nullptr, std::make_shared<const GoneUp>(GoneUp{{ward, 7}}));
  CHECK(has(town.page("/en/units/P1"), "because the date had passed: 7."));
  CHECK(has(town.page("/en/units/P2"), "because the date had passed: 0."));
  snapshot().set(nullptr, nullptr);
  CHECK(has(town.page("/en/units/P1"), "because the date had passed: 0."));
}

TEST_CASE("the page of an office offers to write to it before it tells its figures") {
  Town town;
  const std::string page = town.page("/units/P1");
  const std::size_t send = page.find("/feedback/new?unit=P1");
  REQUIRE(send != std::string::npos);
  CHECK(send < page.find("Số liệu công khai"));
}

TEST_CASE("a search without marks finds the text with marks, and exact marks come first") {
  Town town;
  town.publish(town.place("Duong hong het roi, o ga khap noi"));
  town.publish(town.place("Đường hỏng trước cổng trường"));
  const std::string plain = town.page("/register?q=duong+hong");
  CHECK(has(plain, "Đường hỏng trước cổng trường"));
  CHECK(has(plain, "Duong hong het roi"));
  const std::string marked = town.page("/register?q=%C4%91%C6%B0%E1%BB%9Dng+h%E1%BB%8Fng");
  CHECK(marked.find("Đường hỏng trước cổng trường") < marked.find("Duong hong het roi"));
}

TEST_CASE("the register holds only what was released, and passes its filters") {
  Town town;
  const auto seen = town.place("Cây đổ chắn lối vào chợ");
  town.publish(seen);
  town.place("Chưa ai duyệt đăng việc này");
  town.place("Người gửi không muốn đăng việc này", "P1", false);
  CHECK(has(town.page("/register"), "Cây đổ"));
  CHECK_FALSE(has(town.page("/register"), "Chưa ai duyệt"));
  CHECK_FALSE(has(town.page("/register"), "không muốn đăng"));
  CHECK(has(town.page("/register?unit=P1&state=received&about=place&kind=report"), "Cây đổ"));
  CHECK_FALSE(has(town.page("/register?unit=P2"), "Cây đổ"));
  CHECK_FALSE(has(town.page("/register?state=closed"), "Cây đổ"));
  CHECK(has(town.page("/register?state=nonsense"), "Cây đổ"));
}

TEST_CASE("pages of the register go on from a case, whatever arrives meanwhile") {
  Town town;
  for (int i = 0; i < 25; ++i)
    town.publish(town.place("Việc số " + std::to_string(100 + i) + " ở đầu ngõ"));
  const std::string first = town.page("/register");
  CHECK(has(first, "Việc số 124"));
  CHECK(has(first, "Việc số 105"));
  CHECK_FALSE(has(first, "Việc số 104"));
  const std::size_t at = first.find("after=") + 6;
  const std::string next = "/register?after=" + first.substr(at, first.find('"', at) - at);
  town.publish(town.place("Việc mới chen vào"));
  const std::string second = town.page(next);
  CHECK(has(second, "Việc số 104"));
  CHECK(has(second, "Việc số 100"));
  CHECK_FALSE(has(second, "Việc số 105"));
  CHECK_FALSE(has(first, "Về đầu danh sách"));
  CHECK(has(second, "<a href=\"/register\">Về đầu danh sách</a>"));
  CHECK_FALSE(has(second, "Việc mới chen vào"));
}

// The address behind "next page"; empty at the end.
std::string next_of(const std::string& page) {
  const std::size_t end = page.find("\" rel=\"next\"");
  if (end == std::string::npos) return {};
  const std::size_t begin = page.rfind('"', end - 1) + 1;
  std::string address = page.substr(begin, end - begin);
  for (std::size_t at = 0; (at = address.find("&amp;", at)) != std::string::npos;)
    address.erase(at + 1, 4);
  return address;
}

TEST_CASE("a search shows on its pages each case once, all with the very marks typed first") {
  Town town;
  constexpr int of_each = 27;
  for (int i = 0; i < of_each; ++i) {
    town.publish(town.place("Đường hỏng số " + std::to_string(100 + i) + " chưa sửa"));
    town.publish(town.place("Duong hong so " + std::to_string(200 + i) + " chua sua"));
  }
  std::string seen;
  int pages = 0;
  for (std::string address = "/register?q=%C4%91%C6%B0%E1%BB%9Dng+h%E1%BB%8Fng";
       !address.empty();) {
    const std::string page = town.page(address);
    REQUIRE(++pages < 10);
    // The list ends where the column of those most viewed begins.
    const std::string list = page.substr(0, page.find("<aside"));
    std::map<std::size_t, int> numbers;  // by where they stand
    for (int i = 0; i < of_each; ++i) {
      const std::string exact = std::to_string(100 + i), alike = std::to_string(200 + i);
      numbers.emplace(list.find("Đường hỏng số " + exact), 100 + i);
      numbers.emplace(list.find("Duong hong so " + alike), 200 + i);
    }
    numbers.erase(std::string::npos);
    for (const auto& [at, number] : numbers) seen += std::to_string(number) + " ";
    address = next_of(page);
  }
  std::string exact, alike;
  for (int i = of_each - 1; i >= 0; --i) {
    exact += std::to_string(100 + i) + " ";
    alike += std::to_string(200 + i) + " ";
  }
  CHECK(seen == exact + alike);
  CHECK(pages == 3);
}

TEST_CASE("part of an office's name lists the offices it may stand for") {
  Town town;
  const std::string page = town.page("/register?unit=phuo");
  CHECK(has(page, "unit=P1"));
  CHECK(has(page, "unit=P2"));
  CHECK(has(town.page("/register?unit=khongco"), "Không tìm thấy đơn vị này"));
}

TEST_CASE("an office nobody knows is not found, and a file of figures leaves small counts out") {
  Town town;
  test::Browser browser(town, town.router, town.site);
  browser.get("/units/NOWHERE");
  CHECK(browser.status() == 404);
  for (int i = 0; i < 4; ++i) town.place("Đèn đường ngõ " + std::to_string(i) + " tắt", "P2");
  for (int i = 0; i < 6; ++i) {
    const auto sent = town.place("Đèn đường ngõ 82 tắt ba tuần, số " + std::to_string(i));
    if (i < 4) town.answer(sent);
  }
  town.tell_week();
  const std::string csv = town.page("/figures/units.csv");
  CHECK(has(csv, "code,valid_from,name"));
  CHECK(has(csv, "P1,1970-01-01,\"Phường Một\","));
  CHECK_FALSE(has(csv, "Phường Hai"));
}

}  // namespace
}  // namespace ln::insight
