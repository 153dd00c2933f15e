#include "feature/reception/reception_store_follow.h"

#include "core/units/units_store.h"

namespace ln::reception {
namespace {

ReceptionId to_day_id(const db::Row& row) { return row.id<ReceptionId>(0); }

std::vector<Reception> days_with(db::Read& read, const std::vector<ReceptionId>& ids) {
  std::vector<Reception> all;
  for (const ReceptionId id : ids)
    if (auto found = find(read, id)) all.push_back(*std::move(found));
  return all;
}

}  // namespace

void insert(db::Write& write, ReceptionId id, const Follow& f) {
  write.run(
      "INSERT INTO reception_follow (reception_id, at, from_id, to_id, starts_at, is_ahead, "
      "is_certain, settled_by, line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      id, f.at, f.from, f.to, f.starts_at, f.is_ahead ? 1 : 0, f.is_certain ? 1 : 0, f.settled_by,
      f.line);
}

std::vector<Follow> follows_of(db::Read& read, ReceptionId id) {
  return read.all(
      "SELECT at, from_id, to_id, starts_at, is_ahead, is_certain, settled_by, line "
      "FROM reception_follow WHERE reception_id = $1 ORDER BY id",
      [](const db::Row& row) {
        return Follow{.at = row.instant(0),
                      .from = row.id<units::UnitId>(1),
                      .to = row.id<units::UnitId>(2),
                      .starts_at = row.instant(3),
                      .is_ahead = row.flag(4),
                      .is_certain = row.flag(5),
                      .settled_by = row.integer(6),
                      .line = row.integer(7)};
      },
      id);
}

std::vector<units::Unit> ended_keepers(db::Read& read, Day today) {
  const auto ids = read.all(
      "SELECT u.id FROM unit u WHERE u.valid_to IS NOT NULL AND u.valid_to < $1 "
      "AND EXISTS (SELECT 1 FROM reception r WHERE r.keeper_id = u.id) ORDER BY u.id",
      [](const db::Row& row) { return row.id<units::UnitId>(0); }, today);
  std::vector<units::Unit> all;
  for (const units::UnitId id : ids)
    if (auto found = units::find(read, id)) all.push_back(*std::move(found));
  return all;
}

std::vector<ReceptionId> left_behind(db::Read& read, const units::Unit& ended) {
  if (!ended.valid_to) return {};
  return read.all(
      "SELECT r.id FROM reception r WHERE r.keeper_id = $1 "
      "AND ((r.state <> 'cancelled' AND r.starts_at >= $2) OR (r.state = 'held' "
      "AND EXISTS (SELECT 1 FROM reception_turn t WHERE t.reception_id = r.id "
      "AND t.state <> 'cancelled' AND t.erased_at IS NULL))) ORDER BY r.id",
      to_day_id, ended.id, at_local(*ended.valid_to + std::chrono::days(1)));
}

bool hand_over(db::Write& write, const Reception& r, const Handing& handing) {
  const units::UnitId unit = handing.is_ahead ? handing.keeper : r.unit;
  const std::string_view path =
      handing.is_ahead ? handing.keeper_path : std::string_view(r.unit_path);
  if (write.run("UPDATE reception SET keeper_id = $3, keeper_path = $4, unit_id = $5, "
                "unit_path = $6, revision = revision + 1 WHERE id = $1 AND revision = $2",
                r.id, r.revision, handing.keeper, handing.keeper_path, unit, path) != 1)
    return false;
  write.run(
      "UPDATE reception_contest SET above_path = $2 WHERE ruled_at IS NULL "
      "AND turn_id IN (SELECT id FROM reception_turn WHERE reception_id = $1 "
      "AND state <> 'cancelled')",  // It serves the index by slot; what was given back has none.
      r.id, handing.above_path);
  return true;
}

std::vector<Reception> unsettled(db::Read& read, const Open& open) {
  const auto [first, last] = units::subtree_range(open.path);
  const std::int64_t own = units::is_top(open.path) ? 1 : 0;
  return days_with(
      read,
      read.all("SELECT DISTINCT r.id FROM reception_follow f "
               "JOIN reception r ON r.id = f.reception_id WHERE f.is_certain = 0 AND r.id > $1 "
               "AND r.keeper_path >= $2 AND r.keeper_path < $3 "
               "AND ($4 = 1 OR r.keeper_path <> $5) "
               "AND ((r.state <> 'cancelled' AND r.starts_at >= $6) OR (r.state = 'held' "
               "AND EXISTS (SELECT 1 FROM reception_turn t WHERE t.reception_id = r.id "
               "AND t.state <> 'cancelled' AND t.erased_at IS NULL))) "
               "AND NOT EXISTS (SELECT 1 FROM reception_follow later "
               "WHERE later.reception_id = f.reception_id AND later.id > f.id) "
               "ORDER BY r.id LIMIT $7",
               to_day_id, open.after, first, last, own, open.path, at_local(open.today),
               open.limit));
}

}  // namespace ln::reception
