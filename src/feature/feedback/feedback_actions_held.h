// Keeping what is no feedback: a complaint or denunciation in the legal sense (decision 26).
#pragma once

#include <optional>
#include <string>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_held.h"
#include "feature/feedback/feedback_store_held.h"

namespace ln::feedback {

// Ready to be written: checked, with all its randomness drawn.
struct HeldPrepared {
  Held held;
  Code spare_code;
  std::string secret{};  // shown once, never stored
  ledger::PublicKey public_key{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{}, told_salts{};
  std::string draft{};  // token of the draft that is kept; empty: none
  std::string unit_name{};
};

// The same checks as for a case. How to reach the sender is left out, whoever typed it: what is not
// kept gives nobody away. What was answered to a topic's questions and the number of a dossier
// follow the text.
Result<HeldPrepared> prepare_held(
    db::Read& read, const Typed& typed, Sort sort, Random& random, Instant now);

struct HeldSent {
  Held held;
  ledger::Appended appended;
};
// Two entries: that it came, and that the clock told the lawful way (`redirected`). Both wait for
// the batch of their hour, like those of a protected case. No office is told.
Result<HeldSent> submit_held(db::Write& write, const HeldPrepared& prepared, Instant now);

// The held text, when the citizen has its secret. Refuses (not_found) otherwise.
Result<Held> open_held(db::Read& read, const people::Citizen& citizen, const Code& code);
// Refuses not_found and, when it is gone already, conflict.
Result<Held> erase_held(db::Write& write, const CitizenAct& act);
// What was erased before a restore brought it back, as erase_again() does with a case: a line of
// the clock whose reason is `replayed`. Refuses not_found and conflict.
Result<Held> erase_held_again(db::Write& write,
                              const Code& code,
                              const ledger::Salts& salts,
                              Instant now);

// How the sender of this case can be reached, sealed for any two of the three holders, to be kept
// in place of the plain words once the case turns out to be a complaint or denunciation. Empty when
// nothing plain is kept, or when there are no three holders. Draws randomness: to prepare with.
std::string sealed_contact(db::Read& read, FeedbackId id, Random& random);
// decline() of feedback_actions.h with what takes the place of the plain contact when the reason is
// `complaint` or `denunciation`. The last letter still leaves for the address. From this
// transaction on the plain words are destroyed, the files follow (app/erasure.h); without `sealed`
// nothing is kept of them: what nobody can open is of no use.
Result<Feedback> decline(db::Write& write,
                         const OfficerAct& act,
                         DeclineReason reason,
                         const std::string& text,
                         const std::string& sealed);

// What the ombudsman reads: a held text, or a case that an office found to be one.
struct HeldText {
  Code code;
  Sort sort = Sort::complaint;
  Instant received_at{};
  std::string title{}, body{}, place{};
  units::UnitId unit{};
  std::vector<HeldReading> readings{};
};
// Nobody else may read it. Each reading needs a reason (10 to 1,000 characters), is an entry of the
// ledger and stands on the sender's page. Refuses not_found, and invalid beside the field "text".
Result<HeldText> read_held(db::Write& write,
                           const people::Ombudsman& ombudsman,
                           const Code& code,
                           const std::string& reason,
                           const ledger::Salts& salts,
                           Instant now);

}  // namespace ln::feedback
