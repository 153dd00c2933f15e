// What people say of a signal, and by which thresholds signals are looked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/people/people.h"
#include "feature/insight/insight_signal.h"
#include "platform/db/db.h"

namespace ln::insight {

using Head = people::As<people::Role::head>;
// Who reads signals: leaders and heads of what they lead, and those who are not under them.
using Watcher = people::As<people::Role::head, people::Role::supervisor>;

// Whether they read what signals say of the unit at `unit_path`: of what they lead or watch, and a
// supervisor of every unit they are independent of, as in feature/supervision. No signal leads to a
// case about conduct, a protected, held or erased one, whoever reads it.
bool may_read(const Watcher& watcher, std::string_view unit_path);
// Those they may read, the newest month first; at most `limit` of each subtree and of the city.
std::vector<KeptSignal> signals_for(db::Read& read, const Watcher& watcher, std::int64_t limit);

// The head of the unit, or of one above it, says in words why a signal is none. Once a signal.
// Refuses not_found for one of another unit, invalid beside "text", conflict when it was disputed
// already, unavailable while the log takes no lines.
struct DisputeAct {
  SignalId signal{};
  std::string text{};
  Instant now{};
};
Result<Done> dispute(db::Write& write, const Head& head, const DisputeAct& act);

// A supervisor who is independent of the unit decides a dispute: the signal stands, or it is
// explained. Nobody who leads does.
// Refuses not_found, invalid beside "decision" and "text", conflict when there is no dispute or it
// was decided, unavailable while the log takes no lines.
struct DecisionAct {
  SignalId signal{};
  std::optional<Decision> decision{};
  std::string text{};
  Instant now{};
};
Result<Done> decide_dispute(db::Write& write,
                            const people::Supervisor& supervisor,
                            const DecisionAct& act);

// An administrator of the city changes a threshold, for months that are not counted yet. The log
// says so. Refuses forbidden, invalid beside the fields of check_rule and "reason", and when
// nothing changes.
struct RuleAct {
  Formality kind = Formality::burst;
  SignalRule rule{};
  std::string reason{};
  Instant now{};
};
Result<Done> change_rule(db::Write& write,
                         const people::Administrator& administrator,
                         const RuleAct& act);

}  // namespace ln::insight
