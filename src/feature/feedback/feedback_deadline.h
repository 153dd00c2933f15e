// When things are due: the city's working calendar (core/workdays) applied to the rules of
// feedback. Reads no database: the calendar is held in memory.
#pragma once

#include <memory>

#include "core/workdays/workdays.h"
#include "engine/calendar/calendar.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

// Every day off of the city, with its name and source, and its make-up working days.
std::shared_ptr<const calendar::Holidays> holidays();
// By which the due instant of this case was counted.
std::shared_ptr<const calendar::Holidays> holidays_of(const Feedback& feedback);

// When the office is open by whose hours the dates of this case are counted; of a line as it stands
// in Feedback::hours. What is no line is the usual hours.
calendar::OfficeHours hours_of(const Feedback& feedback);
calendar::OfficeHours hours_of(std::string_view line);

// When a case of this topic, received at `received_at` by an office with these hours (as in
// Feedback::hours), must be answered, and why.
calendar::Due due_of(const Topic& topic,
                     Instant received_at,
                     std::string_view hours,
                     const calendar::Holidays& days = *holidays());
// When one that an office found urgent at `urgent_at` must be, and why.
calendar::Due urgent_due_of(const Topic& topic,
                            Instant urgent_at,
                            std::string_view hours,
                            const calendar::Holidays& days = *holidays());
// The same for a case that came in: by the calendar as it was known then.
calendar::Due first_due_of(const Feedback& feedback, const Topic& topic);
// When an office must have taken it up: eight working hours.
calendar::Due accept_due_of(Instant received_at, std::string_view hours);

// The due instant of a case that stood still during `pause`: later by its working time, of which at
// most five working days count, and then the end of the day that is reached. What is due to the
// hour, as what is urgent often is, stays due to the hour, unless it was put off to the end of a
// day.
Instant due_after_pause(const Feedback& feedback,
                        const Topic& topic,
                        const calendar::Pause& pause,
                        const calendar::Holidays& days = *holidays());
// The end of the fifth working day after the question.
Instant pause_ends_at(Instant asked_at, std::string_view hours);
// The end of office hours on a day that was promised.
Instant promise_ends_at(Day promised_on, std::string_view hours);

// Whether an office owes an answer and has not promised a day for it.
bool clock_runs(const Feedback& feedback);
// Whether the case may be found urgent now. Refuses (conflict) the second time, when no answer is
// due, and when its urgent date would not be nearer than the one it has.
Result<Done> may_hurry(const Feedback& feedback, const Topic& topic, Instant now);
// Whether the deadline may be put off now. Refuses (conflict) the second time, when it is past, and
// when no answer is due.
Result<Done> may_extend(const Feedback& feedback, Instant now);
// The last day to which it may be: the topic's own time again.
Day latest_extension(const Feedback& feedback, const Topic& topic);

// What the due instant of a case becomes when the days off are `after` and no longer `before`:
// never earlier. `start` is when its clock began, `pause` the one that is over, if any.
Instant due_after_change(const Feedback& feedback,
                         const Topic& topic,
                         Instant start,
                         const std::optional<calendar::Pause>& pause,
                         const calendar::Holidays& before,
                         const calendar::Holidays& after);

}  // namespace ln::feedback
