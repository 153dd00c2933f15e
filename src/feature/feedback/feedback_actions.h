// What people can do to a feedback. Every change goes through here: permission, then rule, then
// storage, then the ledger, in one transaction. A refusal comes before the first write.
//
// Citizens act with their secret (people::Citizen holds the key made from it); their acts are
// signed with that key, so that the authority cannot speak for them. Officers act within the
// subtree of their unit and never on a case about their own unit; all that is wrong with what they
// typed is told at once. Each act leaves one entry in the
// ledger and one event in the timeline; only internal notes stay out of the ledger.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/attachment/attachment_prepare.h"
#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db.h"

namespace ln::feedback {

// --- sending ------------------------------------------------------------------------------------

// What was typed, from a form or the API, not checked yet. Field names of errors are these words.
struct Typed {
  std::string about, kind, from, topic, unit, procedure, title, body, place, position, contact;
  std::string dossier, counter, recurs_of;
  std::string day, month, year;      // when it happened; all empty: not said
  std::optional<bool> is_public;     // no choice means private
  std::optional<bool> is_protected;  // no choice: protected when it is about conduct
  bool in_english = false;
  std::vector<std::pair<std::string, std::string>> extras;  // question code, answer
  std::int64_t entered_by = 0;  // account of the clerk who types for the citizen
};

// A case ready to be written: checked, routed, dated, sealed, with all its randomness drawn.
struct Prepared {
  Feedback feedback;               // complete but for its id
  Code spare_code;                 // when another case has the first one
  std::string secret{};            // shown once, never stored
  ledger::PublicKey public_key{};  // made from the secret
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
  std::optional<Contact> contact{};
  std::vector<std::pair<std::string, std::string>> extras{};
  std::vector<attachment::Prepared> files{};
  std::string draft{};  // token of the draft that is sent; empty: none
  Topic topic{};        // code empty when none was chosen
  calendar::Due due{};  // when the answer is due, and why
  std::string unit_code{};
};

// The secret of a new case, in the letters of a code.
std::string draw_secret(Random& random);

// Everything that is wrong with one page's worth of answers is told at once, beside the fields.
// Routes: a procedure or place goes to the unit named, or to the topic's, or (a place) to the
// commune in which it is marked on the map, or to the city; conduct goes to the unit above the one
// complained about (the inspectorate, when that is the city).
// Refuses (invalid) with one FieldError for each wrong field.
//
// A form sends a draft: set `prepared.draft`, and its files go over to the case and the draft away.
Result<Prepared> prepare(db::Read& read, const Typed& typed, Random& random, Instant now);

struct Submitted {
  Feedback feedback;
  ledger::Appended appended;
};
Result<Submitted> submit(db::Write& write, const Prepared& prepared, Instant now);

// --- what citizens do ---------------------------------------------------------------------------

struct CitizenAct {
  people::Citizen citizen;
  Code code;
  ledger::Salts salts;
  Instant now;
  std::string text;  // the reply, or why it is not fixed, or why the refusal is contested
};

// The case, when the citizen holds its secret. Refuses (not_found) otherwise, so that a wrong
// secret tells nothing about whether the code exists.
Result<Feedback> open(db::Read& read, const people::Citizen& citizen, const Code& code);

Result<Feedback> approve(db::Write& write, const CitizenAct& act);
Result<Feedback> reopen(db::Write& write, const CitizenAct& act);   // "not fixed"
Result<Feedback> reply(db::Write& write, const CitizenAct& act);    // to the office's question
Result<Feedback> contest(db::Write& write, const CitizenAct& act);  // declined or redirected

// --- what offices do ----------------------------------------------------------------------------

struct OfficerAct {
  people::Officer officer;
  Code code;
  std::int64_t revision = 0;  // of the case as the officer saw it
  ledger::Salts salts;
  Instant now;
};

struct Answer {
  std::string text;                  // for the citizen: what was found and done
  std::optional<Outcome> outcome{};  // none chosen: refused
  std::string evidence;              // what shows it: needed to say "confirmed and put right"
  std::vector<attachment::Prepared> files;
};

Result<Feedback> accept(db::Write& write, const OfficerAct& act);
Result<Feedback> assign(db::Write& write, const OfficerAct& act, std::int64_t account_id);
// Never to the unit complained about or below it; the clock goes on. Back to an office that passed
// it on it does not go: the case stays, and whoever stands above both decides
// (feedback_actions_dispute.h).
Result<Feedback> transfer(db::Write& write,
                          const OfficerAct& act,
                          const units::Unit& to,
                          const std::string& reason);
Result<Feedback> ask(db::Write& write, const OfficerAct& act, const std::string& question);
Result<Feedback> note(db::Write& write, const OfficerAct& act, const std::string& text);
// What is wrong with the text of `task`, beside the field "text". The acts refuse the same; a form
// in which something else is wrong too asks here, so that everything is told at once.
void check_text(Task task, std::string_view text, FieldErrors& errors);
// Whether files may still come: then missing evidence is no mistake yet.
enum class Evidence : std::uint8_t { may_follow, is_all_here };
// What is wrong with an answer, all of it, beside its fields.
Result<Done> check_answer(const Feedback& feedback, const Answer& answer, Evidence evidence);
Result<Feedback> answer(db::Write& write, const OfficerAct& act, const Answer& answer);
Result<Feedback> promise(db::Write& write, const OfficerAct& act, const std::string& text, Day day);
// Finds that the case cannot wait: from then on it is due as the topic says for what is urgent, and
// never later than before. Refuses what may_hurry refuses.
Result<Feedback> hurry(db::Write& write, const OfficerAct& act, const std::string& reason);
// Puts the deadline off to the end of a working day, once, while it is not past, and by no more
// than the topic's own time counted again from the day on which it is due; with a reason, told to
// the sender. After the first day it is late with an extension, never on time.
Result<Feedback> extend(db::Write& write, const OfficerAct& act, const std::string& text, Day day);
Result<Feedback> decline(db::Write& write,
                         const OfficerAct& act,
                         DeclineReason reason,
                         const std::string& text);
Result<Feedback> redirect(db::Write& write,
                          const OfficerAct& act,
                          const std::string& body_and_address,
                          const std::string& text);
// Releases the public text, with names and numbers of persons taken out by the officer. Only when
// the citizen chose publication; conduct cases not before they are answered. What is public already
// may be changed the same way; refused when nothing in it is.
Result<Feedback> publish(db::Write& write,
                         const OfficerAct& act,
                         const std::string& title,
                         const std::string& body);

// The sealed contact, for two of three holders to peel offline. Logged in the ledger and told to
// the citizen on the case page.
struct OpenedIdentity {
  Contact contact;
  Instant until;
};
Result<OpenedIdentity> open_identity(db::Write& write,
                                     const people::Ombudsman& ombudsman,
                                     const Code& code,
                                     const std::string& reason,
                                     const ledger::Salts& salts,
                                     Instant now);

// --- what time does -----------------------------------------------------------------------------

// Closes after fifteen days of silence; counted apart, never as solved.
Result<Feedback> lapse(db::Write& write, FeedbackId id, const ledger::Salts& salts, Instant now);
// Ends the one pause after five working days without a reply; the case goes on.
Result<Feedback> resume(db::Write& write, FeedbackId id, const ledger::Salts& salts, Instant now);

}  // namespace ln::feedback
