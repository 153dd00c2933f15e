#include "feature/insight/insight_signal.h"

namespace ln::insight {

std::string_view to_text(Formality kind) {
  switch (kind) {
    case Formality::burst: return "burst";
    case Formality::early_rating: return "early_rating";
    case Formality::staff_entered: return "staff_entered";
    case Formality::even_counts: return "even_counts";
    case Formality::picked_invitation: return "picked_invitation";
    case Formality::pressed_rating: return "pressed_rating";
    case Formality::closed_in_minutes: return "closed_in_minutes";
    case Formality::short_answer: return "short_answer";
    case Formality::no_evidence: return "no_evidence";
    case Formality::forwarding_loop: return "forwarding_loop";
    case Formality::copied_answer: return "copied_answer";
    case Formality::reported_again: return "reported_again";
    case Formality::survey_burst: return "survey_burst";
    case Formality::survey_staff: return "survey_staff";
    case Formality::survey_picked: return "survey_picked";
    case Formality::empty_dialogue: return "empty_dialogue";
    case Formality::idle_supervision: return "idle_supervision";
    case Formality::unread_disclosure: return "unread_disclosure";
    case Formality::unmeasured_model: return "unmeasured_model";
  }
  return "";
}

std::optional<Formality> formality_of(std::string_view word) {
  for (const Formality kind : formalities)
    if (to_text(kind) == word) return kind;
  return std::nullopt;
}

TextKey name_of(Formality kind) {
  switch (kind) {
    case Formality::burst: return "insight.signal.burst"_t;
    case Formality::early_rating: return "insight.signal.early_rating"_t;
    case Formality::staff_entered: return "insight.signal.staff_entered"_t;
    case Formality::even_counts: return "insight.signal.even_counts"_t;
    case Formality::picked_invitation: return "insight.signal.picked_invitation"_t;
    case Formality::pressed_rating: return "insight.signal.pressed_rating"_t;
    case Formality::closed_in_minutes: return "insight.signal.closed_in_minutes"_t;
    case Formality::short_answer: return "insight.signal.short_answer"_t;
    case Formality::no_evidence: return "insight.signal.no_evidence"_t;
    case Formality::forwarding_loop: return "insight.signal.forwarding_loop"_t;
    case Formality::copied_answer: return "insight.signal.copied_answer"_t;
    case Formality::reported_again: return "insight.signal.reported_again"_t;
    case Formality::survey_burst: return "insight.signal.survey_burst"_t;
    case Formality::survey_staff: return "insight.signal.survey_staff"_t;
    case Formality::survey_picked: return "insight.signal.survey_picked"_t;
    case Formality::empty_dialogue: return "insight.signal.empty_dialogue"_t;
    case Formality::idle_supervision: return "insight.signal.idle_supervision"_t;
    case Formality::unread_disclosure: return "insight.signal.unread_disclosure"_t;
    case Formality::unmeasured_model: return "insight.signal.unmeasured_model"_t;
  }
  return {};
}

TextKey meaning_of(Formality kind) {
  switch (kind) {
    case Formality::burst: return "insight.signal.burst.why"_t;
    case Formality::early_rating: return "insight.signal.early_rating.why"_t;
    case Formality::staff_entered: return "insight.signal.staff_entered.why"_t;
    case Formality::even_counts: return "insight.signal.even_counts.why"_t;
    case Formality::picked_invitation: return "insight.signal.picked_invitation.why"_t;
    case Formality::pressed_rating: return "insight.signal.pressed_rating.why"_t;
    case Formality::closed_in_minutes: return "insight.signal.closed_in_minutes.why"_t;
    case Formality::short_answer: return "insight.signal.short_answer.why"_t;
    case Formality::no_evidence: return "insight.signal.no_evidence.why"_t;
    case Formality::forwarding_loop: return "insight.signal.forwarding_loop.why"_t;
    case Formality::copied_answer: return "insight.signal.copied_answer.why"_t;
    case Formality::reported_again: return "insight.signal.reported_again.why"_t;
    case Formality::survey_burst: return "insight.signal.survey_burst.why"_t;
    case Formality::survey_staff: return "insight.signal.survey_staff.why"_t;
    case Formality::survey_picked: return "insight.signal.survey_picked.why"_t;
    case Formality::empty_dialogue: return "insight.signal.empty_dialogue.why"_t;
    case Formality::idle_supervision: return "insight.signal.idle_supervision.why"_t;
    case Formality::unread_disclosure: return "insight.signal.unread_disclosure.why"_t;
    case Formality::unmeasured_model: return "insight.signal.unmeasured_model.why"_t;
  }
  return {};
}

TextKey threshold_of(Formality kind) {
  switch (kind) {
    case Formality::burst: return "insight.signal.threshold.ratings"_t;
    case Formality::survey_burst: return "insight.signal.threshold.answers"_t;
    case Formality::early_rating:
    case Formality::closed_in_minutes: return "insight.signal.threshold.minutes"_t;
    case Formality::forwarding_loop: return "insight.signal.threshold.times"_t;
    case Formality::even_counts: return "insight.signal.threshold.variance"_t;
    case Formality::reported_again:
    case Formality::empty_dialogue:
    case Formality::idle_supervision:
    case Formality::unread_disclosure:
    case Formality::unmeasured_model: return "insight.signal.threshold.days"_t;
    default: return "insight.signal.threshold.points"_t;
  }
}

SignalRule default_rule(Formality kind) {
  switch (kind) {
    case Formality::burst: return {.threshold = 8, .part_min = 8};
    // A village meeting at which a dozen people scan together is none.
    case Formality::survey_burst: return {.threshold = 25, .part_min = 10};
    case Formality::early_rating: return {.threshold = 2};
    case Formality::closed_in_minutes: return {.threshold = 10};
    case Formality::forwarding_loop: return {.threshold = 3};
    case Formality::even_counts: return {.threshold = 40, .part_min = 20};
    case Formality::picked_invitation:
    case Formality::pressed_rating: return {.threshold = 20};
    case Formality::survey_staff: return {.threshold = 20, .part_min = 10};
    case Formality::survey_picked: return {.threshold = 30, .part_min = 10};
    case Formality::reported_again: return {.threshold = 45};
    // Who asked one or two questions may well have had nothing promised.
    case Formality::empty_dialogue: return {.threshold = 30, .part_min = 3};
    case Formality::idle_supervision: return {.threshold = 30, .part_min = 3};
    // One that slipped through is what the public page says of it; two in a month are a habit.
    case Formality::unread_disclosure: return {.threshold = 10, .part_min = 2};
    case Formality::unmeasured_model: return {.threshold = 30, .part_min = 1};
    default: return {};
  }
}

SignalRule rule_of(const SignalRules& rules, Formality kind) {
  const auto found = rules.find(kind);
  return found == rules.end() ? default_rule(kind) : found->second;
}

std::string to_text(const SignalRule& rule) {
  return std::string(rule.is_on ? "on " : "off ") + std::to_string(rule.threshold) + " " +
         std::to_string(rule.part_min) + " " + std::to_string(rule.level);
}

void check_rule(Formality kind, const SignalRule& rule, FieldErrors& errors) {
  if (rule.threshold < 1 || rule.threshold > threshold_days_max)
    errors.add("threshold", "insight.signal.error.threshold"_t);
  // Of rooms things stand in public one by one: there is nobody to be found among few.
  if (is_of_rooms(kind)) {
    if (rule.part_min < 1 || rule.part_min > 1'000)
      errors.add("part_min", "insight.signal.error.room_part_min"_t);
  } else if (rule.part_min < 3 || rule.part_min > 1'000)
    errors.add("part_min", "insight.signal.error.part_min"_t);
  if (rule.level < 1 || rule.level > 50'000) errors.add("level", "insight.signal.error.level"_t);
}

std::string_view to_text(Decision decision) {
  return decision == Decision::stands ? "stands" : "explained";
}

std::optional<Decision> decision_of(std::string_view word) {
  for (const Decision each : {Decision::stands, Decision::explained})
    if (to_text(each) == word) return each;
  return std::nullopt;
}

std::optional<Period> signal_month_on(Day today) {
  const std::chrono::year_month_day date(today);
  if (static_cast<unsigned>(date.day()) <= 3) return std::nullopt;
  const Period running{.span = Span::month, .first = Day(date.year() / date.month() / 1)};
  return running.before();
}

}  // namespace ln::insight
