// How an act is written down: one entry in the ledger, one event in the timeline, one saved row.
// For the wings of the actions only.
#pragma once

#include <optional>
#include <string>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_comfort.h"

namespace ln::feedback {

// The case of `act.code` when the officer may see it, may do `task` to it, and it is still at the
// revision they saw. Refuses not_found (a case that may not be seen does not exist), conflict and
// forbidden, in this order: who lost a case meanwhile is told that it changed.
Result<Feedback> load_for(db::Read& read, const OfficerAct& act, Task task);

// What the row of a case keeps of `now`: of a protected one the hour that has begun, and nothing
// finer (decision 18). Due dates are counted from there, so that they tell no more either.
Instant kept_time(const Feedback& feedback, Instant now);

struct Recorded {
  ledger::Event event;
  Instant at;  // the true time
  const ledger::Salts* salts;
  Party party = Party::office;
  std::int64_t officer_id = 0;
  units::UnitId unit{};
  std::string text{};
  std::string reason{};
  std::optional<Day> day{};
  Audience audience = Audience::holder;
  std::vector<ledger::Hash> files{};
  const people::Citizen* citizen = nullptr;      // signs, when the citizen acts
  std::optional<ledger::PublicKey> registers{};  // whose acts the case accepts from now on
};

// An act of this officer, without what it says.
Recorded by_officer(const OfficerAct& act, ledger::Event event);
// Who may read of an act: everybody, where the case's text is to be public.
Audience audience_of(const Feedback& feedback);
// Whoever answers has accepted the case, if nobody did before.
void take_up(Feedback& feedback, Instant now);

// Appends the entry, saves the row and adds the event; returns the row as it is now. Refuses what
// the ledger refuses, before anything is written. The revision was compared when the case was
// loaded in this very transaction; a row that changed since then is a broken machine and throws.
Result<Feedback> record(db::Write& write, Feedback feedback, const Recorded& what);

// Sends an answer in a case that was loaded for it: judges state and words, and records it with the
// fingerprints of its files, which the caller stores. What waited for a second reader is gone then.
Result<Feedback> send_answer(db::Write& write,
                             const OfficerAct& act,
                             Feedback feedback,
                             const Answer& answer,
                             const std::vector<ledger::Hash>& files);

// The same for a promise or refusal. `sealed`: what takes the place of the plain contact when the
// case is found to be a complaint or denunciation (feedback_actions_held.h).
Result<Feedback> send_letter(db::Write& write,
                             const OfficerAct& act,
                             Feedback feedback,
                             const Letter& letter,
                             const std::string& sealed);

// A whole sentence or more was written: between `min` and `max` characters. Refuses (invalid)
// beside the field "text".
Result<Done> check_text(std::string_view text, std::size_t min, std::size_t max);
// The same, among what else is wrong.
void check_text(std::string_view text, std::size_t min, std::size_t max, FieldErrors& errors);

// The clock of a paused case goes on at `now`: moves the due instant by the working time it stood
// still, at most five working days.
void end_pause(db::Read& read, Feedback& feedback, Instant now);

// Reads what was typed for a point on the map; nothing typed is no point. What is none, and what
// lies far from the country, is told beside "position".
std::optional<geo::Point> read_position(std::string_view typed, FieldErrors& errors);
// The commune in whose territory the case is marked; null when it is not, or nobody's is known.
std::optional<units::Unit> commune_marked(db::Read& read, const Feedback& feedback, Day day);

// The unit above, which handles what a citizen contests or refuses twice. The unit itself when
// there is none above, or when the one above is complained about.
Result<units::Unit> unit_above(db::Read& read, const Feedback& feedback);

}  // namespace ln::feedback
