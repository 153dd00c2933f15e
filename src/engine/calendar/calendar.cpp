#include "engine/calendar/calendar.h"

#include <algorithm>

#include "base/check.h"

namespace ln::calendar {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

// Longer than any run of days off; a calendar without working days is a bug, not a long wait.
constexpr int days_off_max = 400;
constexpr int count_max = 3650;

// When the office is open on `day`.
const std::vector<Hours>& open_on(Day day, const OfficeHours& hours, const Holidays& holidays) {
  static const std::vector<Hours> closed;
  if (holidays.is_working_day(day)) return hours.weekday;
  const bool desk = holidays.kind_of(day) == DayKind::weekend &&
                    std::chrono::weekday(day) == std::chrono::Saturday;
  return desk ? hours.saturday : closed;
}

Instant closing_of(Day day, const OfficeHours& hours) {
  return at_local(day, hours.weekday.back().to);
}

Step step_on(StepKind kind, Day day, const Holidays& holidays, int remaining = 0) {
  Step out{.kind = kind, .day = day, .day_kind = holidays.kind_of(day), .remaining = remaining};
  if (const NamedDay* named = holidays.find(day)) {
    out.name_vi = named->name_vi;
    out.name_en = named->name_en;
  }
  return out;
}

// The first working day at or after `day`; days off on the way are told in `why` as `told`.
Day working_day_from(Day day, const Holidays& holidays, StepKind told, std::vector<Step>& why) {
  for (int i = 0; !holidays.is_working_day(day); ++i) {
    CHECK(i < days_off_max);
    why.push_back(step_on(told, day, holidays));
    day += days(1);
  }
  return day;
}

// The instant at which `left` of working time has passed since `from`: inside office hours or at
// their end, never at an opening. Precondition: left > 0.
Instant advance(Instant from,
                milliseconds left,
                const OfficeHours& hours,
                const Holidays& holidays,
                std::vector<Step>* why) {
  Day day = local_day(from);
  for (int closed = 0;; day += days(1)) {
    const milliseconds before = left;
    Instant end{};
    for (const Hours& open : open_on(day, hours, holidays)) {
      const Instant begin = std::max(from, at_local(day, open.from));
      const milliseconds length = std::max(at_local(day, open.to) - begin, milliseconds(0));
      const milliseconds used = std::min(length, left);
      if (used > milliseconds(0)) end = begin + used;
      left -= used;
    }
    closed = before == left ? closed + 1 : 0;
    CHECK(closed < days_off_max);
    if (why != nullptr) {
      // An evening is no step: the day stands there already as the one on which it came.
      const bool off = !holidays.is_working_day(day);
      const auto rest = static_cast<int>(std::chrono::ceil<minutes>(left).count());
      if (before != left) why->push_back(step_on(StepKind::counted, day, holidays, rest));
      if (before == left && off) why->push_back(step_on(StepKind::skipped, day, holidays, rest));
    }
    if (left == milliseconds(0)) return end;
  }
}

Day count_working_days(Day day, int count, const Holidays& holidays, std::vector<Step>& why) {
  for (int left = count; left > 0;) {
    day = working_day_from(day + days(1), holidays, StepKind::skipped, why);
    why.push_back(step_on(StepKind::counted, day, holidays, --left));
  }
  // Days off that were passed say how many days were left, like the counted ones.
  int left = 0;
  for (auto step = why.rbegin(); step != why.rend(); ++step) {
    if (step->kind == StepKind::skipped) step->remaining = left + 1;
    if (step->kind == StepKind::counted) left = step->remaining;
  }
  return day;
}

milliseconds length_of_day(const OfficeHours& hours) {
  milliseconds out{};
  for (const Hours& open : hours.weekday) out += open.to - open.from;
  return out;
}

milliseconds paused_time(const Pause& pause, const OfficeHours& hours, const Holidays& holidays) {
  return std::min(working_time_between(pause.from, pause.to, hours, holidays),
                  length_of_day(hours) * pause_days_max);
}

}  // namespace

bool is_valid(const OfficeHours& hours) {
  const auto in_order = [](const std::vector<Hours>& spans) {
    minutes last{0};
    for (const Hours& open : spans) {
      if (open.from < last || open.to <= open.from || open.to > std::chrono::hours(24))
        return false;
      last = open.to;
    }
    return true;
  };
  return !hours.weekday.empty() && in_order(hours.weekday) && in_order(hours.saturday);
}

std::string_view to_text(Measure measure) {
  switch (measure) {
    case Measure::working_hours: return "working_hours";
    case Measure::working_days: return "working_days";
    case Measure::calendar_days: return "calendar_days";
  }
  CHECK(false);
  return "";
}

