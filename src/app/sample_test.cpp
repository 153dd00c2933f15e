// The sample city, made small in a folder of its own.
#include "app/sample.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <map>
#include <set>

#include "app/city.h"
#include "app/told_check.h"
#include "base/log.h"
#include "core/ledger/ledger_counted.h"
#include "core/ledger/ledger_verify.h"
#include "core/units/units_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_search.h"
#include "feature/insight/insight_jobs_signal.h"
#include "feature/insight/insight_store_signal.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

SampleMade make(const test::Folder& folder, std::size_t count, std::uint64_t seed = 7) {
  log::set_least(log::Level::warning);
  return make_sample({.folder = (folder.path / "city").string(),
                      .case_count = count,
                      .seed = seed,
                      .now = test::monday});
}

// Opens what was made and hands a Read& to `body`.
template <class Body>
auto look(const test::Folder& folder, Body body) {
  SeededRandom random(1);
  City city({.folder = (folder.path / "city").string(), .clock = [] { return test::monday; }},
            random);
  CHECK(city.is_sample());
  return city.database().read(body);
}

struct Row {
  std::int64_t id;
  std::string code, title, body;
  bool is_protected, is_published;
};
std::vector<Row> rows(db::Read& read) {
  return read.all(
      "SELECT id, code, title, body, is_protected, "
      "CASE WHEN erased_at IS NULL THEN published_at END FROM feedback ORDER BY id",
      [](const db::Row& row) {
        return Row{row.integer(0), row.text(1), row.text(2),
                   row.text(3),    row.flag(4), !row.is_null(5)};
      });
}

std::vector<std::int64_t> search(db::Read& read,
                                 db::TextIndex::Form form,
                                 const std::vector<std::string>& words) {
  return feedback::search_index.find(read, form, words, std::numeric_limits<std::int64_t>::max(),
                                     1'000);
}

std::vector<std::string> codes_of(const test::Folder& folder) {
  std::vector<std::string> codes;
  look(folder, [&](db::Read& read) {
    for (const Row& row : rows(read)) codes.push_back(row.code);
  });
  return codes;
}

TEST_CASE("a small sample has cases in every state, and its ledger agrees with itself") {
  const test::Folder folder;
  const SampleMade made = make(folder, 60);
  CHECK(made.cases == 60);
  for (const auto state : feedback::all_states) {
    INFO(feedback::to_text(state));
    CHECK(made.by_state.contains(std::string(feedback::to_text(state))));
  }
  CHECK(made.logins.size() == 8);
  CHECK(made.examples.size() == 3);
  look(folder, [&](db::Read& read) {
    CHECK(rows(read).size() == 60);
    CHECK(ledger::verify_all(read).empty());
    CHECK(check_told(read).empty());
    const auto last = read.one("SELECT max(at) FROM ledger_entry",
                               [](const db::Row& row) { return row.instant(0); });
    CHECK(last.value() <= test::monday);
    CHECK(read.one("SELECT max(recurrence) FROM feedback",
                   [](const db::Row& row) { return row.integer(0); }) == 7);
    // Each act of an office says which office it was, wherever the case went later.
    CHECK(read.one("SELECT count(*) FROM feedback_event WHERE party = 'office' AND "
                   "unit_id IS NULL AND event <> 'opened_identity' AND event <> 'erased'",
                   [](const db::Row& row) { return row.integer(0); }) == 0);
    CHECK(read.one("SELECT count(*) FROM people_session",
                   [](const db::Row& row) { return row.integer(0); }) == 0);
  });
}

TEST_CASE("the same seed and time give the same codes, another seed gives others") {
  const test::Folder one, two, three;
  make(one, 30);
  make(two, 30);
  make(three, 30, 8);
  const auto codes = codes_of(one);
  CHECK(codes.size() == 30);
  CHECK(codes_of(two) == codes);
  CHECK(codes_of(three) != codes);
}

TEST_CASE("two hundred cases are enough to search for birth certificates and street lights") {
  const test::Folder folder;
  make(folder, 200);
  look(folder, [&](db::Read& read) {
    using enum db::TextIndex::Form;
    CHECK(search(read, marked, {"giấy", "khai", "sinh"}).size() >= 3);
    CHECK(search(read, marked, {"đèn", "đường"}).size() >= 3);
    CHECK(search(read, folded, {"den", "duong"}).size() >= 3);
    std::set<std::string> texts;
    for (const Row& row : rows(read)) {
      texts.insert(row.body);
      INFO(row.title);
      const auto found = search(read, folded, text::words(row.title));
      CHECK_FALSE((row.is_protected && row.is_published));
      CHECK(row.is_published == (std::ranges::count(found, row.id) == 1));
    }
    CHECK(texts.size() > 190);
    const auto erased = feedback::all_erased(read);
    CHECK(erased.size() >= 2);
    CHECK(feedback::count_owed(read) == 0);
    std::set<std::int64_t> scores;
    read.each("SELECT score FROM satisfaction_rating",
              [&](const db::Row& row) { scores.insert(row.integer(0)); });
    CHECK(scores == std::set<std::int64_t>{1, 2, 3, 4, 5});
  });
}

TEST_CASE("every case of a sample is counted where its own events say, or waits to be told") {
  test::Folder folder;
  make(folder, 400);
  const auto seen = look(folder, [](db::Read& read) {
    std::map<ledger::CountState, int> states;
    struct Case {
      std::int64_t id;
      bool is_apart;
    };
    const auto cases = read.all(
        "SELECT id, about, is_protected FROM feedback "
        "WHERE entered_by IS NULL AND erased_at IS NULL ORDER BY id",
        [](const db::Row& row) {
          return Case{row.integer(0), row.view(1) == "conduct" || row.flag(2)};
        });
    for (const Case& each : cases)
      for (const ledger::CountStatus& status :
           ledger::count_states(read, {"feedback", each.id}, each.is_apart, test::monday))
        ++states[status.state];
    return states;
  });
  CHECK(seen.contains(ledger::CountState::counted));
  CHECK(seen.contains(ledger::CountState::waiting));
  CHECK_FALSE(seen.contains(ledger::CountState::left_out));
}

TEST_CASE("a sample shows signs of rooms that were gone through for form's sake") {
  const test::Folder folder;
  make(folder, 60);
  SeededRandom random(1);
  City city({.folder = (folder.path / "city").string(), .clock = [] { return test::monday; }},
            random);
  CHECK(insight::find_signals(city.database(), test::monday));
  const std::set<insight::Formality> kinds = city.database().read([](db::Read& read) {
    std::set<insight::Formality> all;
    const auto top = units::find_on(read, "01", local_day(test::monday));
    REQUIRE(top.has_value());
    for (const insight::KeptSignal& each : insight::signals_within(read, top->path, 200))
      all.insert(each.kind);
    return all;
  });
  // Smaller samples have too few cases for a programme of supervision.
  for (const insight::Formality kind :
       {insight::Formality::empty_dialogue, insight::Formality::unread_disclosure,
        insight::Formality::unmeasured_model}) {
    CAPTURE(insight::to_text(kind));
    CHECK(kinds.contains(kind));
  }
}

TEST_CASE("a sample is never made over a city") {
  const test::Folder folder;
  make(folder, 0);
  CHECK_THROWS_AS(make(folder, 0), db::Failure);
  std::ifstream accounts(folder.path / "city" / "accounts.txt");
  const std::string text{std::istreambuf_iterator<char>(accounts), {}};
  CHECK(text.find(sample_password) != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path / "city" / ".making"));
}

}  // namespace
}  // namespace ln::app
