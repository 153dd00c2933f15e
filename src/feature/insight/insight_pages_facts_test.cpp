#include "feature/insight/insight_pages_facts.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "core/ledger/ledger_actions_grassroots.h"
#include "core/ledger/ledger_actions_supervision.h"
#include "core/ledger/ledger_actions_survey.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_sealer.h"
#include "feature/insight/insight_jobs_facts.h"
#include "test/city.h"

namespace ln::insight {
namespace {

// A city whose log is sealed and published.
struct Town : test::City {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  DailyReader kept;

  Sent place() {
    feedback::Typed made;
    made.about = "place";
    made.unit = "P1";
    made.body = "Đèn đường ngõ 82 tắt ba tuần nay";
    return send(made);
  }
  void publish() { ledger::publish_now(database, now); }
  std::string page(const std::string& address, int status = 200) {
    test::Browser browser(*this, router, site);
    browser.get(address);
    CHECK(browser.status() == status);
    return browser.body();
  }
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("everybody reads what was said in public, once it is published") {
  Town town;
  CHECK(has(town.page("/ledger/facts"), "Chưa có dòng công khai nào"));
  ledger::announce_keys(town.database, town.now);
  for (int i = 0; i < 6; ++i) town.place();
  town.now += std::chrono::days(1);
  REQUIRE(announce_days(town.database, town.kept, town.now) == 1);
  // The newest head is signed, and nobody is shown it yet.
  CHECK(has(town.page("/ledger/facts"), "Chưa có dòng công khai nào"));
  town.page("/ledger/facts/7", 404);
  CHECK(has(town.page("/api/v1/facts"), R"({"items":[],"next":null})"));
  town.publish();
  const std::string list = town.page("/ledger/facts");
  CHECK(has(list, "Số liệu ngày 23/11/2026"));
  CHECK(has(list, "Khóa ký và nhân chứng"));
  CHECK(list.find("Số liệu ngày") < list.find("Khóa ký"));
  CHECK(has(list, "href=\"/ledger/facts/7\""));
  const std::string day = town.page("/ledger/facts/7");
  CHECK(has(day, "Phường Một"));
  CHECK(has(day, "Đã nhận"));
  CHECK(has(day, ">6<"));
  CHECK(has(day, "href=\"/ledger/tile/entries/000.p/8\""));
  CHECK(has(day, "&quot;k&quot;:&quot;daily&quot;"));
  CHECK(has(town.page("/en/ledger/facts/7"), "Figures of 23/11/2026"));
  CHECK(has(town.page("/en/ledger/facts/0"), "Keys and witnesses"));
  CHECK(has(town.page("/ledger"), "href=\"/ledger/facts\""));
  // A line of a case is no public fact, and neither is one that does not exist.
  town.page("/ledger/facts/3", 404);
  town.page("/ledger/facts/8", 404);
  town.page("/ledger/facts/9223372036854775807", 404);
}

TEST_CASE("the list of public facts goes on from page to page, for people and machines") {
  Town town;
  town.place();
  for (int day = 0; day < 130; ++day) {
    town.now += std::chrono::days(1);
    REQUIRE(announce_days(town.database, town.kept, town.now) == 1);
  }
  town.publish();
  const std::string first = town.page("/ledger/facts");
  CHECK(has(first, "/ledger/facts/130\""));
  CHECK(has(first, "/ledger/facts/111\""));
  CHECK_FALSE(has(first, "/ledger/facts/110\""));
  CHECK(has(first, "/ledger/facts?before=111"));
  const std::string second = town.page("/ledger/facts?before=111");
  CHECK(has(second, "/ledger/facts/110\""));
  CHECK_FALSE(has(second, "/ledger/facts/111\""));
  CHECK(has(town.page("/ledger/facts?before=0"), "Chưa có dòng công khai nào"));
  CHECK(has(town.page("/ledger/facts?before=99999999999"), "/ledger/facts/130\""));
  const std::string answer = town.page("/api/v1/facts");
  CHECK(has(answer, R"({"items":[{"index":130,"fact":{"counts":)"));
  CHECK(has(answer, R"("next":31})"));
  const std::string rest = town.page("/api/v1/facts?before=31");
  CHECK(has(rest, R"({"items":[{"index":30,)"));
  CHECK(has(rest, R"("next":null})"));
}

TEST_CASE("facts of every room stand in the list, and each has its page") {
  Town town;
  const auto said = town.database.write([&](db::Write& write) {
    const Instant at = town.now;
    const auto say = [&](const auto& fact) { REQUIRE(ledger::announce(write, fact).ok()); };
    say(ledger::SupervisionFact{
        .at = at, .what = "announced", .programme = 1, .unit = "P1", .until = at});
    say(ledger::SurveyFact{.at = at, .what = "announced", .survey = 2, .unit = "P1", .until = at});
    say(ledger::GrassrootsFact{
        .at = at, .what = "posted", .room = "disclosure", .number = 3, .unit = "P1", .until = at});
    say(ledger::GrassrootsFact{
        .at = at, .what = "counted", .room = "ballot", .number = 4, .unit = "P1", .until = at});
    say(ledger::GrassrootsFact{
        .at = at, .what = "held", .room = "reception", .number = 5, .unit = "P1", .until = at});
    return Result<bool>(true);
  });
  REQUIRE(said.ok());
  town.publish();
  const std::string list = town.page("/en/ledger/facts");
  for (const char* line : {"0", "1", "2", "3", "4"})
    CHECK(has(list, "/en/ledger/facts/" + std::string(line) + "\""));
  // Not in the words of the line, but in those of people.
  CHECK(has(list, "Held · 5"));
  CHECK(has(town.page("/ledger/facts"), "Đã tổ chức · 5"));
  CHECK_FALSE(has(town.page("/ledger/facts"), "announced"));
  CHECK(has(town.page("/en/ledger/facts/0"), "href=\"/en/supervision/1\""));
  CHECK(has(town.page("/en/ledger/facts/1"), "href=\"/en/surveys/2\""));
  CHECK(has(town.page("/en/ledger/facts/2"), "href=\"/en/disclosure/3\""));
  CHECK(has(town.page("/en/ledger/facts/3"), "href=\"/en/ballots/4\""));
  CHECK(has(town.page("/en/ledger/facts/4"), "href=\"/en/receptions/5\""));
  CHECK(has(town.page("/api/v1/facts"), R"("room":"ballot")"));
}

}  // namespace ln::insight
