// A household that lost its letter gets another one (decision 47).
//
// The office prints it for the household that stands before its desk and writes why. It begins to
// work only after some working days. Until then the holder of the present secret reads of it in
// their file and stops it with one press (stop_letter, project_actions_household.h). From then on
// the earlier secret opens nothing, but takes the letter back for thirty days more (take_back), and
// who holds the new one reads the file, but nothing that was asked and answered before.
#pragma once

#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "feature/project/project_actions.h"
#include "feature/project/project_store_reissue.h"
#include "platform/db/db.h"

namespace ln::project {

struct Asked {
  std::string number{}, reason{};  // as typed: what the office calls the household, and why
  ledger::PublicKey key{};         // of the secret that is printed
};
// What the letter tells beside its secret.
struct Printed {
  Household household{};
  Reissue letter{};
};
// What reissue would write, before anything is written. Refuses as reissue.
Result<Printed> check_reissue(db::Read& read, const OfficeAct& act, const Asked& asked);
// Refuses (not_found) who may not take files in (project_actions.h); (invalid) beside "number" what
// no file has, and beside "reason"; (conflict) as may_reissue, and when as many were printed today
// as letters_on_a_day allows. Nothing of this depends on what the household did.
Result<Printed> reissue(db::Write& write, const OfficeAct& act, const Asked& asked);

// What the clock needs to put one in force.
struct InForce {
  ReissueId id{};
  ledger::CaseKey case_key{};
  ledger::Salts closing{}, opening{};
  Instant now{};
};
// Refuses (conflict) a letter that waits no more or whose time has not come; and one whose row is
// not what the ledger was told, or that was stopped there: the told check names it.
Result<Done> put_in_force(db::Write& write, const InForce& act);

}  // namespace ln::project
