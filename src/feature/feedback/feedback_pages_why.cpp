#include "feature/feedback/feedback_pages_why.h"

#include "core/workdays/workdays_pages.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_pages_due.h"

namespace ln::feedback {

html::Fragment why_of_case(const html::View& view,
                           const Feedback& feedback,
                           const Topic& topic,
                           std::optional<Instant> stated_at,
                           const std::vector<Event>& events) {
  html::Fragment out;
  // The clock began at its receipt, or when the other system says that it got it.
  Feedback begun = feedback;
  begun.received_at = stated_at.value_or(feedback.received_at);
  const calendar::Due due = first_due_of(begun, topic);
  // By the calendar as it was known then; what came later is told after it.
  if (due.at == feedback.first_due_at)
    out += why_details(view, due, topic.deadline.measure,
                       moves_since(view, events, feedback.received_at));
  if (feedback.urgent_at)
    if (const auto urgent =
            urgent_due_of(topic, *feedback.urgent_at, feedback.hours, *holidays_of(feedback));
        urgent.at == feedback.due_at)
      out.add(R"(<p>{}</p>{})", view("feedback.case.urgent"_t),
              why_details(view, urgent, topic.urgent.measure));
  if (!feedback.hours.empty())
    out.add(R"(<p class="small">{}</p>)",
            view.voice("feedback.case.hours"_t,
                       {{"hours", workdays::shown_hours(view, feedback.hours)}}));
  return out;
}

}  // namespace ln::feedback
