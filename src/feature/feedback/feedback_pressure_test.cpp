#include "feature/feedback/feedback_pressure.h"

#include <doctest/doctest.h>

#include "core/people/people_jobs.h"
#include "feature/feedback/feedback_actions_erase.h"
#include "feature/feedback/feedback_jobs_protect.h"
#include "feature/feedback/feedback_store_pressure.h"
#include "test/office.h"

using namespace ln;
using namespace ln::feedback;
using namespace std::chrono_literals;

namespace {

struct Watched : test::Office {
  Watched() {
    write([&](db::Write& w) {
      add_account(w, "sup", "Giám Sát", people::Role::supervisor, "01");
      add_account(w, "adm", "Quản Trị", people::Role::administrator, "01");
    });
  }
  // Sessions end in a week.
  void sign_in_again() {
    people::keep_sessions(database, now);
    write([&](db::Write& w) {
      for (const auto& [login, id] : accounts)
        REQUIRE(people::open_session(w, people::AccountId{id}, "token-of-" + login, now).ok());
    });
  }
  // All that is due by now.
  std::int64_t ask() {
    std::int64_t all = 0;
    for (int turn = 0; turn < 200; ++turn) all += ask_whether_pressed(database, now);
    return all;
  }
  // The sender's own browser, on the page of the case.
  struct Sender : test::Browser {
    Sender(Watched& city, const Feedback& of) : Browser(city, city.router, city.site) {
      get("/feedback/find").fill("code", of.code.shown());
      fill("secret", city.secrets.at(of.code.text())).press("Mở hồ sơ");
      REQUIRE(address().starts_with("/feedback/" + of.code.text()));
    }
  };
  Sender sender(const Feedback& of) { return Sender(*this, of); }
  PressureCounts counts() {
    return read([](db::Read& from) { return count_pressure(from); });
  }
};

constexpr const char* to_question = "Trả lời câu hỏi này";

}  // namespace

TEST_CASE("whoever spoke about officials is asked after 7, 30 and 90 days, nobody else is") {
  Watched city;
  const Feedback conduct = city.conduct();
  const Feedback lamp = city.lamp();
  city.now += 7 * 24h - 1h;
  CHECK(city.ask() == 0);
  city.now += 2h;
  CHECK(city.ask() == 1);
  CHECK(city.ask() == 0);
  CHECK(city.sender(conduct).shows(to_question));
  CHECK_FALSE(city.sender(lamp).shows(to_question));
  city.now += 23 * 24h;
  CHECK(city.ask() == 1);
  city.now += 60 * 24h;
  CHECK(city.ask() == 1);
  city.now += 365 * 24h;
  CHECK(city.ask() == 0);
  CHECK(city.counts().asked == 3);
}

TEST_CASE("who was sent long before asking began is not asked") {
  Watched city;
  city.conduct();
  city.now += 22 * 24h;
  CHECK(city.ask() == 0);
}

