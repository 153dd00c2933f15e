// Words and sentences of the enums of the face: one switch each, so that the compiler tells which
// value lacks one.
#include "feature/feedback/feedback.h"

namespace ln::feedback {

std::string_view to_text(Kind value) {
  switch (value) {
    case Kind::report: return "report";
    case Kind::suggestion: return "suggestion";
    case Kind::proposal: return "proposal";
    case Kind::praise: return "praise";
  }
  return "";
}

std::string_view to_text(Sender value) {
  switch (value) {
    case Sender::person: return "person";
    case Sender::organisation: return "organisation";
    case Sender::business: return "business";
  }
  return "";
}

std::string_view to_text(About value) {
  switch (value) {
    case About::procedure: return "procedure";
    case About::conduct: return "conduct";
    case About::policy: return "policy";
    case About::place: return "place";
  }
  return "";
}

std::string_view to_text(State value) {
  switch (value) {
    case State::received: return "received";
    case State::accepted: return "accepted";
    case State::assigned: return "assigned";
    case State::asked: return "asked";
    case State::answered: return "answered";
    case State::promised: return "promised";
    case State::declined: return "declined";
    case State::redirected: return "redirected";
    case State::reopened: return "reopened";
    case State::closed: return "closed";
  }
  return "";
}

std::string_view to_text(Act value) {
  switch (value) {
    case Act::accept: return "accept";
    case Act::assign: return "assign";
    case Act::transfer: return "transfer";
    case Act::ask: return "ask";
    case Act::reply: return "reply";
    case Act::resume: return "resume";
    case Act::answer: return "answer";
    case Act::promise: return "promise";
    case Act::decline: return "decline";
    case Act::redirect: return "redirect";
    case Act::contest: return "contest";
    case Act::approve: return "approve";
    case Act::reopen: return "reopen";
    case Act::lapse: return "lapse";
  }
  return "";
}

std::string_view to_text(DeclineReason value) {
  switch (value) {
    case DeclineReason::not_competent: return "not_competent";
    case DeclineReason::no_content: return "no_content";
    case DeclineReason::duplicate: return "duplicate";
    case DeclineReason::complaint: return "complaint";
    case DeclineReason::denunciation: return "denunciation";
    case DeclineReason::court: return "court";
    case DeclineReason::abuse: return "abuse";
  }
  return "";
}

std::string_view to_text(Outcome value) {
  switch (value) {
    case Outcome::confirmed: return "confirmed";
    case Outcome::partly: return "partly";
    case Outcome::unfounded: return "unfounded";
  }
  return "";
}

std::string_view to_text(ErasedBecause value) {
  switch (value) {
    case ErasedBecause::by_sender: return "by_sender";
    case ErasedBecause::requested: return "requested";
    case ErasedBecause::purpose_done: return "purpose_done";
    case ErasedBecause::retention_over: return "retention_over";
    case ErasedBecause::unlawful: return "unlawful";
    case ErasedBecause::replayed: return "replayed";
  }
  return "";
}

TextKey key_of(Kind value) {
  switch (value) {
    case Kind::report: return "feedback.kind.report"_t;
    case Kind::suggestion: return "feedback.kind.suggestion"_t;
    case Kind::proposal: return "feedback.kind.proposal"_t;
    case Kind::praise: return "feedback.kind.praise"_t;
  }
  return {};
}

TextKey key_of(Sender value) {
  switch (value) {
    case Sender::person: return "feedback.sender.person"_t;
    case Sender::organisation: return "feedback.sender.organisation"_t;
    case Sender::business: return "feedback.sender.business"_t;
  }
  return {};
}

TextKey key_of(About value) {
  switch (value) {
    case About::procedure: return "feedback.about.procedure"_t;
    case About::conduct: return "feedback.about.conduct"_t;
    case About::policy: return "feedback.about.policy"_t;
    case About::place: return "feedback.about.place"_t;
  }
  return {};
}

TextKey key_of(State value) {
  switch (value) {
    case State::received: return "feedback.state.received"_t;
    case State::accepted: return "feedback.state.accepted"_t;
    case State::assigned: return "feedback.state.assigned"_t;
    case State::asked: return "feedback.state.asked"_t;
    case State::answered: return "feedback.state.answered"_t;
    case State::promised: return "feedback.state.promised"_t;
    case State::declined: return "feedback.state.declined"_t;
    case State::redirected: return "feedback.state.redirected"_t;
    case State::reopened: return "feedback.state.reopened"_t;
    case State::closed: return "feedback.state.closed"_t;
  }
  return {};
}

TextKey key_of(DeclineReason value) {
  switch (value) {
    case DeclineReason::not_competent: return "feedback.decline_reason.not_competent"_t;
    case DeclineReason::no_content: return "feedback.decline_reason.no_content"_t;
    case DeclineReason::duplicate: return "feedback.decline_reason.duplicate"_t;
    case DeclineReason::complaint: return "feedback.decline_reason.complaint"_t;
    case DeclineReason::denunciation: return "feedback.decline_reason.denunciation"_t;
    case DeclineReason::court: return "feedback.decline_reason.court"_t;
    case DeclineReason::abuse: return "feedback.decline_reason.abuse"_t;
  }
  return {};
}

TextKey key_of(Outcome value) {
  switch (value) {
    case Outcome::confirmed: return "feedback.outcome.confirmed"_t;
    case Outcome::partly: return "feedback.outcome.partly"_t;
    case Outcome::unfounded: return "feedback.outcome.unfounded"_t;
  }
  return {};
}

TextKey key_of(ErasedBecause value) {
  switch (value) {
    case ErasedBecause::by_sender: return "feedback.erased_because.by_sender"_t;
    case ErasedBecause::requested: return "feedback.erased_because.requested"_t;
    case ErasedBecause::purpose_done: return "feedback.erased_because.purpose_done"_t;
    case ErasedBecause::retention_over: return "feedback.erased_because.retention_over"_t;
    case ErasedBecause::unlawful: return "feedback.erased_because.unlawful"_t;
    case ErasedBecause::replayed: return "feedback.erased_because.replayed"_t;
  }
  return {};
}

}  // namespace ln::feedback
