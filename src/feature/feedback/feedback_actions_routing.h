// Rules of routing, changed by an administrator of the city: each change is a line of the public
// log and a row of the history (core/settings, list "rule"). What is taken back is switched off or
// made again on the page of the rules, in its order.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_routing.h"
#include "platform/db/db.h"

namespace ln::feedback {

inline constexpr std::string_view rule_list = "rule";

enum class RuleAct : std::uint8_t { on, off, raise, remove };
inline constexpr std::array all_rule_acts = {RuleAct::on, RuleAct::off, RuleAct::raise,
                                             RuleAct::remove};
std::string_view to_text(RuleAct);

// As the log has the fingerprint of it: docs/formats/settings.md.
std::string value_of(const Rule& rule);

// Makes a rule, behind the others and switched off. Precondition: check_rule. Refuses forbidden,
// and unavailable while the log takes no lines.
Result<RuleId> make_rule(db::Write& write,
                         const people::Administrator& administrator,
                         const Rule& rule,
                         Instant now);
// Refuses the same, and conflict when there is no such rule any more.
Result<Done> change_rule(db::Write& write,
                         const people::Administrator& administrator,
                         RuleId id,
                         RuleAct act,
                         Instant now);

}  // namespace ln::feedback
