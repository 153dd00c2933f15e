// How an act on a promise is written down: the ledger first, because it may refuse, then the rows.
// For this room's actions only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "feature/commitment/commitment_store.h"
#include "platform/db/db.h"

namespace ln::commitment {

struct Said {
  Happening what = Happening::made;
  Party party = Party::office;
  std::string words{};
  std::optional<Day> due_on{};  // null: the one in force
  std::int64_t actor_id = 0;
  std::string unit_code{};
  const ledger::CaseKey* case_key = nullptr;  // with the first one
  ledger::Salts salts{};
  Instant now{};
};
// Appends the event to the chain of the promise, with its words and what is in force, and to the
// history. Refuses what ledger::append refuses.
Result<Done> record(db::Write& write, const Commitment& commitment, const Said& said);
// The same, and saves the row. A row that changed meanwhile is a fault: it was read in the same
// transaction.
Result<Commitment> keep(db::Write& write, Commitment commitment, const Said& said);

}  // namespace ln::commitment
