// Signs that a survey was stuffed, as arithmetic and on a database.
#include "feature/insight/insight_signal_survey.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "feature/insight/insight_jobs_signal.h"
#include "feature/insight/insight_store_signal.h"
#include "test/city.h"

namespace ln::insight {
namespace {

constexpr Day october{std::chrono::year(2026) / 10 / 1};

ClosedSurvey honest_survey() {
  ClosedSurvey survey{.id = 1,
                      .opens = october,
                      .closes = october + std::chrono::days(20),
                      .most_in_a_minute = 3,
                      .by_slip = 200,
                      .slips = {200, 200 * 6'000},
                      .seen = {60, 60 * 6'400}};
  for (const std::int64_t score : {5'000, 6'000, 7'000, 6'000})
    survey.clusters.push_back({.planned = 100, .answers = 50, .scores = {50, 50 * score}});
  return survey;
}

std::vector<FoundSignal> found_in(const ClosedSurvey& survey, const SignalRules& rules = {}) {
  std::vector<FoundSignal> found;
  UnitMonth month;
  month.surveys = {honest_survey(), survey};
  add_survey_signals(found, 0, month, rules);
  return found;
}
bool has(const std::vector<FoundSignal>& found, Formality kind) {
  return std::ranges::count(found, kind, &FoundSignal::kind) == 1 && found.size() == 1;
}

TEST_CASE("an honest survey raises nothing") { CHECK(found_in(honest_survey()).empty()); }

TEST_CASE("many slips within a minute are a sign, from ten on, and by a threshold that is data") {
  ClosedSurvey stuffed = honest_survey();
  stuffed.most_in_a_minute = 12;  // a village meeting
  CHECK(found_in(stuffed).empty());
  stuffed.most_in_a_minute = 25;
  const auto found = found_in(stuffed);
  REQUIRE(has(found, Formality::survey_burst));
  CHECK(found[0].part == 25);
  CHECK(found[0].whole == 200);
  CHECK(found[0].arithmetic.p_value < 1e-6);
  CHECK(found_in(stuffed, {{Formality::survey_burst, {.threshold = 30}}}).empty());
  CHECK(found_in(stuffed, {{Formality::survey_burst, {.is_on = false}}}).empty());
  // Nine is a count that is not told, whatever the threshold.
  stuffed.most_in_a_minute = 9;
  CHECK(found_in(stuffed, {{Formality::survey_burst, {.threshold = 3}}}).empty());
}

TEST_CASE(
    "praise where staff see it is a sign when slips do not praise, and never of a few people") {
  ClosedSurvey praised = honest_survey();
  praised.seen = {60, 60 * 9'800};
  const auto found = found_in(praised);
  REQUIRE(has(found, Formality::survey_staff));
  // In steps of five points: 98 is told as 100.
  CHECK(found[0].part == 60);
  CHECK(found[0].whole == 60);
  CHECK(found[0].arithmetic.expected == doctest::Approx(0.6));
  // 67 people are told as 60.
  praised.seen = {67, 67 * 9'800};
  CHECK(found_in(praised).at(0).whole == 60);
  // 78 of 60 points are 80 when they are rounded, which alone reaches twenty more.
  praised.seen = {400, 400 * 7'800};
  CHECK(found_in(praised).empty());
  praised.seen = {39, 39 * 10'000};
  CHECK(found_in(praised).empty());
  praised = honest_survey();
  praised.seen = {60, 60 * 2'000};  // worse is no stuffing
  CHECK(found_in(praised).empty());
}

TEST_CASE("asking where people are content is a sign, and no small rest is told") {
  ClosedSurvey picked = honest_survey();
  picked.clusters.clear();
  for (int n = 0; n < 2; ++n)
    picked.clusters.push_back({.planned = 100, .answers = 96, .scores = {96, 96 * 8'000}});
  for (int n = 0; n < 2; ++n)
    picked.clusters.push_back({.planned = 100, .answers = 15, .scores = {15, 15 * 3'000}});
  auto found = found_in(picked);
  REQUIRE(has(found, Formality::survey_picked));
  CHECK(found[0].part == 192);
  CHECK(found[0].whole == 200);
  CHECK(found[0].arithmetic.expected == doctest::Approx(0.15));
  // Four answered where no mean is known: told as ten, so that subtracting gives no four.
  picked.clusters.push_back({.planned = 100, .answers = 4, .scores = {4, 4 * 3'000}});
  found = found_in(picked);
  REQUIRE(has(found, Formality::survey_picked));
  CHECK(found[0].part == 186);
  CHECK(found[0].arithmetic.expected == doctest::Approx(0.15));
  for (ClosedSurvey::Cluster& each : picked.clusters) each.answers = 70;
  CHECK(found_in(picked).empty());
  // Hamlets that can hardly be reached accuse nobody.
  picked.clusters.clear();
  for (int n = 0; n < 2; ++n)
    picked.clusters.push_back({.planned = 100, .answers = 96, .scores = {96, 96 * 8'000}});
  for (int n = 0; n < 4; ++n)
    picked.clusters.push_back({.planned = 100, .answers = 4, .scores = {4, 4 * 3'000}});
  CHECK(found_in(picked).empty());
  picked.clusters.clear();  // nobody is asked by cluster
  CHECK(found_in(picked).empty());
}

// A city in which a survey of P1 ended in October.
struct Stuffed : test::City {
  Stuffed() {
    add_staff("head", people::Role::head, "P1");
    add_staff("other", people::Role::head, "P2");
    add_staff("front", people::Role::supervisor, "01");
    write([&](db::Write& w) {
      w.run("INSERT INTO survey_form VALUES (1, 'counter', 1, '{}', $1, 0, $2)",
            db::Blob{as_bytes(std::string(32, 'f'))}, now);
      w.run(
          "INSERT INTO survey VALUES (7, $1, $2, '', 1, 'Hỏi người làm thủ tục', 'Survey of the "
          "counter', 'Hồ sơ', $3, $4, 'census', 400, 400, 0, 0, 'closed', NULL, $5, 1, $6, 1, "
          "NULL, NULL, $6, 2, $5)",
          units.at("P1").id, units.at("P1").path, october, october + std::chrono::days(20),
          db::Blob{as_bytes(std::string(32, 'p'))}, at_local(october + std::chrono::days(21)));
      w.run("INSERT INTO survey_rush VALUES (7, 25, 150, 200)");
      w.run("INSERT INTO survey_score VALUES (7, 'slip', 'person', 0, 200, 200, 1200000, 1, 0)");
      w.run("INSERT INTO survey_score VALUES (7, 'kiosk', 'person', 0, 40, 40, 392000, 1, 0)");
      w.run("INSERT INTO survey_score VALUES (7, 'clerk', 'person', 0, 20, 20, 196000, 1, 0)");
    });
    now = at_local(october + std::chrono::days(35), std::chrono::hours(9));  // 5 November
    find_signals(database, now);
  }
  std::vector<KeptSignal> kept() {
    return read([&](db::Read& r) { return signals_within(r, units.at("01").path, 10); });
  }
  struct Person : test::Browser {
    Person(Stuffed& city, const std::string& login) : Browser(city, city.router, city.site) {
      static_cast<void>(city.staff(login));
      set_cookie(std::string(people::session_cookie),
                 login + " at " + std::to_string(to_ms(city.now)));
    }
  };
};

TEST_CASE("signs of stuffing are found in the month in which the survey ended, with the survey") {
  Stuffed city;
  const auto kept = city.kept();
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].kind == Formality::survey_burst);
  CHECK(kept[1].kind == Formality::survey_staff);
  CHECK(kept[1].whole == 60);
  CHECK(kept[0].month == october);
  const std::string address = "/staff/signals/" + std::to_string(kept[0].id.value);
  for (const char* login : {"head", "front"}) {
    Stuffed::Person browser(city, login);
    browser.get("/en" + address);
    CHECK(browser.status() == 200);
    CHECK(browser.body().find("/en/surveys/7") != std::string::npos);
    CHECK(browser.body().find("Survey of the counter") != std::string::npos);
    CHECK(browser.body().find("25 of 200 slips within one minute") != std::string::npos);
    CHECK(browser.body().find("no longer be looked at") == std::string::npos);
    browser.get(address);
    CHECK(browser.body().find("Hỏi người làm thủ tục") != std::string::npos);
  }
  Stuffed::Person other(city, "other");
  other.get(address);
  CHECK(other.status() == 404);
}

TEST_CASE("a head disputes a sign of stuffing like any other") {
  Stuffed city;
  const std::string address = "/staff/signals/" + std::to_string(city.kept()[0].id.value);
  Stuffed::Person head(city, "head");
  head.get("/en" + address);
  head.fill("text", "Hôm đó họp tổ dân phố, bà con quét mã trả lời cùng một lúc.");
  head.press("Send the dispute");
  CHECK(head.status() == 200);
  CHECK(head.body().find("họp tổ dân phố") != std::string::npos);
}

}  // namespace
}  // namespace ln::insight
