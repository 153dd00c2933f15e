// What people do with a model: permission, rule, ledger and rows in one transaction.
//
// Only the head of the unit, or of one above, registers, claims and replies. Only a supervisor who
// is independent of the unit confirms or refutes. Nobody edits or takes away anything.
#pragma once

#include <string>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "feature/emulation/emulation_store.h"
#include "platform/db/db.h"

namespace ln::emulation {

struct Typed {
  std::optional<Field> field{};
  std::string name_vi{}, name_en{}, task{}, place{}, launched_by{};
  std::optional<Metric> metric{};
  std::optional<Day> begins_on{};
  int days = 0;
  ModelId adopted_from{};
};
struct Registration {
  Model model{};
  std::string unit_code{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
bool may_claim(const people::Officer& officer, std::string_view unit_path);

// Refuses (forbidden) who does not head the unit and (invalid) beside each field what is wrong: a
// model is registered before it begins, so that nobody chooses days whose figures are known; what
// it takes up is a confirmed model of another unit. So that nobody registers many and claims the
// best, a unit has one unclaimed model by a figure, and no model of it, of one above or below it
// compares the same figure over some of the same days.
Result<Registration> prepare(db::Read& read,
                             const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now);
// Refuses (conflict) when such a model was registered meanwhile.
Result<Model> enter(db::Write& write, const Registration& registration);

struct OfficerAct {
  people::Officer officer;
  ModelId id{};
  ledger::Salts salts{};
  Instant now{};
};
// What the platform counts for the claim of a model, without its lines: before the transaction,
// because it looks at all cases of these days, and they have their age. Refuses (not_found) who
// does not head the unit, (conflict) before the last case of its days has its age and a second
// claim.
Result<Claim> measure(db::Read& read, const OfficerAct& act);
// The one claim of a model: keeps what was counted. Refuses as measure, (invalid) beside "text" and
// "lines": each line tells of a public act of the unit.
Result<Claim> claim(db::Write& write,
                    const OfficerAct& act,
                    const Claim& measured,
                    const std::string& text,
                    const std::string& lines);
// What the unit says to a verdict; as often as it likes, up to replies_max.
inline constexpr std::int64_t replies_max = 20;
Result<Event> reply(db::Write& write, const OfficerAct& act, const std::string& text);

struct SupervisorAct {
  people::Supervisor supervisor;
  ModelId id{};
  ledger::Salts salts{};
  Instant now{};
};
// Once. Refuses (forbidden) a supervisor who works for the unit, (conflict) a model without a claim
// or with a verdict, and to confirm what the figures do not show.
Result<Event> judge(db::Write& write,
                    const SupervisorAct& act,
                    bool confirms,
                    const std::string& text);

}  // namespace ln::emulation
