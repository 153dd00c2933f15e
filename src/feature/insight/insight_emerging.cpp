#include "feature/insight/insight_emerging.h"

#include <map>

namespace ln::insight {

std::vector<WeekCounts> with_city(std::vector<WeekCounts> by_unit) {
  std::map<std::int64_t, std::pair<std::size_t, WeekCounts>> by_topic;
  for (const WeekCounts& each : by_unit) {
    auto& [units, city] = by_topic[each.topic];
    ++units;
    city.topic = each.topic;
    city.weeks.resize(each.weeks.size());
    for (std::size_t i = 0; i < each.weeks.size(); ++i) city.weeks[i] += each.weeks[i];
  }
  for (auto& [topic, found] : by_topic)
    if (found.first > 1) by_unit.push_back(std::move(found.second));
  return by_unit;
}

}  // namespace ln::insight