Due due(Instant start,
        const Deadline& deadline,
        const OfficeHours& hours,
        const Holidays& holidays,
        const std::optional<Pause>& pause) {
  CHECK(is_valid(hours) && deadline.count >= 1 && deadline.count <= count_max);
  const bool in_hours = deadline.measure == Measure::working_hours;
  const Day first = local_day(start);
  Due out{};
  out.why.push_back(step_on(StepKind::received, first, holidays,
                            in_hours ? deadline.count * 60 : deadline.count));
  if (in_hours) {
    out.at = advance(start, std::chrono::hours(deadline.count), hours, holidays, &out.why);
  } else {
    const Day last =
        deadline.measure == Measure::working_days
            ? count_working_days(first, deadline.count, holidays, out.why)
            : working_day_from(first + days(deadline.count), holidays, StepKind::moved, out.why);
    out.at = closing_of(last, hours);
  }
  if (pause) {
    const milliseconds added = paused_time(*pause, hours, holidays);
    if (added > milliseconds(0)) {
      out.at = advance(out.at, added, hours, holidays, nullptr);
      if (!in_hours) {
        std::vector<Step> untold;
        out.at = closing_of(
            working_day_from(local_day(out.at), holidays, StepKind::skipped, untold), hours);
      }
      out.why.push_back(step_on(StepKind::paused, local_day(pause->from), holidays,
                                static_cast<int>(std::chrono::ceil<minutes>(added).count())));
    }
  }
  out.why.push_back(step_on(StepKind::due, local_day(out.at), holidays));
  return out;
}

milliseconds working_time_between(Instant from,
                                  Instant to,
                                  const OfficeHours& hours,
                                  const Holidays& holidays) {
  milliseconds out{};
  if (to <= from) return out;
  for (Day day = local_day(from); at_local(day) < to; day += days(1)) {
    for (const Hours& open : open_on(day, hours, holidays)) {
      const Instant begin = std::max(from, at_local(day, open.from));
      const Instant end = std::min(to, at_local(day, open.to));
      if (end > begin) out += end - begin;
    }
  }
  return out;
}

namespace {

// Working days after the day of `from`, up to and with the day of `to`.
int working_days_after(Instant from, Instant to, const Holidays& holidays) {
  int out = 0;
  for (Day day = local_day(from) + days(1); day <= local_day(to); day += days(1))
    out += holidays.is_working_day(day) ? 1 : 0;
  return out;
}

// How many fewer working days there are, without those that were paused from morning to evening.
int days_taken(Instant from,
               Instant to,
               const Holidays& before,
               const Holidays& after,
               const std::optional<Pause>& pause) {
  const int all = working_days_after(from, to, before) - working_days_after(from, to, after);
  return pause ? all - days_taken(std::max(from, pause->from), std::min(to, pause->to - days(1)),
                                  before, after, std::nullopt)
               : all;
}

milliseconds time_taken(Instant from,
                        Instant to,
                        const OfficeHours& hours,
                        const Holidays& before,
                        const Holidays& after,
                        const std::optional<Pause>& pause) {
  const milliseconds all =
      working_time_between(from, to, hours, before) - working_time_between(from, to, hours, after);
  return pause ? all - time_taken(std::max(from, pause->from), std::min(to, pause->to), hours,
                                  before, after, std::nullopt)
               : all;
}

}  // namespace

Instant moved_due(Instant start,
                  Instant due,
                  Measure measure,
                  const OfficeHours& hours,
                  const Holidays& before,
                  const Holidays& after,
                  const std::optional<Pause>& pause) {
  std::vector<Step> untold;
  if (measure == Measure::working_days)
    if (const int taken = days_taken(start, due, before, after, pause); taken > 0)
      return closing_of(count_working_days(local_day(due), taken, after, untold), hours);
  if (measure == Measure::working_hours) {
    const milliseconds taken = time_taken(start, due, hours, before, after, pause);
    if (taken > milliseconds(0)) return advance(due, taken, hours, after, nullptr);
  }
  // A Saturday desk is no working day, and yet hours may end there.
  if (!open_on(local_day(due), hours, after).empty()) return due;
  const Day next = working_day_from(local_day(due), after, StepKind::skipped, untold);
  return measure == Measure::working_hours ? at_local(next, time_of_day(due))
                                           : closing_of(next, hours);
}

int working_days_left(Instant now, Instant due, const Holidays& holidays) {
  const Day today = local_day(now);
  const Day last = local_day(due);
  int out = 0;
  for (Day day = std::min(today, last) + days(1); day <= std::max(today, last); day += days(1))
    out += holidays.is_working_day(day) ? 1 : 0;
  return last >= today ? out : -out;
}

}  // namespace ln::calendar
