// Statements, their order, and the map that is drawn from what people say to them.
#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

#include "feature/consultation/consultation_actions_map.h"
#include "feature/consultation/consultation_actions_vote.h"

namespace ln::consultation {
namespace {

std::vector<Statement> ten() {
  std::vector<Statement> all;
  for (std::int64_t id = 1; id <= 10; ++id)
    all.push_back({.id = StatementId{id}, .text = "Câu số " + std::to_string(id)});
  return all;
}

// Thirty people who agree with the first five statements, and twenty who do not.
std::vector<StoredVote> two_camps() {
  std::vector<StoredVote> all;
  for (std::int64_t person = 1; person <= 50; ++person)
    for (std::int64_t id = 1; id <= 10; ++id) {
      const bool is_first = person <= 30;
      const int said = id == 10 ? 1 : (id <= 5) == is_first ? 1 : -1;
      if ((person + id) % 7 != 0) all.push_back({person, id, said});
    }
  return all;
}

const std::vector<std::int64_t> ids = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

}  // namespace

TEST_CASE("the next statement is the same until it is answered, and other for another person") {
  const auto all = ten();
  std::set<std::size_t> firsts;
  std::array<int, 10> counts{};
  for (int person = 0; person < 2'000; ++person) {
    const std::string seed = "person " + std::to_string(person);
    const auto first = next_statement(all, {}, {}, seed);
    REQUIRE(first.has_value());
    CHECK(next_statement(all, {}, {}, seed) == first);
    firsts.insert(*first);
    ++counts[*first];
  }
  CHECK(firsts.size() == 10);
  // Without weights each is as likely as the others: 200 of 2,000, give or take four deviations.
  for (const int count : counts) {
    CHECK(count > 145);
    CHECK(count < 255);
  }
}

TEST_CASE("every statement comes once, and one that teaches more comes sooner") {
  const auto all = ten();
  std::map<std::int64_t, int> answered;
  for (int turn = 0; turn < 10; ++turn) {
    const auto next = next_statement(all, answered, {}, "somebody");
    REQUIRE(next.has_value());
    CHECK(answered.emplace(all[*next].id.value, 1).second);
  }
  CHECK_FALSE(next_statement(all, answered, {}, "somebody").has_value());
  const std::vector<Weight> weights = {{.statement = 7, .weight = 9}};
  int seven = 0;
  for (int person = 0; person < 1'000; ++person)
    seven += next_statement(all, {}, weights, std::to_string(person)) == 6 ? 1 : 0;
  CHECK(seven > 430);  // 9 of 18
  CHECK(seven < 570);
}

TEST_CASE("a map finds two camps, says what unites and divides them, and reads back") {
  const Picture picture = picture_of(ids, two_camps());
  REQUIRE(picture.groups.size() == 2);
  CHECK(picture.groups[0].people == 30);
  CHECK(picture.groups[1].people == 20);
  REQUIRE_FALSE(picture.unites.empty());
  CHECK(picture.unites[0].statement == 10);
  CHECK_FALSE(picture.divides.empty());
  CHECK(picture.stability > 0.9);
  const std::string json = to_json(picture);
  const auto again = picture_in(json);
  REQUIRE(again.has_value());
  CHECK(to_json(*again) == json);
  CHECK(json.find("point") == std::string::npos);
  CHECK_FALSE(picture_in("[").has_value());
}

TEST_CASE("who asks where they stand is told from their own answers, and too few tell nothing") {
  const auto again = picture_in(to_json(picture_of(ids, two_camps())));
  REQUIRE(again.has_value());
  std::map<std::int64_t, int> like_first, like_second;
  for (const std::int64_t id : ids) {
    like_first[id] = id <= 5 || id == 10 ? 1 : -1;
    like_second[id] = id <= 5 ? -1 : 1;
  }
  REQUIRE(place_of(*again, like_first).has_value());
  CHECK(place_of(*again, like_first)->group == 0);
  CHECK(place_of(*again, like_second)->group == 1);
  CHECK_FALSE(place_of(*again, {{1, 1}, {2, 1}}).has_value());
}

}  // namespace ln::consultation
