// What is decided at triage: what a case is about, and which cases are one matter.
//
// Cases that are put together stay cases: each keeps its author, code, clock and place in every
// count, and each is answered. The ledger has an `assigned` entry for it whose `cat` is "joined" or
// "split"; `merged` would take a case out of the counts before anybody has answered it. A change of
// topic is a `transferred` entry whose `cat` is the new topic; the due date stays.
#pragma once

#include "feature/feedback/feedback_actions.h"

namespace ln::feedback {

// What the `cat` of an `assigned` entry may say that changes no state.
inline constexpr std::string_view joined_word = "joined", split_word = "split",
                                  escalated_word = "escalated", supervised_word = "supervised",
                                  disputed_word = "disputed", kept_word = "kept";
// What the `cat` of an `extended` entry says when the date came nearer.
inline constexpr std::string_view urgent_word = "urgent";
// Beside a promise that is no letter: what became of it (feedback_actions_promised.h).
inline constexpr std::string_view day_changed_word = "day_changed", given_up_word = "given_up";
// A reply of the sender that puts right what a clerk had typed (feedback_actions_help.h).
inline constexpr std::string_view corrected_word = "corrected";

// Refuses (invalid, "topic") a topic of something else or the one it has, and (conflict) a case
// that is over.
Result<Feedback> classify(db::Write& write, const OfficerAct& act, const Topic& topic);

// Puts the case with `into`, whose answers it gets from then on. Refuses (invalid, "into") what the
// officer may not see, what is protected, about conduct or over, and chains: what is put with
// another has nothing put with it. Refuses (forbidden) when the case itself is protected or about
// conduct, whatever `into` is.
Result<Feedback> merge(db::Write& write, const OfficerAct& act, const Code& into);
// Refuses (conflict) what stands alone.
Result<Feedback> split(db::Write& write, const OfficerAct& act);

// "I have this too": the sender puts a case that was sent this moment with a published one. Signed
// with the secret. Refuses as merge does, and what is not published.
struct Join {
  FeedbackId into{};
  ledger::Salts salts{};
};
Result<Done> join(db::Write& write,
                  const Feedback& feedback,
                  const Join& join,
                  const people::Citizen& citizen,
                  Instant now);

// Gives a case that was put with `lead` the newest answer, promise or refusal of it. Refuses
// (conflict) when there is none, or when the case cannot take it now.
Result<Feedback> follow(
    db::Write& write, FeedbackId id, FeedbackId lead, const ledger::Salts& salts, Instant now);

// The word by which a timeline names an event: "joined", "split", "escalated", "supervised",
// "disputed", "kept", "classified", "reorganised" and "settled" have one of their own beside the
// words of the ledger. Borrows from the event.
std::string_view shown_word(const Event& event);
// Whether the office tells the sender in it what becomes of the case. That a promised day changed
// or that the promise was given up has no words of its own and is none.
bool is_letter(const Event& event);

}  // namespace ln::feedback
