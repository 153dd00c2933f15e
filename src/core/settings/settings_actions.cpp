#include "core/settings/settings_actions.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/settings/settings_store.h"
#include "engine/merkle/merkle_leaf.h"

namespace ln::settings {
namespace {

Result<std::int64_t> say(db::Write& write,
                         const std::string& list,
                         const std::string& code,
                         Day from,
                         const std::string& value,
                         Instant now) {
  return ledger::announce(write, ledger::SettingsFact{.at = now,
                                                      .list = list,
                                                      .code = ledger::public_code(code),
                                                      .from = from,
                                                      .value = merkle::sha256(as_bytes(value))});
}

}  // namespace

bool may_change(const people::Administrator& administrator) {
  return std::ranges::any_of(administrator.tops(),
                             [](const std::string& top) { return units::is_top(top); });
}

void check(const Wish& wish, Instant now, FieldErrors& errors) {
  const Day today = local_day(now);
  if (wish.from < today || wish.from > today + std::chrono::days(wait_days_max))
    errors.add("from", "settings.error.from"_t);
  const std::size_t chars = count_chars(wish.reason);
  if (chars < reason_chars_min || chars > reason_chars_max ||
      wish.reason.find('\n') != std::string::npos)
    errors.add("reason", "settings.error.reason"_t);
  if (errors.empty() && wish.before == wish.after) errors.add("reason", "settings.error.same"_t);
}

Result<std::int64_t> change(db::Write& write,
                            const people::Administrator& administrator,
                            const Wish& wish,
                            const Apply& apply,
                            Instant now) {
  CHECK(!wish.after.empty() && wish.after.size() <= value_size_max);
  if (!may_change(administrator)) return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  FieldErrors errors;
  check(wish, now, errors);
  if (!errors.empty()) return errors.take();
  if (waiting(write, wish.list, wish.code))
    return Error{ErrorKind::conflict, "settings.error.waiting"_t};
  TRY([[maybe_unused]] const std::int64_t line,
      say(write, wish.list, wish.code, wish.from, wish.after, now));
  const bool is_now = wish.from <= local_day(now);
  if (is_now) apply(write, wish.code, wish.after);
  return insert(write, {.at = now,
                        .account_id = administrator.id().value,
                        .list = wish.list,
                        .code = wish.code,
                        .before = wish.before,
                        .after = wish.after,
                        .from = wish.from,
                        .reason = wish.reason,
                        .applied_at = is_now ? std::optional(now) : std::nullopt});
}

Result<std::int64_t> note(db::Write& write,
                          people::AccountId account,
                          const Wish& wish,
                          Instant now) {
  CHECK(!wish.after.empty() && wish.after.size() <= value_size_max);
  TRY([[maybe_unused]] const std::int64_t line,
      say(write, wish.list, wish.code, wish.from, wish.after, now));
  return insert(write, {.at = now,
                        .account_id = account.value,
                        .list = wish.list,
                        .code = wish.code,
                        .before = wish.before,
                        .after = wish.after,
                        .from = wish.from,
                        .reason = wish.reason,
                        .applied_at = now});
}

Result<Done> undo(db::Write& write,
                  const people::Administrator& administrator,
                  const Change& of,
                  const std::string& value,
                  const Apply& apply,
                  Instant now) {
  if (!may_change(administrator)) return Error{ErrorKind::forbidden, "settings.error.city_only"_t};
  const auto change = find(write, of.id);
  if (!change || change->withdrawn_at)
    return Error{ErrorKind::conflict, "settings.error.undone_already"_t};
  const Day today = local_day(now);
  if (change->waits()) {
    // What holds from today on is what held before: the log says so.
    TRY([[maybe_unused]] const std::int64_t line,
        say(write, change->list, change->code, today, value, now));
    mark_withdrawn(write, change->id, now);
    return Done{};
  }
  const auto last = last_applied(write, change->list, change->code);
  if (!last || last->id != change->id || waiting(write, change->list, change->code))
    return Error{ErrorKind::conflict, "settings.error.changed_since"_t};
  TRY([[maybe_unused]] const std::int64_t line,
      say(write, change->list, change->code, today, value, now));
  apply(write, change->code, value);
  insert(write, {.at = now,
                 .account_id = administrator.id().value,
                 .list = change->list,
                 .code = change->code,
                 .before = change->after,
                 .after = value,
                 .from = today,
                 .reason = change->reason,
                 .undoes = change->id,
                 .applied_at = now});
  return Done{};
}

std::int64_t apply_due(db::Database& database,
                       const std::string& list,
                       const NowIs& now_is,
                       const Apply& apply,
                       Instant now) {
  const Day today = local_day(now);
  // Nothing, nearly always: the writer is not asked.
  if (database.read([&](db::Read& read) { return due(read, list, today).empty(); })) return 0;
  const auto applied = database.write([&](db::Write& write) -> Result<std::int64_t> {
    std::int64_t count = 0;
    for (const Change& each : due(write, list, today)) {
      const std::string before = now_is(write, each.code);
      apply(write, each.code, each.after);
      mark_applied(write, each.id, before, now);
      ++count;
    }
    return count;
  });
  return applied.ok() ? applied.value() : 0;
}

}  // namespace ln::settings
