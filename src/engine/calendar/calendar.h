// Working days, office hours and deadlines.
//
// The calendar is data: a rule computed from the law, overlaid by the yearly tables the government
// announces, each day with its name and source. A due instant is always the end of office hours (or
// inside them, for limits in hours), never midnight, and comes with the steps by which anybody can
// count it again. Days are Vietnam's (base/time.h).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ln::calendar {

enum class DayKind : std::uint8_t {
  working,
  weekend,
  holiday,
  swap_off,     // Off in exchange for a Saturday worked.
  comp_off,     // Off because a holiday fell on a weekend.
  makeup_work,  // A weekend day on which offices work.
};
// The same words as in the tables: "holiday", "swap_off" …
std::string_view to_text(DayKind kind);

struct NamedDay {
  Day day;
  DayKind kind;
  std::string name_vi;
  std::string name_en;
  std::string source;
};

// A yearly table, `date,kind,name_vi,name_en,source` with a header line; fields may be quoted.
struct Table {
  std::vector<NamedDay> days;
  std::vector<std::size_t> lines;      // On which each of them stands.
  std::vector<std::size_t> bad_lines;  // Numbered from 1; these rows are left out.
};
Table read_table(std::string_view csv);

// The days that are not what their weekday says. Everywhere else Monday to Friday are worked.
class Holidays {
 public:
  // No holidays at all.
  Holidays() = default;
  // What the law says for the years [first, last]: the Labour Code's days, the Vietnamese Culture
  // Day from 2026, and for each that falls on a weekend the next working day. What is decided year
  // by year is filled by the usual choice: Tết is the last day of the old year and four of the new,
  // the second day of the National Day is 1 September unless that is a weekend.
  static Holidays by_law(int first, int last);
  // by_law for 2018–2060, overlaid by all tables data/calendar/off_*.csv inside the executable.
  static Holidays built_in();

  // The table wins: a year for which it names a holiday is taken from it alone; in other years its
  // rows are added. One day has one row; the later one stays.
  void overlay(const std::vector<NamedDay>& table);
  void add(NamedDay day);
  // The day is what its weekday says.
  void remove(Day day) { days_.erase(day); }

  // Null for an ordinary day.
  const NamedDay* find(Day day) const;
  DayKind kind_of(Day day) const;
  bool is_working_day(Day day) const;
  const std::map<Day, NamedDay>& all() const { return days_; }

 private:
  std::map<Day, NamedDay> days_;
};

// Part of a day, [from, to) after midnight.
struct Hours {
  std::chrono::minutes from;
  std::chrono::minutes to;
};

// When an office is open. Saturday's desk receives people and its hours count as hours, but
// Saturday does not become a working day by it.
struct OfficeHours {
  std::vector<Hours> weekday = {{std::chrono::hours(8), std::chrono::hours(12)},
                                {std::chrono::hours(13), std::chrono::hours(17)}};
  std::vector<Hours> saturday = {};
};
// Not empty on weekdays, in order, apart, within one day. All functions below require it.
bool is_valid(const OfficeHours& hours);

enum class Measure : std::uint8_t { working_hours, working_days, calendar_days };
std::string_view to_text(Measure measure);

struct Deadline {
  Measure measure;
  int count;  // 1 to 3650.
};

enum class StepKind : std::uint8_t {
  received,  // The day it came, from which is counted. Days: not counted itself.
  counted,   // One working day, or the hours of a day.
  skipped,   // A day off.
  moved,     // The last calendar day is a day off: on to the next working day.
  paused,    // The office waited for the citizen.
  due,
};

// One line of "why this date". `kind`, `day_kind` and the name make the sentence ("Thứ Ba 24/11
// nghỉ: Ngày Văn hóa Việt Nam").
struct Step {
  StepKind kind;
  Day day;
  DayKind day_kind = DayKind::working;
  std::string name_vi = {};  // Of the day, where it has one.
  std::string name_en = {};
  // What is left after this step: working days, or minutes for limits in hours. For `paused`, the
  // working minutes that were added.
  int remaining = 0;
};

struct Due {
  Instant at;
  std::vector<Step> why;
};

// The one time an office may wait for an answer. More than five working days do not count.
struct Pause {
  Instant from;
  Instant to;
};
inline constexpr int pause_days_max = 5;

// Days: the day of `start` is not counted, whatever the hour (Civil Code 2015, Art. 147); a last
// day off moves to the next working day (Art. 148); due is the end of office hours. Hours: counted
// from `start` while the office is open; an end at closing time stays there. A pause adds its
// working time; where days are counted, the day that is reached is given whole.
Due due(Instant start,
        const Deadline& deadline,
        const OfficeHours& hours,
        const Holidays& holidays,
        const std::optional<Pause>& pause = std::nullopt);

// Time during which the office was open in [from, to); zero when to <= from.
std::chrono::milliseconds working_time_between(Instant from,
                                               Instant to,
                                               const OfficeHours& hours,
                                               const Holidays& holidays);

// A due instant counted from `start` by the days off `before`, when the days off have become
// `after`: later by the working time that was taken away in between, but for what was taken away
// while the clock stood still (`pause`, when it is over). Forward only: days off that became
// working days make nothing due earlier, and what is due on a day off moves to the next working
// day. Counted from the moments alone, so that it also holds for a due date that was put off.
Instant moved_due(Instant start,
                  Instant due,
                  Measure measure,
                  const OfficeHours& hours,
                  const Holidays& before,
                  const Holidays& after,
                  const std::optional<Pause>& pause = std::nullopt);

// Working days after today up to and with the day of `due`: 0 on that day itself, negative after
// it. Whether it is late is said by the instants, not by this number.
int working_days_left(Instant now, Instant due, const Holidays& holidays);

}  // namespace ln::calendar
