#include "engine/opinion/opinion_polis.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/opinion/opinion_fixture.h"
#include "engine/opinion/opinion_quality.h"

namespace ln::opinion::polis {
namespace {

bool is_near(double left, double right) { return std::abs(left - right) < 1e-9; }

Count count(std::int64_t agree, std::int64_t disagree, std::int64_t pass) {
  Count made;
  made.said = {pass, agree, disagree};
  return made;
}

}  // namespace

TEST_CASE("Tests of shares, by hand") {
  // 8 of 8: 2·√9·(9/9 − 1/2) = 3.
  CHECK(is_near(one_share_z(8, 8), 3));
  // 1 of 3: 2·√4·(2/4 − 1/2) = 0.
  CHECK(is_near(one_share_z(1, 3), 0));
  // 3 of 3 and 0 of 3, one added: 4/4 and 1/4, together 5/8; 0.75 / √(5/8·3/8·1/2).
  CHECK(is_near(two_shares_z({3, 3}, {0, 3}), 0.75 / std::sqrt(15.0 / 128)));
  CHECK(two_shares_z({3, 3}, {5, 5}) == 0);  // Everybody did.
}

TEST_CASE("How a group stands to a statement, by hand") {
  // 8 of 8 agree here; 2 agree and 6 disagree of 8 elsewhere.
  const Stand stand = stand_of(4, count(8, 0, 0), count(2, 6, 0));
  CHECK(is_near(stand.agree_share, 0.9));
  CHECK(is_near(stand.disagree_share, 0.1));
  CHECK(is_near(stand.agree_z, 3));
  CHECK(is_near(stand.disagree_z, 2 * 3 * (1.0 / 9 - 0.5)));
  CHECK(is_near(stand.agree_ratio, 0.9 / 0.3));
  CHECK(is_near(stand.disagree_ratio, 0.1 / 0.7));
  // 9/9 and 3/9, together 12/18: (2/3) / √(2/3·1/3·2/9) = 3.
  CHECK(is_near(stand.agree_ratio_z, 3));
  CHECK(stand.side() == Said::agree);
  CHECK(stand.is_significant());
  CHECK(is_near(stand.metric(), 3 * 3 * 0.9 * 3));
  // One of one agrees, and half elsewhere: 2/2 and 6/11, together 8/13, z = 1.215.
  CHECK_FALSE(stand_of(0, count(1, 0, 0), count(5, 5, 0)).is_significant());
}

TEST_CASE(
    "What represents a group: the best agree first, then the strongest, agrees before "
    "disagrees, five at most") {
  std::vector<Stand> stands;
  const auto put = [&](const Count& here, const Count& elsewhere) {
    stands.push_back(stand_of(stands.size(), here, elsewhere));
  };
  put(count(0, 20, 0), count(20, 0, 0));   // 0: strongest of all, a disagree
  put(count(20, 0, 0), count(10, 10, 0));  // 1
  put(count(20, 0, 0), count(2, 18, 0));   // 2: the strongest agree
  put(count(1, 1, 0), count(1, 1, 0));     // 3: nothing
  put(count(0, 0, 5), count(0, 0, 5));     // 4: nobody agrees or disagrees
  put(count(20, 0, 0), count(8, 12, 0));   // 5
  put(count(0, 20, 0), count(10, 10, 0));  // 6
  put(count(20, 0, 0), count(5, 15, 0));   // 7
  const auto chosen = representative(stands);
  std::vector<std::size_t> which;
  for (const Stand& each : chosen) which.push_back(each.statement);
  // By their metric: 0 (12.9 ·…), 2, 7, 5, 1 and 6; of these five the agrees come first.
  CHECK(which == std::vector<std::size_t>{2, 7, 5, 1, 0});
  // None is significant: what is most agreed with stands alone.
  const std::vector<Stand> weak = {stand_of(0, count(1, 0, 0), count(1, 1, 0)),
                                   stand_of(1, count(3, 1, 0), count(1, 2, 0))};
  REQUIRE(representative(weak).size() == 1);
  CHECK(representative(weak)[0].statement == 1);
  CHECK(representative({}).empty());
}

TEST_CASE("Consensus, group-aware consensus and priority, by hand") {
  const std::vector<Count> everybody = {count(8, 0, 0), count(0, 15, 0), count(24, 0, 1),
                                        count(4, 4, 0), count(1, 0, 0)};
  const Consensus consensus = consensus_of(everybody);
  // 24 of 25: (25/27) · 2·√26·(25/26 − 1/2) = 4.36; 8 of 8: 0.9 · 3 = 2.7; 1 of 1: 2/3 · √2.
  CHECK(consensus.agree == std::vector<std::size_t>{2, 0, 4});
  CHECK(consensus.disagree == std::vector<std::size_t>{1});

  // 10 votes, 6 agrees, 2 passes, extremity 1: (1 − 3/12) · 2 · 7/12 · (1 + 8/4), squared.
  CHECK(is_near(priority_of(count(6, 2, 2), 1), std::pow(0.75 * 2 * 7 / 12 * 3, 2)));
  // Nobody has voted: (1 − 1/2) · 1 · 1/2 · 9, squared.
  CHECK(is_near(priority_of(count(0, 0, 0), 0), 2.25 * 2.25));
}

TEST_CASE("k-means with ties to the last, and silhouettes") {
  const std::vector<Weighted> points = {{0, 0, 1}, {0, 0, 1}, {2, 0, 1}, {10, 0, 2}};
  const auto starts = first_distinct(points, 2);
  REQUIRE(starts.size() == 2);
  CHECK(starts[1].x == 2);
  const Clusters made = k_means(points, starts, 20);
  // The spot at 2 first goes to the start at 2 with the one at 10; then it is nearer to 0.
  CHECK(made.of == std::vector<std::size_t>{0, 0, 0, 1});
  CHECK(is_near(made.centres[0].x, 2.0 / 3));
  // 0: a = 1, b = 10, twice; 2: a = 2, b = 8; the last is alone.
  CHECK(is_near(silhouette_of(points, made), (0.9 + 0.9 + 0.75) / 4));
  // Right between two centres: the last one.
  const Clusters tie =
      k_means(std::vector<Weighted>{{0, 0, 1}, {4, 0, 1}, {2, 0, 1}}, {{0, 0}, {4, 0}}, 1);
  CHECK(tie.of == std::vector<std::size_t>{0, 1, 1});
}

TEST_CASE("Rejected statements count as a pass of everybody, and fifteen are placed if there are") {
  Votes votes({"1", "2", "3", "4", "5", "6", "7", "8"});
  for (std::size_t i = 0; i < 20; ++i) {
    std::vector<Vote> row;
    for (std::size_t j = 0; j < (i < 4 ? 8U : 2U + i % 2); ++j)
      row.emplace_back(j, (i + j) % 3 == 0 ? Said::agree : Said::disagree);
    votes.add(std::to_string(i), row);
  }
  const std::vector<std::size_t> rejected = {0};
  const PolisMap map = map_of(votes, rejected);
  CHECK(map.placed == 15);
  CHECK(map.everybody[0].votes() == 0);
  CHECK(std::abs(map.axes.first[0]) < 1e-12);
  CHECK(map.axes.mean[0] == 0);
  CHECK(map.everybody[1].votes() == 20);
}

// Where people vote as they did and the statements rejected are those of the file, the published
// groups come back (the files hold the last votes only, so not to the last person).
TEST_CASE("The published groups of real conversations are found again") {
  const auto against = [](const std::string& name, const std::vector<std::string>& rejected) {
    const Votes votes = conversation(name);
    std::vector<std::size_t> places;
    for (std::size_t j = 0; j < votes.statements(); ++j)
      if (std::ranges::find(rejected, votes.statement(j)) != rejected.end()) places.push_back(j);
    std::vector<std::uint8_t> published;
    for (std::size_t i = 0; i < votes.people(); ++i)
      published.push_back(votes.group(i) < 0 ? no_group
                                             : static_cast<std::uint8_t>(votes.group(i)));
    return adjusted_rand(map_of(votes, places).group, published);
  };
  for (const auto& [name, least] :
       {std::pair<const char*, double>{"scoop-hivemind.biodiversity", 0.95},
        {"austria-climate.5twd2jsnkf.2022-08-08", 0.95},
        {"vtaiwan.uberx", 0.9},
        {"ssis.land-bank-farmland.2rumnecbeh.2021-08-01", 0.9}}) {
    CAPTURE(name);
    CHECK(against(name, rejected_in(name)) > least);
  }
}

}  // namespace ln::opinion::polis
