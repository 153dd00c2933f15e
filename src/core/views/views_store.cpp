#include "core/views/views_store.h"

#include "base/result.h"

namespace ln::views {
namespace {

Day first_kept(Day today) { return today - std::chrono::days(days_kept - 1); }

Viewed viewed_from(const db::Row& row) { return {row.integer(0), row.integer(1)}; }

}  // namespace

void Looks::count(Kind kind, std::int64_t number) {
  const std::lock_guard lock(mutex_);
  const std::pair key(kind, number);
  if (counts_.size() < gathered_max || counts_.contains(key)) ++counts_[key];
}

std::int64_t Looks::flush(db::Database& database, Instant now) {
  std::map<std::pair<Kind, std::int64_t>, std::int64_t> gathered;
  {
    const std::lock_guard lock(mutex_);
    gathered.swap(counts_);
  }
  const Day today = local_day(now);
  const auto write_down = [&](db::Write& write) -> Result<Done> {
    for (const auto& [what, views] : gathered) {
      write.run(
          "INSERT INTO views_day (kind, number, day, views) VALUES ($1, $2, $3, $4) "
          "ON CONFLICT (kind, number, day) DO UPDATE SET views = views_day.views + excluded.views",
          to_text(what.first), what.second, today, views);
      write.run(
          "INSERT INTO views_total (kind, number, views) VALUES ($1, $2, $3) "
          "ON CONFLICT (kind, number) DO UPDATE SET views = views_total.views + excluded.views",
          to_text(what.first), what.second, views);
    }
    // Also when nothing was looked at: a quiet month must not keep the days before it.
    write.run("DELETE FROM views_day WHERE day < $1", first_kept(today));
    return Done{};
  };
  try {
    if (database.write(write_down).ok()) return std::ssize(gathered);
  } catch (...) {
    put_back(gathered);
    throw;
  }
  put_back(gathered);
  return 0;
}

void Looks::put_back(const std::map<std::pair<Kind, std::int64_t>, std::int64_t>& gathered) {
  const std::lock_guard lock(mutex_);
  for (const auto& [key, views] : gathered)
    if (counts_.size() < gathered_max || counts_.contains(key)) counts_[key] += views;
}

Looks& looks() {
  static Looks all;
  return all;
}

std::vector<Viewed> most_viewed(db::Read& read, Kind kind, std::int64_t limit) {
  return read.all(
      "SELECT number, views FROM views_total WHERE kind = $1 AND views >= $2 "
      "ORDER BY views DESC, number DESC LIMIT $3",
      viewed_from, to_text(kind), floor, limit);
}

std::vector<Viewed> most_viewed_lately(db::Read& read, Kind kind, Day today, std::int64_t limit) {
  return read.all(
      "SELECT number, CAST(sum(views) AS BIGINT) FROM views_day WHERE kind = $1 AND day >= $2 "
      "GROUP BY number HAVING CAST(sum(views) AS BIGINT) >= $3 "
      "ORDER BY sum(views) DESC, number DESC LIMIT $4",
      viewed_from, to_text(kind), first_kept(today), floor, limit);
}

}  // namespace ln::views
