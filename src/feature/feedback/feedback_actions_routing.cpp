#include "feature/feedback/feedback_actions_routing.h"

#include "core/ledger/ledger_stop.h"
#include "core/settings/settings_actions.h"
#include "feature/feedback/feedback_store_routing.h"
#include "platform/db/recent.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr const char* no_rule = "{}";  // The value of one that is not there.

Result<Done> say_rule(db::Write& write,
                      const people::Administrator& administrator,
                      const Rule& named,
                      const std::string& before,
                      const std::string& reason,
                      Instant now) {
  const auto after = find_rule(write, named.id);
  TRY([[maybe_unused]] const std::int64_t id,
      settings::note(write, administrator.id(),
                     {.list = std::string(rule_list),
                      .code = "rule-" + std::to_string(named.id.value),
                      .before = before,
                      .after = after ? value_of(*after) : no_rule,
                      .from = local_day(now),
                      .reason = reason},
                     now));
  db::forget_recent(write);
  return Done{};
}

Error only_city() { return {ErrorKind::forbidden, "feedback.error.rule_city"_t}; }

}  // namespace

std::string_view to_text(RuleAct act) {
  switch (act) {
    case RuleAct::on: return "on";
    case RuleAct::off: return "off";
    case RuleAct::raise: return "raise";
    case RuleAct::remove: return "remove";
  }
  return "";
}

std::string value_of(const Rule& rule) {
  std::string value;
  json::Writer out(value);
  out.object().member("about", rule.about ? to_text(*rule.about) : std::string_view());
  out.member("is_on", rule.is_on).member("name", rule.name).member("place_unit", rule.place_unit);
  out.member("position", rule.position).member("to_topic", rule.to_topic);
  out.member("to_unit", rule.to_unit).member("topic", rule.topic_code);
  out.member("words", rule.words).end_object();
  return value;
}

Result<Done> check_rule_among(db::Read& read,
                              const Rule& rule,
                              const Brought& brought,
                              Instant now) {
  FieldErrors errors;
  const auto unit = [&](std::string_view field, const std::string& code) {
    if (!code.empty() && !knows_unit(read, brought, code, now))
      errors.add(field, "feedback.error.unit_unknown"_t);
  };
  const auto topic = [&](std::string_view field, const std::string& code) {
    if (!code.empty() && !knows_topic(read, brought, code))
      errors.add(field, "feedback.error.topic_unknown"_t);
  };
  unit("place_unit", rule.place_unit);
  unit("to_unit", rule.to_unit);
  topic("topic", rule.topic_code);
  topic("to_topic", rule.to_topic);
  if (const auto fine = check_rule(rule); !fine.ok())
    for (const FieldError& each : fine.error().fields) errors.add(each.field, each.text);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Result<Done> check_new_rule(db::Read& read, const Rule& rule, Instant now) {
  FieldErrors errors;
  if (const auto fine = check_rule_among(read, rule, {}, now); !fine.ok())
    for (const FieldError& each : fine.error().fields) errors.add(each.field, each.text);
  if (all_rules(read).size() >= rule_count_max) errors.add("name", "feedback.error.rule_many"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

Result<RuleId> make_rule(db::Write& write,
                         const people::Administrator& administrator,
                         const Rule& rule,
                         Instant now) {
  if (!settings::may_change(administrator)) return only_city();
  TRY([[maybe_unused]] const Done may, ledger::may_write());
  Rule made = rule;
  made.id = insert_rule(write, rule);
  TRY([[maybe_unused]] const Done said, say_rule(write, administrator, made, "", rule.name, now));
  return made.id;
}

Result<Done> set_rule(db::Write& write,
                      const people::Administrator& administrator,
                      const Rule& rule,
                      const std::string& reason,
                      Instant now) {
  if (!settings::may_change(administrator)) return only_city();
  TRY([[maybe_unused]] const Done may, ledger::may_write());
  const auto old = find_rule(write, rule.id);
  Rule kept = rule;
  kept.changed_at = now;
  kept.changed_by = administrator.id().value;
  if (old)
    update_rule(write, kept);
  else
    kept.id = insert_rule(write, kept);
  if (!old || old->is_on != rule.is_on)
    switch_rule(write, kept.id, rule.is_on, now, kept.changed_by);
  return say_rule(write, administrator, kept, old ? value_of(*old) : std::string(), reason, now);
}

Result<Done> change_rule(db::Write& write,
                         const people::Administrator& administrator,
                         RuleId id,
                         RuleAct act,
                         Instant now) {
  if (!settings::may_change(administrator)) return only_city();
  const auto rule = find_rule(write, id);
  if (!rule) return Error{ErrorKind::conflict, "feedback.error.rule_gone"_t};
  TRY([[maybe_unused]] const Done may, ledger::may_write());
  const std::int64_t by = administrator.id().value;
  switch (act) {
    case RuleAct::on:
    case RuleAct::off: switch_rule(write, id, act == RuleAct::on, now, by); break;
    case RuleAct::raise: raise_rule(write, id, now, by); break;
    case RuleAct::remove: remove_rule(write, id); break;
  }
  return say_rule(write, administrator, *rule, value_of(*rule), rule->name, now);
}

}  // namespace ln::feedback
