// What a page and the order of statements need of an opinion map: the picture, kept as JSON.
//
// Nobody's own place is kept: groups are drawn as circles around their middles, and who asks where
// they stand is placed from their own answers at that moment. Groups below the privacy floor are
// none (engine/opinion).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/opinion/opinion.h"
#include "engine/stats/stats.h"
#include "feature/consultation/consultation_actions_vote.h"

namespace ln::consultation {

inline constexpr std::size_t findings_max = 5;

// A share of those asked who say +1 (agree) or −1 to a statement.
struct Holding {
  std::int64_t statement = 0;
  int said = 0;
  stats::Share share{};
};
struct PictureGroup {
  std::int64_t people = 0;
  // In steps of the map's grid; `spread` is the root mean square distance from the middle.
  double x = 0, y = 0, spread = 0;
  std::vector<Holding> holds{}, apart{};
};
struct Division {
  std::int64_t statement = 0;
  std::int64_t group_for = 0, group_against = 0;  // from 0
  stats::Share agree{}, disagree{};
};
struct Picture {
  std::int64_t people = 0, placed = 0, votes = 0;
  double stability = 0;  // median adjusted Rand index of maps drawn from halves
  double gain = 0;       // of predicting hidden votes by group
  std::int64_t shift = 0;
  std::vector<PictureGroup> groups{};
  std::vector<Holding> unites{};
  std::vector<Division> divides{};
  std::vector<std::int64_t> statements{};  // in the map's order
  std::vector<double> mean{}, first{}, second{};
  std::vector<Weight> weights{};
};

// A map of one article alone stands on at least so many statements and people (decision 43).
// and is drawn anew when so many more people answered.
inline constexpr std::int64_t clause_statements_min = 5, clause_people_min = 10,
                              clause_people_more = 5;
struct ClauseStatements {
  std::string clause{};                    // the article's key
  std::vector<std::int64_t> statements{};  // in the order of their ids
};
// The article in which a place stands: "d6" of "d6.1"; empty for what is in none ("all", chapters).
std::string article_of(std::string_view clause);

// Draws it. `statements` are the ids of those that are asked.
Picture picture_of(const std::vector<std::int64_t>& statements,
                   const std::vector<StoredVote>& votes);

// Whether all statements of the picture are among `now`, those asked of the article today (both in
// the order of their ids). A statement that was added waits for the next map.
bool stands_on(const Picture& picture, const std::vector<std::int64_t>& now);

std::string to_json(const Picture& picture);
// Null for what to_json does not write.
std::optional<Picture> picture_in(std::string_view json);

// Where somebody with these answers stands, and in which group (null: in none; with too few answers
// nowhere at all).
struct Place {
  double x = 0, y = 0;
  std::optional<std::size_t> group{};
};
std::optional<Place> place_of(const Picture& picture, const std::map<std::int64_t, int>& answers);

}  // namespace ln::consultation
