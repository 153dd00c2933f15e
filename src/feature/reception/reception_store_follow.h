// Rows of reception_follow: where days went when the units changed. No rules.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/reception/reception_store.h"
#include "platform/db/db.h"

namespace ln::reception {

void insert(db::Write& write, ReceptionId id, const Follow& follow);
// In their order.
std::vector<Follow> follows_of(db::Read& read, ReceptionId id);

// Units that ended before `today` and still keep a day of reception, whatever is to come of it.
std::vector<units::Unit> ended_keepers(db::Read& read, Day today);
// Days that this unit keeps, which ended, and of which something is still to come: not cancelled
// and after its last day, or held, with turns whose words are kept. By id.
std::vector<ReceptionId> left_behind(db::Read& read, const units::Unit& ended);
// Hands the day over: to `keeper`, and where it is ahead as a day of that unit. Objections that
// nobody decided yet go to the unit at `above_path`.
struct Handing {
  units::UnitId keeper{};
  std::string_view keeper_path{};
  bool is_ahead = false;
  std::string_view above_path{};
};
// False when the row is not at `reception.revision` any more.
bool hand_over(db::Write& write, const Reception& reception, const Handing& handing);

// Days that went somewhere nobody is certain of, and nobody has said since where they belong, whose
// keeper stands below the unit at `path`, or is that unit when nothing stands above it. As long as
// something is to come of them: not cancelled and not before `today`, or held, with turns whose
// words are kept. By id, after `after`.
struct Open {
  std::string_view path{};
  Day today{};
  ReceptionId after{};
  std::int64_t limit = 20;
};
std::vector<Reception> unsettled(db::Read& read, const Open& open);

}  // namespace ln::reception
