// Emerging issues: topics in places with more cases in the last whole week than their own twelve
// weeks before explain (stats::emerging_of). Of all that are named, at most one in twenty is
// chance; fewer than five cases are never named.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/units/units.h"
#include "engine/stats/stats_emerging.h"

namespace ln::insight {

inline constexpr std::size_t emerging_weeks = 12;  // of past
inline constexpr double emerging_rate = 0.05;

struct Issue {
  std::string topic_vi{}, topic_en{};
  units::UnitId unit{};  // 0: in the whole city
  std::string unit_name{}, unit_path{};
  std::int64_t now = 0;
  stats::Emerging found{};
};
struct Issues {
  Day monday{};               // of the week looked at
  std::size_t looked_at = 0;  // so many topics in so many places
  std::vector<Issue> all{};   // the least explicable first
};

// Counts of a topic in a place, week by week, the last one the week looked at.
struct WeekCounts {
  std::int64_t topic = 0, unit = 0;  // unit 0: the whole city
  std::vector<std::int64_t> weeks{};
};
// Adds for each topic the whole city, when more than one unit had it.
std::vector<WeekCounts> with_city(std::vector<WeekCounts> by_unit);

}  // namespace ln::insight
