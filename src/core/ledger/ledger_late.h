// Was the city late? A game of rebuttal that anybody can referee, without a network and without us:
// the citizen shows a receipt that names a due date, and the city has to show an answer to the same
// case in a head that witnesses had signed by then. What it cannot show counts as late.
//
// Pure. A head bears no time of its own. When the policy names no witnesses, the time is the city's
// own word, written into the event; a ruling says which of the two it rests on.
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"
#include "core/ledger/ledger_opening.h"
#include "engine/merkle/merkle_policy.h"

namespace ln::ledger {

// The events with which the city answers: answered, promised, declined, redirected.
bool is_answer(std::string_view event);

// Whether enough witnesses of `policy` had signed the head in `checkpoint` by `due_at`.
bool was_seen_by(const merkle::Policy& policy, const std::string& checkpoint, Instant due_at);

// "2026-11-23T02:15:07Z", and nothing else.
std::optional<Instant> instant_of(std::string_view iso);

enum class Lateness : std::uint8_t {
  in_time,       // an answer was shown, and witnesses had signed it by the due date
  in_time_said,  // an answer was shown that says it was in time; there are no witnesses
  not_yet,       // nothing was shown, and the due date has not passed
  late,          // an answer was shown, and by its own word it came after the due date
  not_seen,      // it says it was in time, but not enough witnesses had signed it by then
  nothing,       // nothing was shown, and the due date has passed
  no_answer,     // what was shown holds no answer
  other_case,    // an answer, but to another case, of another log, or from before the receipt
  unproven,      // what was shown does not hold; `why` says what is wrong with it
};
// Whether the ruling is that the city was not late.
bool is_rebutted(Lateness ruling);

struct Refereed {
  Lateness ruling = Lateness::nothing;
  Examined claim;               // the citizen's receipt
  Instant said_at{}, due_at{};  // what it says: when the event was, and by when to answer
  std::optional<Examined> answer{};
  std::optional<Instant> answered_at{};  // what the answer says of itself
  // Of the witnesses of the answer, the one who saw it first; null when nobody the policy names
  // did.
  std::optional<merkle::Witnessed> first_seen{};
  // The answer names a later due date than the receipt: the city has moved it. It decides nothing.
  std::optional<Instant> moved_to{};
  std::optional<TextKey> why{};
};

// Referees. `shown` is what the city shows: one receipt, or all of the case from its first on;
// empty when it shows nothing.
//
// Refuses (invalid) when the claim itself decides nothing: it does not hold under `policy`, names
// no due date, or is of an answer.
Result<Refereed> referee(const merkle::Receipt& claim,
                         const std::vector<merkle::Receipt>& shown,
                         const merkle::Policy& policy,
                         Instant now);

}  // namespace ln::ledger
