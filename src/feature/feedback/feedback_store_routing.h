// Rows of feedback_rule, and the past cases on which a rule is tried.
#pragma once

#include <optional>
#include <vector>

#include "feature/feedback/feedback_routing.h"
#include "platform/db/db.h"

namespace ln::feedback {

// In their order.
std::vector<Rule> all_rules(db::Read& read);
std::optional<Rule> find_rule(db::Read& read, RuleId id);
// Behind the others, switched off.
RuleId insert_rule(db::Write& write, const Rule& rule);
// All but whether it is on and its place.
void update_rule(db::Write& write, const Rule& rule);
void switch_rule(db::Write& write, RuleId id, bool is_on, Instant at, std::int64_t by);
// One place nearer to the front: asked before the one that stood there. The first one stays.
void raise_rule(db::Write& write, RuleId id, Instant at, std::int64_t by);
void remove_rule(db::Write& write, RuleId id);

// The facts of a case that was sent.
RuleFacts facts_of(db::Read& read, const Feedback& feedback);

// What a rule would have changed, had it been the only one, among the newest cases.
struct Trial {
  std::int64_t looked_at = 0;
  std::int64_t fitted = 0;
  std::int64_t changed = 0;
  std::vector<Feedback> examples{};  // of what would have changed, the newest first
};
inline constexpr std::int64_t trial_cases_max = 2'000;
inline constexpr std::size_t trial_examples_max = 20;
// Leaves out what is protected, about conduct, or erased.
Trial try_rule(db::Read& read, const Rule& rule);

}  // namespace ln::feedback
