#include "feature/feedback/feedback_store_routing.h"

#include <algorithm>
#include <map>

#include "core/units/units_store.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t scanned_max = 20'000;  // newest cases, of which some are left out

Rule rule_from_row(const db::Row& row) {
  Rule rule;
  rule.id = row.id<RuleId>(0);
  rule.position = static_cast<int>(row.integer(1));
  rule.name = row.view(2);
  rule.about = from_word(all_abouts, row.view(3));
  rule.topic_code = row.view(4);
  rule.place_unit = row.view(5);
  rule.words = row.view(6);
  rule.to_unit = row.view(7);
  rule.to_topic = row.view(8);
  rule.is_on = row.integer(9) != 0;
  rule.changed_at = row.instant(10);
  rule.changed_by = row.integer(11);
  return rule;
}

// Codes of units and topics, each read once.
class Codes {
 public:
  explicit Codes(db::Read& read) : read_(read) {}

  RuleFacts facts_of(const Feedback& f) {
    return {f.about, topic(f.topic), unit(f.object_unit), f.title + "\n" + f.body + "\n" + f.place};
  }
  const std::string& unit(units::UnitId id) {
    const auto [at, is_new] = units_.try_emplace(id.value);
    if (is_new && id.value != 0)
      if (const auto found = units::find(read_, id)) at->second = found->code;
    return at->second;
  }

 private:
  const std::string& topic(TopicId id) {
    const auto [at, is_new] = topics_.try_emplace(id.value);
    if (is_new && id.value != 0)
      if (const auto found = find_topic(read_, id)) at->second = found->code;
    return at->second;
  }

  db::Read& read_;
  std::map<std::int64_t, std::string> units_{}, topics_{};
};

}  // namespace

#define RULE_COLUMNS                                                                     \
  "id, position, name, about, topic_code, place_unit, words, to_unit, to_topic, is_on, " \
  "changed_at, changed_by "

std::vector<Rule> all_rules(db::Read& read) {
  return read.all("SELECT " RULE_COLUMNS "FROM feedback_rule ORDER BY position, id", rule_from_row);
}

std::optional<Rule> find_rule(db::Read& read, RuleId id) {
  return read.one("SELECT " RULE_COLUMNS "FROM feedback_rule WHERE id = $1", rule_from_row, id);
}

RuleId insert_rule(db::Write& write, const Rule& rule) {
  const std::int64_t last = *write.one("SELECT coalesce(max(position), 0) FROM feedback_rule",
                                       [](const db::Row& row) { return row.integer(0); });
  return *write.returning(
      "INSERT INTO feedback_rule (position, name, about, topic_code, place_unit, words, to_unit, "
      "to_topic, is_on, changed_at, changed_by) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10) RETURNING id",
      [](const db::Row& row) { return row.id<RuleId>(0); }, last + 1, rule.name,
      rule.about ? to_text(*rule.about) : std::string_view(), rule.topic_code, rule.place_unit,
      rule.words, rule.to_unit, rule.to_topic, rule.changed_at, rule.changed_by);
}

void update_rule(db::Write& write, const Rule& rule) {
  write.run(
      "UPDATE feedback_rule SET name = $1, about = $2, topic_code = $3, place_unit = $4, "
      "words = $5, to_unit = $6, to_topic = $7, changed_at = $8, changed_by = $9 WHERE id = $10",
      rule.name, rule.about ? to_text(*rule.about) : std::string_view(), rule.topic_code,
      rule.place_unit, rule.words, rule.to_unit, rule.to_topic, rule.changed_at, rule.changed_by,
      rule.id);
}

void switch_rule(db::Write& write, RuleId id, bool is_on, Instant at, std::int64_t by) {
  write.run("UPDATE feedback_rule SET is_on = $1, changed_at = $2, changed_by = $3 WHERE id = $4",
            is_on ? 1 : 0, at, by, id);
}

void raise_rule(db::Write& write, RuleId id, Instant at, std::int64_t by) {
  std::vector<Rule> rules = all_rules(write);
  const auto found = std::ranges::find(rules, id, &Rule::id);
  if (found == rules.end() || found == rules.begin()) return;
  std::iter_swap(found, found - 1);
  int position = 0;
  for (const Rule& each : rules)
    write.run("UPDATE feedback_rule SET position = $1 WHERE id = $2", std::int64_t{++position},
              each.id);
  write.run("UPDATE feedback_rule SET changed_at = $1, changed_by = $2 WHERE id = $3", at, by, id);
}

void remove_rule(db::Write& write, RuleId id) {
  write.run("DELETE FROM feedback_rule WHERE id = $1", id);
}

RuleFacts facts_of(db::Read& read, const Feedback& feedback) {
  return Codes(read).facts_of(feedback);
}

Trial try_rule(db::Read& read, const Rule& rule) {
  const auto cases = read.all(
      "SELECT * FROM feedback WHERE id > (SELECT coalesce(max(id), 0) FROM feedback) - $1 "
      "AND is_protected = 0 AND held_as IS NULL AND about <> 'conduct' AND erased_at IS NULL "
      "ORDER BY id DESC LIMIT $2",
      feedback_from_row, scanned_max, trial_cases_max);
  Codes codes(read);
  Trial trial;
  for (const Feedback& each : cases) {
    ++trial.looked_at;
    const RuleFacts facts = codes.facts_of(each);
    if (!fits(rule, facts)) continue;
    ++trial.fitted;
    const bool moves = !rule.to_unit.empty() && codes.unit(each.unit) != rule.to_unit;
    const bool names = !rule.to_topic.empty() && facts.topic_code.empty();
    if (!moves && !names) continue;
    ++trial.changed;
    if (trial.examples.size() < trial_examples_max) trial.examples.push_back(each);
  }
  return trial;
}

}  // namespace ln::feedback
