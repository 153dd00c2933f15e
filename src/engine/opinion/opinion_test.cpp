#include "engine/opinion/opinion.h"

#include <doctest/doctest.h>

#include "engine/opinion/opinion_findings.h"
#include "engine/opinion/opinion_fixture.h"
#include "engine/opinion/opinion_quality.h"
#include "engine/opinion/opinion_sample.h"

namespace ln::opinion {

TEST_CASE("Shuffled votes give the same map to the last bit, on every real conversation") {
  for (const std::string& name : conversations()) {
    CAPTURE(name);
    const Votes votes = conversation(name);
    const std::string before = bytes_of(votes, map_of(votes));
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const Votes shuffled = read_whole(shuffled_file(file_of(name), seed));
      REQUIRE(shuffled.people() == votes.people());
      CHECK(std::string(shuffled.id(0)) + std::string(shuffled.id(1)) !=
            std::string(votes.id(0)) + std::string(votes.id(1)));
      CHECK((bytes_of(shuffled, map_of(shuffled)) == before));
    }
  }
}

TEST_CASE("However jobs are dealt to however many workers, the map is the same") {
  const Votes votes = sample_votes({.people = 20'000, .statements = 90, .votes_each = 30});
  const std::string before = bytes_of(votes, map_of(votes));
  for (const std::size_t count : {2UL, 3UL, 7UL})
    CHECK((bytes_of(votes, map_of(votes, crooked_workers(count))) == before));
}

TEST_CASE(
    "Tables of two halves add up to those of the whole, and one vote changes them as if it "
    "had always been there") {
  const Votes votes = conversation("15-per-hour-seattle");
  Votes left(votes.statement_ids()), right(votes.statement_ids());
  for (std::size_t i = 0; i < votes.people(); ++i)
    (i % 3 == 0 ? left : right).add(votes.id(i), votes.row(i));
  Tables sum = tables_of(left, alone());
  CHECK_FALSE(sum == tables_of(votes, alone()));
  sum.merge(tables_of(right, alone()));
  CHECK(sum == tables_of(votes, alone()));

  // Every vote of one person is withdrawn, turned or passed, one by one.
  Votes changed = votes;
  Tables kept = tables_of(votes, alone());
  const std::size_t person = 7;
  REQUIRE(votes.row(person).size() > 5);
  for (const Vote vote : votes.row(person)) {
    std::optional<Said> after;
    if (vote.statement() % 3 == 1) after = Said::disagree;
    if (vote.statement() % 3 == 2) after = Said::pass;
    const auto before = changed.change(person, vote.statement(), after);
    CHECK(before == vote.said());
    kept.change(changed.row(person), vote.statement(), before, after);
    REQUIRE(kept == tables_of(changed, alone()));
  }
  CHECK((bytes_of(changed, map_of(changed, kept, alone())) == bytes_of(changed, map_of(changed))));
}

TEST_CASE("A vote withdrawn is as if it had never been cast") {
  const Votes votes = conversation("brexit-consensus");
  const std::string before = bytes_of(votes, map_of(votes));
  Votes changed = votes;
  Tables kept = tables_of(votes, alone());
  std::size_t free = 0;
  while (free < votes.row(3).size() && votes.row(3)[free].statement() == free) ++free;
  REQUIRE(free < votes.statements());
  CHECK_FALSE(changed.change(3, free, Said::agree).has_value());
  kept.change(changed.row(3), free, std::nullopt, Said::agree);
  CHECK((bytes_of(changed, map_of(changed, kept, alone())) != before));
  CHECK(changed.change(3, free, std::nullopt) == Said::agree);
  kept.change(changed.row(3), free, Said::agree, std::nullopt);
  CHECK((bytes_of(changed, map_of(changed, kept, alone())) == before));
}

TEST_CASE("Groups that were drawn are found, and the quality says so") {
  const Votes votes = sample_votes({.people = 3'000, .statements = 100, .votes_each = 40});
  const Map map = map_of(votes);
  std::vector<std::uint8_t> truth;
  for (std::size_t i = 0; i < votes.people(); ++i)
    truth.push_back(static_cast<std::uint8_t>(i % 3));
  CHECK(map.grouping.centres.size() == 3);
  CHECK(adjusted_rand(map.group, truth) > 0.85);
  const Quality quality = quality_of(votes, map, alone());
  CHECK(quality.agreement_median > 0.9);
  CHECK(quality.same_number == 16);
  CHECK(quality.gain > 0.1);
  CHECK(quality.hidden_votes > votes.count() * 9 / 10);

  // Where there are no groups, none predicts anything.
  const Votes noise = sample_votes({.people = 3'000, .statements = 100, .groups = 1});
  const Quality none = quality_of(noise, map_of(noise), alone());
  CHECK(none.gain < 0.02);
  CHECK(none.agreement_median < 0.5);
}

TEST_CASE("Maps of nobody, of one, of people who all say the same") {
  const Votes nobody({"1", "2"});
  const Map empty = map_of(nobody);
  CHECK(empty.placed == 0);
  CHECK(findings_of(empty, Counts(nobody, empty)).groups.empty());
  CHECK(quality_of(nobody, empty, alone()).gain == 0);

  Votes same({"1", "2", "3"});
  for (int i = 0; i < 20; ++i)
    same.add(std::to_string(i),
             std::vector{Vote(0, Said::agree), Vote(1, Said::disagree), Vote(2, Said::pass)});
  const Map one = map_of(same);
  CHECK(one.grouping.centres.size() == 1);
  CHECK(one.grouping.sizes[0] == 20);
  const Findings found = findings_of(one, Counts(same, one));
  REQUIRE(found.groups.size() == 1);
  CHECK(found.groups[0].holds.size() == 2);
  CHECK(found.divides.empty());

  Votes few({"1"});
  for (int i = 0; i < 4; ++i) few.add(std::to_string(i), std::vector{Vote(0, Said::agree)});
  const Map small = map_of(few);
  CHECK(findings_of(small, Counts(few, small)).groups.empty());
}

TEST_CASE("No group is smaller than five, and no cell of one to four votes can be told") {
  for (const std::string& name : conversations()) {
    CAPTURE(name);
    const Votes votes = conversation(name);
    const Map map = map_of(votes);
    for (const std::uint64_t size : map.grouping.sizes) CHECK(size >= 5);
    const Counts counts(votes, map);
    for (std::size_t j = 0; j < votes.statements(); ++j) {
      std::int64_t hidden = counts.everybody(j).votes();
      for (std::size_t group = 0; group < counts.groups(); ++group) {
        if (!counts.is_shown(group, j)) continue;
        const std::int64_t shown = counts.group(group, j).votes();
        CHECK((shown == 0 || shown >= 5));
        hidden -= shown;
      }
      // Of what sets a group apart: the others as far as they are shown.
      for (std::size_t group = 0; group < counts.groups(); ++group) {
        std::int64_t others = 0;
        for (std::size_t other = 0; other < counts.groups(); ++other)
          if (other != group && counts.is_shown(other, j)) others += counts.group(other, j).votes();
        CHECK(counts.others(group, j).votes() == others);
      }
      // What is left when the shown groups are taken away from everybody.
      if (counts.is_shown(j)) CHECK((hidden == 0 || hidden >= 5));
    }
  }
}

}  // namespace ln::opinion
