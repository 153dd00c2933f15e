#include "feature/feedback/feedback_routing.h"

#include <algorithm>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::feedback {

std::vector<std::string> words_of_rule(const Rule& rule) {
  std::vector<std::string> words;
  std::string_view rest = rule.words;
  while (!rest.empty() && words.size() < rule_words_max) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    std::string word = text::fold(rest.substr(0, end));
    if (!word.empty()) words.push_back(std::move(word));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

bool fits(const Rule& rule, const RuleFacts& facts) {
  if (facts.about == About::conduct) return false;
  if (rule.about && *rule.about != facts.about) return false;
  if (!rule.topic_code.empty() && rule.topic_code != facts.topic_code) return false;
  if (!rule.place_unit.empty() && rule.place_unit != facts.unit_code) return false;
  const auto words = words_of_rule(rule);
  if (words.empty()) return true;
  const std::string text = " " + text::fold(facts.text) + " ";
  return std::ranges::any_of(words, [&](const std::string& word) {
    return text.find(" " + word + " ") != std::string::npos;
  });
}

const Rule* first_fit(std::span<const Rule> rules, const RuleFacts& facts) {
  const auto found = std::ranges::find_if(
      rules, [&](const Rule& rule) { return rule.is_on && fits(rule, facts); });
  return found == rules.end() ? nullptr : &*found;
}

Result<Done> check_rule(const Rule& rule) {
  FieldErrors errors;
  if (trimmed(rule.name).empty() || count_chars(rule.name) > rule_text_chars_max)
    errors.add("name", "feedback.error.rule_name"_t);
  if (count_chars(rule.words) > rule_text_chars_max)
    errors.add("words", "feedback.error.rule_words"_t);
  const bool has_condition = rule.about || !rule.topic_code.empty() || !rule.place_unit.empty() ||
                             !words_of_rule(rule).empty();
  if (!has_condition) errors.add("words", "feedback.error.rule_condition"_t);
  if (rule.to_unit.empty() && rule.to_topic.empty())
    errors.add("to_unit", "feedback.error.rule_nothing"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

}  // namespace ln::feedback
