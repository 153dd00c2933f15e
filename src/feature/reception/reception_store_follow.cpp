#include "feature/reception/reception_store_follow.h"

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

std::vector<Reception> left_behind(db::Read& read,
                                   Day today,
                                   ReceptionId after,
                                   std::int64_t limit) {
  return days_with(
      read, read.all("SELECT r.id FROM reception r JOIN unit u ON u.id = r.keeper_id "
                     "WHERE r.id > $1 AND u.valid_to IS NOT NULL AND u.valid_to < $2 "
                     "AND ((r.state <> 'cancelled' AND r.starts_at >= $3) OR (r.state = 'held' "
                     "AND EXISTS (SELECT 1 FROM reception_turn t WHERE t.reception_id = r.id "
                     "AND t.state <> 'cancelled' AND t.erased_at IS NULL))) ORDER BY r.id LIMIT $4",
                     to_day_id, after, today, at_local(today), limit));
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
      "AND turn_id IN (SELECT id FROM reception_turn WHERE reception_id = $1)",
      r.id, handing.above_path);
  return true;
}

std::vector<Reception> unsettled(db::Read& read,
                                 std::string_view path,
                                 ReceptionId after,
                                 std::int64_t limit) {
  const auto [first, last] = units::subtree_range(path);
  return days_with(read,
                   read.all("SELECT DISTINCT r.id FROM reception_follow f "
                            "JOIN reception r ON r.id = f.reception_id WHERE f.is_certain = 0 "
                            "AND r.id > $1 AND r.keeper_path >= $2 AND r.keeper_path < $3 "
                            "AND NOT EXISTS (SELECT 1 FROM reception_follow later "
                            "WHERE later.reception_id = f.reception_id AND later.id > f.id) "
                            "ORDER BY r.id LIMIT $4",
                            to_day_id, after, first, last, limit));
}

}  // namespace ln::reception
