// What a household does with its file, by its secret alone.
#pragma once

#include <string>

#include "core/ledger/ledger.h"
#include "core/people/people_citizen.h"
#include "feature/project/project_store.h"
#include "platform/db/db.h"

namespace ln::project {

struct HouseholdAct {
  people::Citizen citizen;
  Code code;
  ledger::Salts salts;
  Instant now;
};
// The file, when the citizen holds its secret; not_found otherwise, whatever exists.
Result<Household> open_file(db::Read& read, const people::Citizen& citizen, const Code& code);

struct Asking {
  std::int64_t seq = 0;  // of the line; 0: the whole file
  std::string body{};
  Code question;  // the code it will have, drawn while preparing
};
// Questions a line, or says that an answer to it does not settle it: then it follows that question.
// The same words to the same line while it waits are the same question. Refuses (conflict) a secret
// that was printed, when no round takes questions, when the line has one that waits, and the
// hundred-and-first; (invalid) beside "body".
Result<Question> ask(db::Write& write, const HouseholdAct& act, const Asking& asking);

// Another secret, so that whoever printed the letter cannot open the file any more; it alone asks
// and erases.
Result<Household> change_secret(db::Write& write,
                                const HouseholdAct& act,
                                const ledger::PublicKey& key);

// Erases every word of the file here; what the office has on paper stays there. Counts stay: a
// question that waits keeps its row without words, counts as raised and waits no more. Refuses
// (conflict) a secret that was printed.
Result<Household> erase(db::Write& write, const HouseholdAct& act);

}  // namespace ln::project
