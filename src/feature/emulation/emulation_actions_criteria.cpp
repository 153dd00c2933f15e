#include "feature/emulation/emulation_actions_criteria.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_signals.h"
#include "core/settings/settings_store.h"

namespace ln::emulation {
namespace {

std::optional<Criterion> criterion_now(db::Read& read, std::string_view code, Instant now) {
  for (Criterion& each : criteria_at(read, now, true))
    if (each.code == code) return std::move(each);
  return std::nullopt;
}

Criterion criterion_of(const std::string& code, const std::string& value) {
  auto read = read_criterion(code, value);
  if (!read) throw db::Failure("a criterion that cannot be read waits", db::Failure::Kind::corrupt);
  return *std::move(read);
}

settings::Apply apply_criterion(Instant now) {
  return [now](db::Write& write, const std::string& code, const std::string& value) {
    insert(write, criterion_of(code, value), now);
  };
}

// A change that waited counts from the first instant of its day, as was told of it: also when the
// clock came to it later on that day, or days after.
settings::Apply apply_waiting_criterion(Instant now) {
  return [now](db::Write& write, const std::string& code, const std::string& value) {
    const auto waits = settings::waiting(write, settings::criterion_list, code);
    const Instant from = waits ? std::min(at_local(waits->from), now) : now;
    insert(write, criterion_of(code, value), from);
  };
}

// So many letters all that are in force may have together: pages of models show them whole.
void check_sum(FieldErrors& errors, const std::vector<Criterion>& in_force) {
  std::size_t sum = 0;
  for (const Criterion& each : in_force)
    sum +=
        std::max(count_chars(each.name_vi), count_chars(each.name_en)) + count_chars(each.source);
  if (sum > criteria_chars_max || in_force.size() > criteria_max)
    errors.add("name_vi", "emulation.criterion.error.sum"_t);
}

settings::Wish wish_of(db::Read& read, const CriterionChange& change, Instant now) {
  return {.list = std::string(settings::criterion_list),
          .code = change.criterion.code,
          .before = criterion_value(read, change.criterion.code, now),
          .after = value_of(change.criterion),
          .from = change.from,
          .reason = change.reason};
}

bool is_code(std::string_view code) {
  return code.size() >= criterion_code_chars_min && code.size() <= criterion_code_chars_max &&
         code != "new" && std::ranges::all_of(code, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

void check_line(FieldErrors& errors,
                std::string_view field,
                const std::string& words,
                std::size_t min) {
  const std::size_t chars = count_chars(words);
  if (chars < min) errors.add(field, "emulation.error.short"_t);
  if (chars > criterion_chars_max || words.find_first_of("\n\r") != std::string::npos)
    errors.add(field, "emulation.error.long"_t);
}

}  // namespace

std::vector<Criterion> criteria_then(db::Read& read, const CriterionChange& change, Instant now) {
  std::map<std::string, Criterion> all;
  for (Criterion& each : criteria_at(read, std::max(now, at_local(change.from)), true))
    all[each.code] = std::move(each);
  for (const settings::Change& each : settings::due(read, settings::criterion_list, change.from))
    all[each.code] = criterion_of(each.code, each.after);
  all[change.criterion.code] = change.criterion;
  std::vector<Criterion> in_force;
  for (auto& [code, each] : all)
    if (each.is_in_force) in_force.push_back(std::move(each));
  return in_force;
}

std::string criterion_value(db::Read& read, const std::string& code, Instant now) {
  const auto found = criterion_now(read, code, now);
  return found ? value_of(*found) : std::string();
}

Result<Done> check_criterion(db::Read& read, const CriterionChange& change, Instant now) {
  const Criterion& c = change.criterion;
  FieldErrors errors;
  if (change.seen.empty()) {
    const auto all = criteria_at(read, now, true);
    if (!is_code(c.code))
      errors.add("code", "emulation.criterion.error.code"_t);
    else if (std::ranges::find(all, c.code, &Criterion::code) != all.end() ||
             settings::waiting(read, settings::criterion_list, c.code))
      errors.add("code", "emulation.criterion.error.taken"_t);
  }
  check_line(errors, "name_vi", c.name_vi, criterion_chars_min);
  check_line(errors, "name_en", c.name_en, 0);
  check_line(errors, "source", c.source, line_chars_min);
  if (change.criterion.is_in_force) check_sum(errors, criteria_then(read, change, now));
  settings::check(wish_of(read, change, now), now, errors);
  return errors.empty() ? Result<Done>(Done{}) : errors.take();
}

Result<std::int64_t> change_criterion(db::Write& write,
                                      const people::Administrator& administrator,
                                      const CriterionChange& change,
                                      Instant now) {
  if (!settings::may_change(administrator))
    return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  if (!change.seen.empty() && criterion_value(write, change.criterion.code, now) != change.seen)
    return Error{ErrorKind::conflict, "settings.error.changed_meanwhile"_t};
  TRY([[maybe_unused]] const Done fine, check_criterion(write, change, now));
  return settings::change(write, administrator, wish_of(write, change, now), apply_criterion(now),
                          now);
}

Result<Done> undo_criterion(db::Write& write,
                            const people::Administrator& administrator,
                            std::int64_t id,
                            Instant now) {
  const auto change = settings::find(write, id);
  if (!change || change->list != settings::criterion_list)
    return Error{ErrorKind::not_found, "settings.error.no_change"_t};
  std::string value = change->before;
  if (value.empty()) {
    auto made = read_criterion(change->code, change->after);
    if (!made) throw db::Failure("a criterion cannot be read", db::Failure::Kind::corrupt);
    made->is_in_force = false;
    value = value_of(*made);
  }
  return settings::undo(write, administrator, *change, value, apply_criterion(now), now);
}

std::int64_t apply_due_criteria(db::Database& database, Instant now) {
  return settings::apply_due(
      database, std::string(settings::criterion_list),
      [now](db::Read& read, const std::string& code) { return criterion_value(read, code, now); },
      apply_waiting_criterion(now), now);
}

}  // namespace ln::emulation
