// Routing rules: where a case goes by what it is about, its topic, its place and its words.
//
// Rules are data of the city, in an order; the first that fits is followed, and no other. A rule
// can name another unit or a topic and has no word for anything else: it cannot decline, hide or
// delay. Cases about conduct are not routed by rules, so that no rule can bring one to those
// complained about.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"

namespace ln::feedback {

using RuleId = Id<struct RuleTable>;

inline constexpr std::size_t rule_count_max = 200;
inline constexpr std::size_t rule_words_max = 20;        // of one rule
inline constexpr std::size_t rule_text_chars_max = 300;  // of its name and of its words together

struct Rule {
  RuleId id{};
  int position = 0;
  std::string name{};
  std::optional<About> about{};  // null: whatever
  std::string topic_code{};      // empty: whatever, also none
  std::string place_unit{};      // code of the unit named; empty: whatever, also none
  std::string words{};           // parted by commas; one of them must stand in the text
  std::string to_unit{};         // code; empty: stays
  std::string to_topic{};        // code, only for what has no topic yet; empty: stays
  bool is_on = false;
  Instant changed_at{};
  std::int64_t changed_by = 0;
};

// What a rule looks at. The text is that of title, story and place.
struct RuleFacts {
  About about = About::place;
  std::string topic_code{};
  std::string unit_code{};
  std::string text{};
};

// The words of a rule, folded, without empty ones.
std::vector<std::string> words_of_rule(const Rule& rule);
// Whole words are compared, without diacritics and case. Never for conduct.
bool fits(const Rule& rule, const RuleFacts& facts);
// Of those that are on, in their order; null when none fits.
const Rule* first_fit(std::span<const Rule> rules, const RuleFacts& facts);

// What is wrong with a rule, beside its fields: no name, too long, no condition, nothing to do.
// Whether its codes exist is the action's to know.
Result<Done> check_rule(const Rule& rule);

}  // namespace ln::feedback
