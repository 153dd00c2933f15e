// Rating a case: permission, rule, storage and ledger in one transaction.
#pragma once

#include "core/ledger/ledger.h"
#include "core/people/people_citizen.h"
#include "feature/satisfaction/satisfaction.h"
#include "platform/db/db.h"

namespace ln::satisfaction {

struct RateAct {
  people::Citizen citizen;
  feedback::Code code;
  Given given;
  ledger::Salts salts;
  Instant now;
  std::int64_t entered_by = 0;  // account of the clerk who types for the citizen; 0: they do
};

// The case, when the citizen holds its secret. Refuses (not_found) otherwise, so that a wrong
// secret tells nothing about whether the code exists; and (conflict) once the case was erased.
Result<Case> open(db::Read& read, const people::Citizen& citizen, const feedback::Code& code);

// Says or changes what the citizen thinks of the answer, and appends `rated` to the chain of the
// case. Refuses what check() and may_rate() refuse. Saying the same again is fine, and is a new
// entry.
Result<Done> rate(db::Write& write, const RateAct& act);

}  // namespace ln::satisfaction
