#include "feature/feedback/feedback_actions_pressure.h"

#include "base/text.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_store.h"

namespace ln::feedback {

Result<Done> answer_about_pressure(db::Write& write, const PressureAct& act) {
  TRY(const Feedback feedback, open(write, act.citizen, act.code));
  const auto question = open_question(write, feedback.id);
  if (!question || feedback.erased_at)
    return Error{ErrorKind::conflict, "feedback.error.not_asked"_t};
  const std::string_view text = act.answer == Pressure::pressed ? trimmed(act.text) : "";
  if (count_chars(text) > pressure_chars_max)
    return Error{
        ErrorKind::invalid, "feedback.error.text_long"_t, {{"text", "feedback.error.text_long"_t}}};
  save_answer(write, *question, act.answer, text, kept_time(feedback, act.now));
  return Done{};
}

Result<Done> take_up_pressure(db::Write& write,
                              const people::Supervisor& supervisor,
                              std::int64_t id,
                              Instant now) {
  if (!take_up(write, id, supervisor.id().value, now))
    return Error{ErrorKind::conflict, "feedback.error.taken_up"_t};
  return Done{};
}

}  // namespace ln::feedback
