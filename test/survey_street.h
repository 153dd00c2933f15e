// A street that is asked: what the tests of surveys share.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/ledger/ledger_public_survey.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_jobs.h"
#include "test/hall.h"

namespace ln::survey {

// An empty hall with the forms of the program and an administrator, and one survey of P1 in it.
struct Street : test::Hall {
  SurveyId survey{};
  std::vector<std::string> secrets;

  Street() {
    write([&](db::Write& w) { install_forms(w, now); });
    write(
        [&](db::Write& w) { add_account(w, "qt", "Quản Trị", people::Role::administrator, "01"); });
    sign_in_again();
  }
  FormId form(std::string_view code) {
    return read([&](db::Read& r) { return find_form(r, code, 1)->id; });
  }
  Typed plan() {
    return {.title_vi = "Mức hài lòng tại phường Một",
            .frame = "Hồ sơ quý III",
            .form = form("counter-conduct"),
            .opens_on = local_day(now),
            .closes_on = local_day(now) + std::chrono::days(20),
            .frame_size = 120,
            .has_kiosk = true,
            .has_link = true};
  }
  SupervisorAct mat(const std::string& login = "mat") {
    return {*people::Supervisor::of(staff(login)), now};
  }
  Result<Survey> plan_as(const std::string& login, const Typed& typed) {
    return write([&, act = mat(login)](db::Write& w) {
      return survey::announce(w, act, units.at("P1"), typed);
    });
  }
  void open(const Typed& typed) {
    const auto made = plan_as("mat", typed);
    REQUIRE_MESSAGE(made.ok(), test::why(made));
    survey = made.value().id;
  }
  Result<std::int64_t> print(int count, std::int64_t cluster = 0) {
    NewSheet sheet{.cluster = cluster};
    for (int n = 0; n < count; ++n) {
      secrets.push_back(people::draw_secret(random));
      sheet.hashes.push_back(*slip_hash(secrets.back()));
    }
    return write([&, act = mat()](db::Write& w) { return print_slips(w, act, survey, sheet); });
  }
  Saying saying(const std::string& secret, std::int64_t polite = 5) {
    return {.survey = survey,
            .secret = secret,
            .given = {.values = {{"polite", polite},
                                 {"helpful", 4},
                                 {"fair", 4},
                                 {"prompt", 4},
                                 {"clear", 5},
                                 {"favour", 0}}},
            .salts = ledger::draw(random),
            .case_key = ledger::draw_case_key(random),
            .nonce = random.bytes<32>()};
  }
  Result<Receipt> say(const Saying& what) {
    return write([&](db::Write& w) { return answer(w, what, now); });
  }
  Survey current() {
    return *read([&](db::Read& r) { return survey::find(r, survey); });
  }
  void close() {
    now = at_local(current().closes_on + std::chrono::days(1), std::chrono::hours(1));
    REQUIRE(close_due(database, now) == 1);
    sign_in_again();
  }
  std::vector<ledger::SurveyFact> told_of_surveys() {
    std::vector<ledger::SurveyFact> all;
    for (const ledger::Stored& each :
         read([](db::Read& r) { return ledger::facts_before(r, 1'000'000, 1'000); }))
      if (const auto fact = ledger::parse_survey(each.payload)) all.insert(all.begin(), *fact);
    return all;
  }
  std::string url(const std::string& more = "") {
    return "/surveys/" + std::to_string(survey.value) + more;
  }
  test::Browser anybody() { return test::Browser(*this, router, site); }
};

// Fills a page of questions as somebody content would.
inline void fill_in(test::Browser& page) {
  page.choose("Người dân", "party");
  for (const char* each : {"q-polite", "q-helpful", "q-fair", "q-prompt", "q-clear"})
    page.choose("Hài lòng", each);
  page.choose("Không", "q-favour");
}

}  // namespace ln::survey
