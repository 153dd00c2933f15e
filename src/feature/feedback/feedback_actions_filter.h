// Filters of the queue kept under a name: for who saved them, or for everybody in a unit by its
// head. A filter is a question, never a right: what it finds is bounded by who asks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"
#include "core/people/people.h"
#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::feedback {

using FilterId = Id<struct FilterTable>;
// Names and values of the address of the queue, in its order.
using FilterQuery = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t filter_name_chars_max = 60;
inline constexpr std::size_t filters_max = 20;  // of one person; as many for one unit

struct Filter {
  FilterId id{};
  std::int64_t account_id = 0;
  units::UnitId unit{};  // 0: for who saved it
  std::string name{};
  FilterQuery query{};
};

// The officer's own, then those for the units they work in and for the units above these.
std::vector<Filter> filters_for(db::Read& read, const people::Officer& officer);
// Whether they may take it away: their own, and for a unit whoever heads it or a unit above.
bool may_remove(db::Read& read, const people::Officer& officer, const Filter& filter);

// Keeps it under `name`; with `unit`, for everybody there. Refuses (invalid) beside "name" an empty
// or long one and too many; (forbidden) a unit that the officer does not head.
Result<FilterId> save_filter(db::Write& write,
                             const people::Officer& officer,
                             const std::string& name,
                             const FilterQuery& query,
                             const std::optional<units::Unit>& unit,
                             Instant now);
// Refuses (not_found) what is not theirs to take away.
Result<Done> remove_filter(db::Write& write, const people::Officer& officer, FilterId id);

}  // namespace ln::feedback
