// Rules of routing, changed by an administrator of the city: each change is a line of the public
// log and a row of the history (core/settings, list "rule"). What is taken back is switched off or
// made again on the page of the rules, in its order.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/people/people.h"
#include "feature/feedback/feedback_actions_settings.h"
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

// All that is wrong with a rule, also codes that name nothing today nor in what one file brings.
Result<Done> check_rule_among(db::Read& read,
                              const Rule& rule,
                              const Brought& brought,
                              Instant now);
// The same for one more rule of the city, which has room for rule_count_max.
Result<Done> check_new_rule(db::Read& read, const Rule& rule, Instant now);

// Makes a rule, behind the others and switched off. Precondition: check_new_rule. Refuses
// forbidden, and unavailable while the log takes no lines.
Result<RuleId> make_rule(db::Write& write,
                         const people::Administrator& administrator,
                         const Rule& rule,
                         Instant now);
// Puts a rule in the place of the one that has its number; makes it, behind the others, when it has
// none. It is on or off as it says. Precondition: check_rule_among. Refuses as make_rule.
Result<Done> set_rule(db::Write& write,
                      const people::Administrator& administrator,
                      const Rule& rule,
                      const std::string& reason,
                      Instant now);
// Refuses the same, and conflict when there is no such rule any more.
Result<Done> change_rule(db::Write& write,
                         const people::Administrator& administrator,
                         RuleId id,
                         RuleAct act,
                         Instant now);

}  // namespace ln::feedback
