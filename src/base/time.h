// Instants and days. Every rule that depends on time takes `Instant now` as a parameter; only app/
// reads the clock (docs/decisions/0007).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace ln {

// UTC, in milliseconds: the same number that stands in every `*_at` column.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// A day in Vietnam's calendar (UTC+7 the whole year: no summer time since 1975).
using Day = std::chrono::local_days;

inline constexpr std::chrono::hours vietnam_offset{7};

constexpr std::int64_t to_ms(Instant at) { return at.time_since_epoch().count(); }
constexpr Instant from_ms(std::int64_t ms) { return Instant(std::chrono::milliseconds(ms)); }

// The day and the time of day a clock on a wall in Hanoi shows at `at`.
constexpr Day local_day(Instant at) {
  return std::chrono::floor<std::chrono::days>(
      std::chrono::local_time<std::chrono::milliseconds>(at.time_since_epoch() + vietnam_offset));
}
constexpr std::chrono::milliseconds time_of_day(Instant at) {
  return std::chrono::local_time<std::chrono::milliseconds>(at.time_since_epoch() +
                                                            vietnam_offset) -
         std::chrono::local_time<std::chrono::milliseconds>(local_day(at));
}
// The instant at which a clock in Hanoi shows `time` on `day`.
constexpr Instant at_local(Day day, std::chrono::milliseconds time = {}) {
  return Instant(day.time_since_epoch() + time - vietnam_offset);
}

// "2026-11-23T02:15:07Z", whole seconds in UTC: the form of ledger payloads and the API.
std::string to_iso(Instant at);
// "2026-11-23".
std::string to_iso(Day day);

}  // namespace ln
