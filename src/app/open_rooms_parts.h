// What the rooms told in open data share: how values become cells, and how figures of units add up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/units/units.h"
#include "feature/insight/insight_jobs_rooms.h"
#include "platform/db/db.h"

namespace ln::app::told {

using Cells = std::vector<std::string>;
using TakeRow = insight::RoomFiles::TakeRow;

inline std::string number(std::int64_t value) { return std::to_string(value); }
inline std::string number(const std::optional<std::int64_t>& value) {
  return value ? std::to_string(*value) : "";
}
inline std::string flag(bool value) { return value ? "1" : "0"; }
inline std::string day(Day value) { return to_iso(value); }
inline std::string day_of(const std::optional<Instant>& at) {
  return at ? to_iso(local_day(*at)) : "";
}

// Units by their numbers, all read once: while rows are read nothing else can be.
class Places {
 public:
  explicit Places(db::Read& read);
  const insight::Place& of(units::UnitId id) const;

 private:
  std::map<std::int64_t, insight::Place> known_{};
  insight::Place unknown_{};
};

// Figures of units, and of the city as their sum.
class Sums {
 public:
  void add(std::string_view figure, const insight::Place& place, stats::Share share);
  void tell(insight::RoomFiles& files) const;

 private:
  std::map<std::pair<std::string, insight::Place>, stats::Share> sums_{};
};

// The rooms whose figures are judgements: surveys that are over, supervision, models, decisions of
// households. `end` is the first instant that is not told.
void tell_surveys(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files);
void tell_supervision(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files);
void tell_models(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files);
void tell_ballots(db::Read& read, Instant end, const Places& places, insight::RoomFiles& files);

}  // namespace ln::app::told
