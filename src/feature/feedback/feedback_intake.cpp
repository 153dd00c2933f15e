#include "feature/feedback/feedback_intake.h"

namespace ln::feedback {

std::string_view to_text(Channel channel) {
  switch (channel) {
    case Channel::counter: return "counter";
    case Channel::phone: return "phone";
    case Channel::letter: return "letter";
    case Channel::voice: return "voice";
    case Channel::paper: return "paper";
  }
  return "";
}

TextKey key_of(Channel channel) {
  switch (channel) {
    case Channel::counter: return "feedback.intake.channel.counter"_t;
    case Channel::phone: return "feedback.intake.channel.phone"_t;
    case Channel::letter: return "feedback.intake.channel.letter"_t;
    case Channel::voice: return "feedback.intake.channel.voice"_t;
    case Channel::paper: return "feedback.intake.channel.paper"_t;
  }
  return {};
}

bool may_correct(const Feedback& feedback, const Intake& intake, Instant now) {
  const bool is_at_work = feedback.state == State::received || feedback.state == State::accepted ||
                          feedback.state == State::assigned;
  return is_at_work && !feedback.answered_at && !feedback.published_at && !feedback.erased_at &&
         now < intake.correct_until;
}

PaperState state_of(const Paper& paper, Instant now) {
  if (paper.used_on) return PaperState::typed_in;
  if (paper.batch.withdrawn_at) return PaperState::withdrawn;
  return local_day(now) > paper.batch.expires_on ? PaperState::expired : PaperState::waiting;
}

}  // namespace ln::feedback
