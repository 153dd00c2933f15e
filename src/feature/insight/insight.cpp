#include "feature/insight/insight.h"

namespace ln::insight {

void Counts::add(const Counts& other) {
  received += other.received;
  answered += other.answered;
  on_time += other.on_time;
  overdue_open += other.overdue_open;
  open += other.open;
  declined += other.declined;
  reopened += other.reopened;
  solved += other.solved;
  for (std::size_t i = 0; i < ratings.counts.size(); ++i)
    ratings.counts[i] += other.ratings.counts[i];
  again.part += other.again.part;
  again.whole += other.again.whole;
  believed.part += other.believed.part;
  believed.whole += other.believed.whole;
}

stats::Share satisfied_of(const stats::Ratings& ratings) {
  return {ratings.counts[3] + ratings.counts[4], ratings.count()};
}

Counts counts_within(const Figures& figures, std::string_view path) {
  Counts counts;
  for (const UnitCounts& each : figures.units)
    if (units::is_within(each.unit.path, path)) counts.add(each.counts);
  return counts;
}

int map_class(stats::Share on_time) {
  if (on_time.whole < stats::privacy_floor) return 0;
  const std::int64_t tenths = stats::tenths_of_percent(on_time);
  if (tenths < 600) return 1;
  if (tenths < 700) return 2;
  if (tenths < 800) return 3;
  return tenths < 900 ? 4 : 5;
}

}  // namespace ln::insight
