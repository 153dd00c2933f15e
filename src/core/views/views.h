// How often public pages of drafts, dialogues and projects are looked at, without who.
//
// A look is a page that was given out, also from the kept copies. There is no cookie and no address
// in it: the same reader twice is two, and nobody can be told from anybody. A city sees what people
// look for, and not that somebody was there: below the floor nothing is told.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace ln::views {

enum class Kind : std::uint8_t { consultation, dialogue, project };
inline constexpr std::array all_kinds = {Kind::consultation, Kind::dialogue, Kind::project};
std::string_view to_text(Kind kind);

// Below it, how often something was looked at is not told.
inline constexpr std::int64_t floor = 10;
// How often something was looked at, as it is told: rounded down to tens. An exact number beside an
// older one would tell of a single look.
constexpr std::int64_t told(std::int64_t views) { return views - views % floor; }
// So long days are kept apart, in days; what is older stands in the sum of all time alone.
inline constexpr int days_kept = 30;
// So many things are counted between two times of writing down; what would be more is not counted.
inline constexpr std::size_t gathered_max = 10'000;

}  // namespace ln::views
