#include "engine/opinion/opinion.h"

#include <algorithm>

namespace ln::opinion {

std::uint8_t Map::group_of(const Placer& placer, std::span<const Vote> row) const {
  if (row.size() < placer.votes_needed() || row.empty() || grouping.centres.empty())
    return no_group;
  return static_cast<std::uint8_t>(nearest(grouping.centres, spot_of(placer.place(row), shift)));
}

Map map_of(const Votes& votes, const Workers& workers) {
  return map_of(votes, tables_of(votes, workers), workers);
}

Map map_of(const Votes& votes, const Tables& tables, const Workers& workers) {
  Map map;
  map.votes = votes.count();
  map.axes = axes_of(tables, workers);
  const Placer placer(map.axes);
  Ground ground = ground_of(votes, placer, workers);
  map.placed = ground.placed;
  map.shift = ground.shift;
  map.points = std::move(ground.points);
  map.grouping = best_grouping(ground.spots);
  map.group.assign(votes.people(), no_group);
  std::vector<std::uint64_t> people(workers.count, 0);
  workers.run(votes.blocks(), [&](std::size_t block, std::size_t worker) {
    for (std::size_t i = votes.block_begin(block); i < votes.block_end(block); ++i) {
      people[worker] += votes.row(i).empty() ? 0 : 1;
      if (map.points[i] != nowhere)
        map.group[i] = static_cast<std::uint8_t>(
            nearest(map.grouping.centres, spot_of(map.points[i], map.shift)));
    }
  });
  for (const std::uint64_t each : people) map.people += each;
  return map;
}

}  // namespace ln::opinion