TEST_CASE("a sender says it once, in either language, and can say nothing") {
  Watched city;
  const Feedback conduct = city.conduct();
  city.now += 8 * 24h;
  REQUIRE(city.ask() == 1);
  auto sender = city.sender(conduct);
  sender.follow(to_question).press("Gửi câu trả lời");
  CHECK(sender.status() == 422);
  CHECK(sender.shows("Hãy chọn một câu trả lời."));
  sender.choose("Có").fill("text", std::string(2'001, 'x')).press("Gửi câu trả lời");
  CHECK(sender.status() == 422);
  sender.choose("Có")
      .fill("text", "Tổ trưởng đến nhà bảo rút đơn. bimatxyz")
      .press("Gửi câu trả lời");
  CHECK(sender.shows("Đã ghi nhận."));
  CHECK_FALSE(sender.shows(to_question));
  sender.get("/feedback/" + conduct.code.text() + "/pressure");
  CHECK(sender.address() == "/feedback/" + conduct.code.text());
  CHECK(city.counts().pressed == 1);
  city.now += 23 * 24h;
  REQUIRE(city.ask() == 1);
  auto again = city.sender(conduct);
  again.get("/en/feedback/" + conduct.code.text() + "/pressure")
      .choose("I would rather not say")
      .fill("text", "không lưu")
      .press("Send the answer");
  CHECK(city.counts().answered == 2);
  CHECK(city.counts().pressed == 1);
}

TEST_CASE("what a sender says about pressure is read by a supervisor alone") {
  Watched city;
  const Feedback conduct = city.conduct();
  city.now += 8 * 24h;
  REQUIRE(city.ask() == 1);
  city.sender(conduct)
      .follow(to_question)
      .choose("Có")
      .fill("text", "Họ đến tận nhà. sucepxyz")
      .press("Gửi câu trả lời");
  city.sign_in_again();
  for (const std::string& login :
       std::vector<std::string>{"hoa", "nam", "tri", "thu", "hai", "thanh", "omb", "adm"}) {
    CAPTURE(login);
    auto other = city.browser(login);
    other.get("/staff/supervision/pressure");
    CHECK(other.status() == 403);
    for (const std::string& page :
         {test::Office::url(conduct), std::string("/staff"), std::string("/staff/protected"),
          "/staff/protected/" + conduct.code.text(), "/feedback/" + conduct.code.text(),
          "/api/v1/feedback/" + conduct.code.text(),
          "/feedback/" + conduct.code.text() + "/pressure"}) {
      other.get(page);
      CHECK(other.body().find("sucepxyz") == std::string::npos);
      CHECK(other.body().find("sức ép với bạn") == std::string::npos);
    }
    other.post("/staff/supervision/pressure/1", "application/x-www-form-urlencoded", "");
    CHECK(other.status() == 403);
  }
  CHECK(city.counts().waiting == 1);
  auto supervisor = city.browser("sup");
  supervisor.get("/staff/supervision").follow("Người gửi nói bị gây sức ép");
  CHECK(supervisor.shows("sucepxyz"));
  CHECK(supervisor.shows(conduct.code.shown()));
  supervisor.press("Tôi nhận xem xét");
  CHECK(supervisor.shows("Giám Sát nhận xem xét lúc"));
  CHECK(city.counts().waiting == 0);
  // No entry of the ledger tells that anything was said.
  CHECK(city.read([](db::Read& read) {
    return read.one("SELECT count(*) FROM ledger_entry WHERE payload LIKE '%sucep%'",
                    [](const db::Row& row) { return row.integer(0); });
  }) == 0);
}

TEST_CASE("an erased case takes along what was said about pressure") {
  Watched city;
  const Feedback conduct = city.conduct();
  city.now += 8 * 24h;
  REQUIRE(city.ask() == 1);
  city.sender(conduct).follow(to_question).choose("Có").press("Gửi câu trả lời");
  REQUIRE(city.counts().pressed == 1);
  const auto erased = city.write([&](db::Write& write) {
    return erase(write, CitizenAct{.citizen = people::Citizen(city.secrets[conduct.code.text()]),
                                   .code = conduct.code,
                                   .salts = ledger::draw(city.random),
                                   .now = city.now,
                                   .text = {}});
  });
  REQUIRE(erased.ok());
  CHECK(city.counts().asked == 0);
}

TEST_CASE("how to reach a sender is destroyed ninety days after the case is over") {
  Watched city;
  const Feedback open_case = city.lamp();
  const Feedback over = city.lamp();
  const auto has_contact = [&](const Feedback& of) {
    return city.read([&](db::Read& read) { return contact_of(read, of.id).has_value(); });
  };
  auto head = city.browser("hoa");
  head.get(test::Office::url(over, "/decline"))
      .choose("Không rõ nội dung, đã hỏi lại")
      .fill("text", test::good_answer)
      .press("Không nhận");
  REQUIRE(city.now_is(over).state == State::declined);
  city.now += 90 * 24h - 1h;
  CHECK(destroy_contacts(city.database, city.now) == 0);
  CHECK(has_contact(over));
  city.now += 2h;
  CHECK(destroy_contacts(city.database, city.now) == 1);
  CHECK_FALSE(has_contact(over));
  CHECK(has_contact(open_case));
  CHECK(destroy_contacts(city.database, city.now) == 0);
}
