#include "core/settings/settings_store.h"

#include <limits>

#include "platform/db/ids.h"

namespace ln::settings {
namespace {

constexpr db::Ids setting_ids("settings_change");

Change setting_from(const db::Row& row) {
  return {.id = row.integer(0),
          .at = row.instant(1),
          .account_id = row.integer(2),
          .list = row.text(3),
          .code = row.text(4),
          .before = row.text(5),
          .after = row.text(6),
          .from = row.day(7),
          .reason = row.text(8),
          .undoes = row.maybe_integer(9),
          .applied_at = row.maybe_instant(10),
          .withdrawn_at = row.maybe_instant(11)};
}

}  // namespace

std::int64_t insert(db::Write& write, const Change& change) {
  const std::int64_t id = setting_ids.next(write);
  write.run(
      "INSERT INTO settings_change (id, at, account_id, list, code, before, after, valid_from, "
      "reason, undoes, applied_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      id, change.at, change.account_id, change.list, change.code, change.before, change.after,
      change.from, change.reason, change.undoes, change.applied_at);
  return id;
}

std::optional<Change> find(db::Read& read, std::int64_t id) {
  return read.one(
      "SELECT id, at, account_id, list, code, before, after, valid_from, reason, undoes, "
      "applied_at, withdrawn_at FROM settings_change WHERE id = $1",
      setting_from, id);
}

std::optional<Change> last_applied(db::Read& read, std::string_view list, std::string_view code) {
  return read.one(
      "SELECT id, at, account_id, list, code, before, after, valid_from, reason, undoes, "
      "applied_at, withdrawn_at FROM settings_change "
      "WHERE list = $1 AND code = $2 AND applied_at IS NOT NULL "
      "ORDER BY applied_at DESC, id DESC LIMIT 1",
      setting_from, list, code);
}

std::optional<Change> waiting(db::Read& read, std::string_view list, std::string_view code) {
  return read.one(
      "SELECT id, at, account_id, list, code, before, after, valid_from, reason, undoes, "
      "applied_at, withdrawn_at FROM settings_change "
      "WHERE list = $1 AND code = $2 AND applied_at IS NULL AND withdrawn_at IS NULL "
      "ORDER BY id LIMIT 1",
      setting_from, list, code);
}

std::vector<Change> due(db::Read& read, std::string_view list, Day today) {
  return read.all(
      "SELECT id, at, account_id, list, code, before, after, valid_from, reason, undoes, "
      "applied_at, withdrawn_at FROM settings_change "
      "WHERE applied_at IS NULL AND withdrawn_at IS NULL AND valid_from <= $1 AND list = $2 "
      "ORDER BY valid_from, id",
      setting_from, today, list);
}

std::vector<Change> history(db::Read& read, std::int64_t before, std::int64_t limit) {
  return read.all(
      "SELECT id, at, account_id, list, code, before, after, valid_from, reason, undoes, "
      "applied_at, withdrawn_at FROM settings_change WHERE id < $1 ORDER BY id DESC LIMIT $2",
      setting_from, before > 0 ? before : std::numeric_limits<std::int64_t>::max(), limit);
}

std::vector<Change> history_of(db::Read& read, std::string_view list, std::int64_t limit) {
  return read.all(
      "SELECT id, at, account_id, list, code, before, after, valid_from, reason, undoes, "
      "applied_at, withdrawn_at FROM settings_change WHERE list = $1 ORDER BY id DESC LIMIT $2",
      setting_from, list, limit);
}

void mark_applied(db::Write& write, std::int64_t id, std::string_view before, Instant at) {
  write.run("UPDATE settings_change SET before = $1, applied_at = $2 WHERE id = $3", before, at,
            id);
}

void mark_withdrawn(db::Write& write, std::int64_t id, Instant at) {
  write.run("UPDATE settings_change SET withdrawn_at = $1 WHERE id = $2", at, id);
}

}  // namespace ln::settings
