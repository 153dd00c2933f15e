#include "feature/feedback/feedback_deadline.h"

#include <algorithm>

namespace ln::feedback {
namespace {

// Eight to twelve, one to five, Monday to Friday.
const calendar::OfficeHours& office_hours() {
  static const calendar::OfficeHours usual;
  return usual;
}
constexpr std::int64_t pause_hours_max = 8 * pause_working_days_max;

}  // namespace

const calendar::Holidays& holidays() {
  static const calendar::Holidays all = calendar::Holidays::built_in();
  return all;
}

calendar::Due due_of(const Topic& topic, Instant received_at) {
  return calendar::due(received_at, topic.deadline, office_hours(), holidays());
}

calendar::Due accept_due_of(Instant received_at) {
  return calendar::due(received_at, {calendar::Measure::working_hours, accept_working_hours},
                       office_hours(), holidays());
}

Instant due_after_pause(Instant due_at, const calendar::Pause& pause) {
  const Instant until = std::min(pause.to, pause_ends_at(pause.from));
  const auto stood = calendar::working_time_between(pause.from, until, office_hours(), holidays());
  // The day of the question is partly worked, so the pause may be longer than five whole days.
  const auto hours =
      std::min<std::int64_t>(std::chrono::ceil<std::chrono::hours>(stood).count(), pause_hours_max);
  if (hours == 0) return due_at;
  const Instant reached =
      calendar::due(due_at, {calendar::Measure::working_hours, static_cast<int>(hours)},
                    office_hours(), holidays())
          .at;
  return at_local(local_day(reached), office_hours().weekday.back().to);
}

Instant pause_ends_at(Instant asked_at) {
  return calendar::due(asked_at, {calendar::Measure::working_days, pause_working_days_max},
                       office_hours(), holidays())
      .at;
}

Instant promise_ends_at(Day promised_on) {
  return at_local(promised_on, office_hours().weekday.back().to);
}

}  // namespace ln::feedback
