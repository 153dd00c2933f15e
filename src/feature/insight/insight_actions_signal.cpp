#include "feature/insight/insight_actions_signal.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "core/people/people_independent.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_signals.h"
#include "engine/text/text_typed.h"
#include "feature/insight/insight_store_signal.h"
#include "feature/insight/insight_store_signal_rooms.h"

namespace ln::insight {
namespace {

std::string number_of(SignalId id) { return std::to_string(id.value); }

bool is_long_enough(std::string_view text) {
  const std::size_t chars = count_chars(text);
  return chars >= dispute_chars_min && chars <= dispute_chars_max;
}

bool is_supervised_by(const people::Staff& staff, std::string_view unit_path) {
  return staff.has(people::Role::supervisor) && people::is_independent(staff, unit_path);
}

}  // namespace

bool may_read(const Watcher& watcher, std::string_view unit_path) {
  return watcher.may_act_for(unit_path) || is_supervised_by(watcher.staff(), unit_path);
}

std::vector<KeptSignal> signals_for(db::Read& read, const Watcher& watcher, std::int64_t limit) {
  std::vector<KeptSignal> all;
  for (const std::string& top : watcher.tops())
    for (KeptSignal& each : signals_within(read, top, limit)) all.push_back(std::move(each));
  constexpr std::string_view whole_city = "/";
  if (watcher.staff().has(people::Role::supervisor))
    for (KeptSignal& each : signals_within(read, whole_city, limit))
      if (!watcher.may_act_for(each.unit_path) && may_read(watcher, each.unit_path))
        all.push_back(std::move(each));
  std::ranges::stable_sort(all, std::ranges::greater(), &KeptSignal::month);
  return all;
}

Result<Done> dispute(db::Write& write, const Head& head, const DisputeAct& act) {
  const auto signal = find_signal(write, act.signal);
  if (!signal || !head.may_act_for(signal->unit_path))
    return Error{ErrorKind::not_found, "insight.signal.error.none"_t};
  const std::string text = text::tidied(act.text);
  FieldErrors errors;
  if (!is_long_enough(text)) errors.add("text", "insight.signal.error.text"_t);
  if (!errors.empty()) return errors.take();
  if (find_dispute(write, act.signal))
    return Error{ErrorKind::conflict, "insight.signal.error.disputed"_t};
  TRY([[maybe_unused]] const std::int64_t line,
      settings::note(write, head.id(),
                     {.list = std::string(settings::signal_dispute_list),
                      .code = number_of(act.signal),
                      .before = "",
                      .after = text,
                      .from = local_day(act.now),
                      .reason = std::string(to_text(signal->kind))},
                     act.now));
  insert(write,
         Dispute{.signal = act.signal, .account_id = head.id().value, .at = act.now, .text = text});
  return Done{};
}

Result<Done> decide_dispute(db::Write& write,
                            const people::Supervisor& supervisor,
                            const DecisionAct& act) {
  const auto signal = find_signal(write, act.signal);
  if (!signal || !may_read(*Watcher::of(supervisor.staff()), signal->unit_path))
    return Error{ErrorKind::not_found, "insight.signal.error.none"_t};
  const std::string text = text::tidied(act.text);
  FieldErrors errors;
  if (!act.decision) errors.add("decision", "insight.signal.error.decision"_t);
  if (!is_long_enough(text)) errors.add("text", "insight.signal.error.text"_t);
  if (!errors.empty()) return errors.take();
  if (!people::is_independent(supervisor.staff(), signal->unit_path))
    return Error{ErrorKind::forbidden, "insight.signal.error.not_independent"_t};
  // It is about those who supervise, and nobody judges their own work.
  if (signal->kind == Formality::idle_supervision &&
      is_own_programme(write, act.signal, supervisor.id().value))
    return Error{ErrorKind::forbidden, "insight.signal.error.own_programme"_t};
  auto disputed = find_dispute(write, act.signal);
  if (!disputed || disputed->decision)
    return Error{ErrorKind::conflict, "insight.signal.error.decided"_t};
  TRY([[maybe_unused]] const std::int64_t line,
      settings::note(write, supervisor.id(),
                     {.list = std::string(settings::signal_dispute_list),
                      .code = number_of(act.signal),
                      .before = disputed->text,
                      .after = std::string(to_text(*act.decision)) + "\n" + text,
                      .from = local_day(act.now),
                      .reason = std::string(to_text(signal->kind))},
                     act.now));
  disputed->decision = act.decision;
  disputed->decided_by = supervisor.id().value;
  disputed->decided_at = act.now;
  disputed->decided_text = text;
  if (!decide(write, *disputed)) throw db::Failure("a dispute was decided meanwhile");
  return Done{};
}

Result<Done> change_rule(db::Write& write,
                         const people::Administrator& administrator,
                         const RuleAct& act) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const SignalRule before = rule_of(signal_rules(write), act.kind);
  settings::Wish wish{.list = std::string(settings::signal_rule_list),
                      .code = std::string(to_text(act.kind)),
                      .before = to_text(before),
                      .after = to_text(act.rule),
                      .from = local_day(act.now),
                      .reason = text::tidied(act.reason)};
  FieldErrors errors;
  check_rule(act.kind, act.rule, errors);
  settings::check(wish, act.now, errors);
  if (!errors.empty()) return errors.take();
  TRY([[maybe_unused]] const std::int64_t line,
      settings::note(write, administrator.id(), wish, act.now));
  save_rule(write, act.kind, act.rule, administrator.id().value, act.now);
  return Done{};
}

}  // namespace ln::insight
