#include "feature/feedback/feedback_actions_triage.h"

#include <algorithm>
#include <ranges>

#include "feature/feedback/feedback_actions_check.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_invitation.h"
#include "feature/feedback/feedback_moderation.h"
#include "feature/feedback/feedback_part.h"
#include "feature/feedback/feedback_store_triage.h"

namespace ln::feedback {
namespace {

Error not_now() { return {ErrorKind::conflict, "feedback.error.not_now"_t}; }

Error refuse_choice(std::string_view field, TextKey text) {
  return {ErrorKind::invalid, text, {{std::string(field), text}}};
}

Recorded at_triage(const OfficerAct& act, ledger::Event event, std::string_view reason) {
  return {.event = event,
          .at = act.now,
          .salts = &act.salts,
          .officer_id = act.officer.id().value,
          .reason = std::string(reason)};
}

// What both ways of putting cases together ask of the one that is worked on.
Result<Done> may_lead(db::Read& read, const Feedback& lead, const Feedback& feedback) {
  // Parts of one letter were taken apart by an officer and read alike: they stay apart.
  if (lead.id == feedback.id || lead.citizen_key == feedback.citizen_key || !may_be_grouped(lead))
    return refuse_choice("into", "feedback.error.merge_unknown"_t);
  if (is_over(lead.state)) return refuse_choice("into", "feedback.error.merge_over"_t);
  if (merged_into(read, lead.id) || std::ssize(members_of(read, lead.id)) >= members_max)
    return refuse_choice("into", "feedback.error.merge_chain"_t);
  return Done{};
}

// That the lead is a complaint in the legal sense says nothing of the cases that were put with it.
bool is_decision(const Event& event) {
  if (event.event == "declined" && petition::sort_of(event.reason)) return false;
  return is_letter(event);
}

Act act_behind(const Event& event) {
  if (event.event == "answered") return Act::answer;
  if (event.event == "promised") return Act::promise;
  return event.event == "declined" ? Act::decline : Act::redirect;
}

}  // namespace

bool is_letter(const Event& event) {
  return event.event == "answered" || (event.event == "promised" && event.reason.empty()) ||
         event.event == "declined" || event.event == "redirected";
}

std::string_view shown_word(const Event& event) {
  if (event.event == "assigned" && event.reason == joined_word) return joined_word;
  if (event.event == "assigned" && event.reason == split_word) return split_word;
  if (event.event == "replied" && event.reason == corrected_word) return corrected_word;
  if (event.event == "assigned" && event.reason == parted_word) return parted_word;
  if (event.reason == rejoined_word && (event.event == "assigned" || event.event == "closed"))
    return rejoined_word;
  if (event.event == "assigned" && event.reason == escalated_word) return escalated_word;
  if (event.event == "assigned" && event.reason == supervised_word) return supervised_word;
  if (event.event == "assigned" && event.reason == invited_word) return invited_word;
  if (event.event == "assigned" && event.reason == disputed_word) return disputed_word;
  if (event.event == "assigned" && event.reason == kept_word) return kept_word;
  if (event.event == "extended" && event.reason == urgent_word) return urgent_word;
  if (event.event == "promised" && !event.reason.empty()) return event.reason;
  if (event.event == "noted" && !event.reason.empty()) return event.reason;
  if (event.event == "transferred" && !event.reason.empty())
    return event.reason == reason_reorganised || event.reason == reason_settled
               ? std::string_view(event.reason)
               : "classified";
  if (event.event == "redacted" && event.reason == to_text(Change::contested))
    return "hiding_contested";
  return event.event;
}

Result<Feedback> classify(db::Write& write, const OfficerAct& act, const Topic& topic) {
  TRY(Feedback feedback, load_for(write, act, Task::classify));
  if (is_over(feedback.state)) return not_now();
  if (topic.about != feedback.about || topic.id == feedback.topic)
    return refuse_choice("topic", "feedback.error.topic_unknown"_t);
  Recorded what = at_triage(act, ledger::Event::transferred, topic.code);
  what.unit = feedback.unit;
  what.audience = Audience::staff;
  TRY(feedback, record(write, std::move(feedback), what));
  set_topic(write, feedback.id, topic.id);
  feedback.topic = topic.id;
  return feedback;
}

Result<Feedback> check_merge(db::Read& read, const OfficerAct& act, const Code& into) {
  TRY(Feedback feedback, load_for(read, act, Task::merge));
  if (!may_be_grouped(feedback)) return Error{ErrorKind::forbidden, "feedback.error.merge_apart"_t};
  if (is_over(feedback.state)) return not_now();
  const auto lead = find(read, into);
  if (!lead || !may_see(*lead, places_of(act.officer)))
    return refuse_choice("into", "feedback.error.merge_unknown"_t);
  TRY([[maybe_unused]] const Done fine, may_lead(read, *lead, feedback));
  if (merged_into(read, feedback.id) || !members_of(read, feedback.id).empty())
    return refuse_choice("into", "feedback.error.merge_chain"_t);
  return feedback;
}

Result<Feedback> merge(db::Write& write, const OfficerAct& act, const Code& into) {
  TRY(Feedback feedback, check_merge(write, act, into));
  const auto lead = find(write, into);
  Recorded what = at_triage(act, ledger::Event::assigned, joined_word);
  what.unit = feedback.unit;
  what.text = lead->code.shown();
  TRY(feedback, record(write, std::move(feedback), what));
  insert_merge(write, feedback.id, lead->id, act.now, act.officer.id().value);
  return feedback;
}

Result<Feedback> split(db::Write& write, const OfficerAct& act) {
  TRY(Feedback feedback, load_for(write, act, Task::split));
  if (!merged_into(write, feedback.id)) return not_now();
  Recorded what = at_triage(act, ledger::Event::assigned, split_word);
  what.unit = feedback.unit;
  TRY(feedback, record(write, std::move(feedback), what));
  remove_merge(write, feedback.id);
  return feedback;
}

Result<Done> join(db::Write& write,
                  const Feedback& feedback,
                  const Join& join,
                  const people::Citizen& citizen,
                  Instant now) {
  const auto lead = find(write, join.into);
  if (!may_be_grouped(feedback) || !lead || !lead->published_at)
    return refuse_choice("into", "feedback.error.merge_unknown"_t);
  TRY([[maybe_unused]] const Done fine, may_lead(write, *lead, feedback));
  TRY(const Feedback joined, record(write, feedback,
                                    {.event = ledger::Event::assigned,
                                     .at = now,
                                     .salts = &join.salts,
                                     .party = Party::citizen,
                                     .text = lead->code.shown(),
                                     .reason = std::string(joined_word),
                                     .citizen = &citizen}));
  insert_merge(write, joined.id, lead->id, now, 0);
  return Done{};
}

Result<Feedback> follow(
    db::Write& write, FeedbackId id, FeedbackId lead, const ledger::Salts& salts, Instant now) {
  auto found = find(write, id);
  if (!found || !may_be_grouped(*found) || merged_into(write, id) != lead) return not_now();
  Feedback feedback = *std::move(found);
  const auto events = events_of(write, lead);
  const auto newest = std::ranges::find_if(std::views::reverse(events), is_decision);
  if (newest == std::views::reverse(events).end()) return not_now();
  const Event& decided = *newest;
  if (feedback.state == State::asked) end_pause(write, feedback, now);
  // Nobody takes it up apart: it was taken up with the other.
  if (const auto taken = next_state(feedback, Act::assign, Party::office, now); taken.ok())
    feedback.state = taken.value();
  TRY(feedback.state, next_state(feedback, act_behind(decided), Party::office, now));
  feedback.officer_id = decided.officer_id;
  if (!feedback.accepted_at) feedback.accepted_at = now;
  if (decided.event == "answered") feedback.last_answered_at = now;
  if (decided.event == "answered" || decided.event == "promised") {
    if (!feedback.answered_at) feedback.answered_at = now;
    feedback.promised_on = decided.day;
  }
  return record(write, std::move(feedback),
                {.event = *ledger::event_of(decided.event),
                 .at = now,
                 .salts = &salts,
                 .officer_id = decided.officer_id,
                 .text = decided.text,
                 .reason = decided.reason,
                 .day = decided.day,
                 .audience = feedback.is_public ? Audience::public_ : Audience::holder});
}

}  // namespace ln::feedback
