// The city's working calendar as it is now: what the law says and the tables that travel with the
// program, and over them what an administrator has changed since, each change dated and with its
// source. Nothing is ever taken out of the changes: a day that is removed is one more change, so
// the calendar of any earlier moment can be computed again.
//
// Every due date is counted by a calendar whose revision is known (the number of its last change;
// 0 for the built-in one), so that a later revision can tell what it takes away.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "engine/calendar/calendar.h"

namespace ln::workdays {

// Years for which days may be changed: those for which the law is computed.
inline constexpr int year_min = 2018, year_max = 2060;
inline constexpr std::size_t name_chars_max = 100;
inline constexpr std::size_t source_chars_min = 5, source_chars_max = 300;
// Rows of one imported table, and changes altogether.
inline constexpr std::size_t rows_max = 200, changes_max = 5'000;
// More days off in a row are a mistake: no due date may wait for ever.
inline constexpr int break_days_max = 31;

// One day that is from now on what `kind` says; null: what its weekday says.
struct Edit {
  Day day{};
  std::optional<calendar::DayKind> kind{};
  std::string name_vi{}, name_en{};
  std::string source{};  // the decree or announcement, or why the day was removed
  friend bool operator==(const Edit&, const Edit&) = default;
};

struct Change {
  std::int64_t id = 0;
  Instant at{};
  std::int64_t account_id = 0;
  Edit edit{};
};

// "holiday", "swap_off" …; "plain" for a day that was removed.
std::string_view word_of(const std::optional<calendar::DayKind>& kind);
// The kinds somebody may choose; null for every other word. "plain" is none of them.
std::optional<calendar::DayKind> kind_of(std::string_view word);

void apply(calendar::Holidays& holidays, const Edit& edit);

// A calendar and how it came to be. Never changes.
class Calendar {
 public:
  // `changes` in the order of their numbers.
  explicit Calendar(std::vector<Change> changes);

  std::int64_t revision() const { return changes_.empty() ? 0 : changes_.back().id; }
  const calendar::Holidays& days() const { return days_; }
  const std::vector<Change>& changes() const { return changes_; }
  // As it was at a revision, and as it was known at a moment.
  calendar::Holidays days_at(std::int64_t revision) const;
  calendar::Holidays days_at(Instant at) const;

 private:
  std::vector<Change> changes_;
  calendar::Holidays days_;
};
using Shared = std::shared_ptr<const Calendar>;

// The calendar that this process counts by. Reads no database: whoever changes the calendar, and a
// job that looks every second for what other nodes have changed, holds the new one. Thread-safe.
Shared current();
// Ignores one that is older than what is held, unless `is_other_city`: a database was opened.
void hold(Shared calendar, bool is_other_city = false);

}  // namespace ln::workdays
