#include "feature/feedback/feedback_deadline.h"

#include <algorithm>

#include "engine/calendar/calendar_hours.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t pause_hours_max = 8 * pause_working_days_max;

}  // namespace

std::shared_ptr<const calendar::Holidays> holidays() {
  const workdays::Shared now = workdays::current();
  return {now, &now->days()};
}

std::shared_ptr<const calendar::Holidays> holidays_of(const Feedback& feedback) {
  const workdays::Shared now = workdays::current();
  if (feedback.calendar_revision >= now->revision()) return {now, &now->days()};
  return std::make_shared<const calendar::Holidays>(now->days_at(feedback.calendar_revision));
}

calendar::OfficeHours hours_of(std::string_view line) {
  if (line.empty()) return {};
  return calendar::read_hours(line).value_or(calendar::OfficeHours{});
}

calendar::OfficeHours hours_of(const Feedback& feedback) { return hours_of(feedback.hours); }

calendar::Due due_of(const Topic& topic,
                     Instant received_at,
                     std::string_view hours,
                     const calendar::Holidays& days) {
  return calendar::due(received_at, topic.deadline, hours_of(hours), days);
}

calendar::Due urgent_due_of(const Topic& topic,
                            Instant urgent_at,
                            std::string_view hours,
                            const calendar::Holidays& days) {
  return calendar::due(urgent_at, topic.urgent, hours_of(hours), days);
}

calendar::Due first_due_of(const Feedback& feedback, const Topic& topic) {
  const workdays::Shared now = workdays::current();
  calendar::Due due = due_of(topic, feedback.received_at, feedback.hours, now->days());
  // Changes come in the order of their moments: back through them until it is the first date.
  for (auto each = now->changes().rbegin();
       due.at != feedback.first_due_at && each != now->changes().rend(); ++each) {
    if (each->at < feedback.received_at - std::chrono::hours(1)) break;
    due = due_of(topic, feedback.received_at, feedback.hours, now->days_at(each->id - 1));
  }
  return due;
}

calendar::Due accept_due_of(Instant received_at, std::string_view hours) {
  return calendar::due(received_at, {calendar::Measure::working_hours, accept_working_hours},
                       hours_of(hours), *holidays());
}

Instant due_after_pause(const Feedback& feedback,
                        const Topic& topic,
                        const calendar::Pause& pause,
                        const calendar::Holidays& days) {
  const calendar::OfficeHours open = hours_of(feedback);
  const Instant until = std::min(pause.to, pause_ends_at(pause.from, feedback.hours));
  const auto stood = calendar::working_time_between(pause.from, until, open, days);
  // The day of the question is partly worked, so the pause may be longer than five whole days.
  const auto hours =
      std::min<std::int64_t>(std::chrono::ceil<std::chrono::hours>(stood).count(), pause_hours_max);
  if (hours == 0) return feedback.due_at;
  const Instant reached =
      calendar::due(feedback.due_at, {calendar::Measure::working_hours, static_cast<int>(hours)},
                    open, days)
          .at;
  const Instant closing = promise_ends_at(local_day(feedback.due_at), feedback.hours);
  const bool was_put_off = feedback.extended_from && feedback.due_at == closing;
  const auto measure = (feedback.urgent_at ? topic.urgent : topic.deadline).measure;
  if (measure == calendar::Measure::working_hours && !was_put_off) return reached;
  return at_local(local_day(reached), open.weekday.back().to);
}

Instant pause_ends_at(Instant asked_at, std::string_view hours) {
  return calendar::due(asked_at, {calendar::Measure::working_days, pause_working_days_max},
                       hours_of(hours), *holidays())
      .at;
}

Instant promise_ends_at(Day promised_on, std::string_view hours) {
  return at_local(promised_on, hours_of(hours).weekday.back().to);
}

bool clock_runs(const Feedback& feedback) {
  return !feedback.erased_at &&
         (feedback.state == State::received || feedback.state == State::accepted ||
          feedback.state == State::assigned || feedback.state == State::reopened);
}

Result<Done> may_hurry(const Feedback& feedback, const Topic& topic, Instant now) {
  if (!clock_runs(feedback)) return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  if (feedback.urgent_at) return Error{ErrorKind::conflict, "feedback.error.urgent_already"_t};
  if (urgent_due_of(topic, now, feedback.hours).at >= feedback.due_at)
    return Error{ErrorKind::conflict, "feedback.error.urgent_no_nearer"_t};
  return Done{};
}

Result<Done> may_extend(const Feedback& feedback, Instant now) {
  if (!clock_runs(feedback)) return Error{ErrorKind::conflict, "feedback.error.not_now"_t};
  if (feedback.extension_count >= extensions_max)
    return Error{ErrorKind::conflict, "feedback.error.extended_once"_t};
  if (now > feedback.due_at) return Error{ErrorKind::conflict, "feedback.error.extend_late"_t};
  return Done{};
}

Day latest_extension(const Feedback& feedback, const Topic& topic) {
  return local_day(due_of(topic, feedback.due_at, feedback.hours).at);
}

Instant due_after_change(const Feedback& feedback,
                         const Topic& topic,
                         Instant start,
                         const std::optional<calendar::Pause>& pause,
                         const calendar::Holidays& before,
                         const calendar::Holidays& after) {
  return calendar::moved_due(start, feedback.due_at,
                             (feedback.urgent_at ? topic.urgent : topic.deadline).measure,
                             hours_of(feedback), before, after, pause);
}

}  // namespace ln::feedback
