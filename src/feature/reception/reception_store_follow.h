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

// Days whose keeper ended before `today` and of which something is still to come: not cancelled and
// not before today, or held, with turns whose words are kept. By id, after `after`.
std::vector<Reception> left_behind(db::Read& read,
                                   Day today,
                                   ReceptionId after,
                                   std::int64_t limit);
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
// keeper is the unit at `path` or stands below it; by id, after `after`.
std::vector<Reception> unsettled(db::Read& read,
                                 std::string_view path,
                                 ReceptionId after,
                                 std::int64_t limit);

}  // namespace ln::reception
