// The two full consultations of the sample city.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "app/city.h"
#include "app/sample.h"
#include "base/log.h"
#include "core/ledger/ledger_verify.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_jobs_letter.h"
#include "feature/consultation/consultation_store_archive.h"
#include "feature/consultation/consultation_store_letter.h"
#include "feature/consultation/consultation_store_search.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {

TEST_CASE("the sample has two full consultations: one is open, one is answered and decided") {
  using namespace consultation;
  const test::Folder folder;
  log::set_least(log::Level::warning);
  const std::string data = (folder.path / "city").string();
  make_sample({.folder = data, .case_count = 30, .seed = 7, .now = test::monday});
  SeededRandom random(1);
  City city({.folder = data, .clock = [] { return test::monday; }}, random);
  city.database().read([](db::Read& read) {
    const auto pay = find(read, ConsultationId{2}), clearance = find(read, ConsultationId{3});
    REQUIRE((pay && clearance));
    CHECK(pay->takes_comments(test::monday));
    CHECK(clearance->stage == Stage::closed);
    for (const ConsultationId id : {pay->id, clearance->id}) {
      const Counts all = total_of(counts_by_clause(read, id));
      CHECK(all.all >= 300);
      CHECK(all.imported > 20);
      CHECK(all.invited == 3);
      const auto map = find_map(read, id);
      const auto picture = map ? picture_in(map->json) : std::nullopt;
      REQUIRE(picture);
      CHECK(picture->groups.size() >= 2);
      CHECK(picture->groups.size() <= 3);
      CHECK_FALSE(clause_maps_of(read, id).empty());
    }
    // Everything that people wrote for themselves is different.
    std::set<std::string> bodies;
    const auto newest = newest_comments(read, pay->id, 0, 1'000);
    for (const Comment& each : newest) bodies.insert(each.body);
    CHECK(std::ssize(bodies) > std::ssize(newest) * 9 / 10);
    // Most of what was said of the staff regulation is answered; a few points keep the gate shut.
    const auto points = table_of(read, pay->id);
    const auto waiting =
        std::ranges::count_if(points, [](const TableRow& row) { return !row.issue.answered_at; });
    CHECK(total_of(counts_by_clause(read, pay->id)).all >= 320);
    CHECK(std::ssize(points) - waiting >= 34);
    CHECK(waiting > 0);
    CHECK(waiting <= 12);
    CHECK_FALSE(gate_of(read, *pay, test::monday).empty());
    // Nobody's comment fell out of the plan when its second version came.
    CHECK(counts_by_clause(read, clearance->id).count("") == 0);
    REQUIRE(find_decision(read, clearance->id));
    const auto rows = table_of(read, clearance->id);
    CHECK(rows.size() > 30);
    std::int64_t objections = 0, largest = 0;
    for (const TableRow& row : rows) {
      CHECK(row.issue.answered_at);
      objections += row.objections;
      largest = std::max(largest, row.behind.comments);
      CHECK(row.open_objections == 0);
    }
    CHECK(objections == 1);
    CHECK(largest >= 80);
    CHECK(find_archive(read, clearance->id));
    CHECK(unindexed_count(read) == 0);
    CHECK(ledger::verify_all(read).empty());
  });
}

TEST_CASE("the machine takes one letter of the sample for a letter, and nothing else") {
  using namespace consultation;
  const test::Folder folder;
  log::set_least(log::Level::warning);
  const std::string data = (folder.path / "city").string();
  make_sample({.folder = data, .case_count = 30, .seed = 7, .now = test::monday});
  SeededRandom random(1);
  City city({.folder = data, .clock = [] { return test::monday; }}, random);
  db::Database& database = city.database();
  const ConsultationId pay{2};
  REQUIRE(database
              .write([&](db::Write& write) -> Result<Done> {
                put(write, Grouping{.consultation = pay, .asked_by = 1, .asked_at = test::monday});
                return Done{};
              })
              .ok());
  const GroupingTools tools{.clock = [] { return test::monday; }};
  REQUIRE(group_next(database, random, tools));
  read_letters(database, random, tools);
  database.read([&](db::Read& read) {
    std::int64_t letters = 0, placed = 0;
    for (const Issue& issue : issues_of(read, pay)) {
      const auto comments = comments_under(read, issue, 0, 1'000);
      placed += std::ssize(comments);
      if (issue.origin != Origin::campaign) continue;
      ++letters;
      CHECK(comments.size() > 20);
      for (const Comment& each : comments) {
        CHECK(each.clause_now == "d7.1");
        CHECK(each.body.find("theo số ngày làm việc thực tế trong quý") != std::string::npos);
      }
      const auto letter = find_letter(read, issue.id);
      REQUIRE((letter && letter->kind));
      CHECK(letter->fits_percent() >= 75);
      for (const LetterPart& part : letter->parts)
        for (const LetterPart::Value& value : part.values) CHECK(value.senders >= 5);
    }
    CHECK(letters == 1);
    CHECK(placed > 200);
  });
}

}  // namespace ln::app
