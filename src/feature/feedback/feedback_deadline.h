// When things are due: the city's working calendar applied to the rules of feedback. Pure; the days
// off are data that travel with the program (data/calendar).
#pragma once

#include "engine/calendar/calendar.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

// Every day off of the city, with its name and source, and its make-up working days.
const calendar::Holidays& holidays();

// When a case of this topic, received at `received_at`, must be answered, and why.
calendar::Due due_of(const Topic& topic, Instant received_at);
// When an office must have taken it up: eight working hours.
calendar::Due accept_due_of(Instant received_at);

// The due instant of a case that stood still during `pause`: later by its working time, of which at
// most five working days count, and then the end of the day that is reached.
Instant due_after_pause(Instant due_at, const calendar::Pause& pause);
// The end of the fifth working day after the question.
Instant pause_ends_at(Instant asked_at);
// The end of office hours on a day that was promised.
Instant promise_ends_at(Day promised_on);

}  // namespace ln::feedback
