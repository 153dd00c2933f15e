#include "feature/insight/insight_store_viewed.h"

#include <optional>
#include <utility>

#include "core/views/views_store.h"

namespace ln::insight {
namespace {

std::optional<std::pair<std::string, std::string>> titles_of(db::Read& read,
                                                             views::Kind kind,
                                                             std::int64_t number) {
  const auto both = [](const db::Row& row) { return std::pair(row.text(0), row.text(1)); };
  switch (kind) {
    case views::Kind::consultation:
      return read.one("SELECT title_vi, title_en FROM consultation WHERE id = $1 AND version > 0",
                      both, number);
    case views::Kind::dialogue:
      return read.one("SELECT topic_vi, topic_en FROM dialogue WHERE id = $1", both, number);
    case views::Kind::project:
      return read.one("SELECT name_vi, name_en FROM project WHERE id = $1", both, number);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Looked> looked_at(
    db::Read& read, views::Kind kind, bool lately, Day today, std::int64_t limit) {
  std::vector<Looked> all;
  for (const views::Viewed& each : lately ? views::most_viewed_lately(read, kind, today, limit)
                                          : views::most_viewed(read, kind, limit))
    if (auto titles = titles_of(read, kind, each.number))
      all.push_back({each.number, std::move(titles->first), std::move(titles->second), each.views});
  return all;
}

std::vector<Line> cases_looked_at(db::Read& read, bool lately, Instant now, std::int64_t limit) {
  static_assert(views::floor == 10);  // Written out below, so that the index of the same is used.
  const auto ids =
      lately ? most_viewed(read, now - std::chrono::days(views::days_kept), limit)
             : read.all(
                   "SELECT id FROM feedback WHERE published_at IS NOT NULL AND about <> 'conduct' "
                   "AND view_count >= 10 ORDER BY view_count DESC, id DESC LIMIT $1",
                   [](const db::Row& row) { return row.integer(0); }, limit);
  std::vector<Line> lines = lines_of(read, ids);
  std::erase_if(lines, [](const Line& line) { return line.view_count < views::floor; });
  return lines;
}

}  // namespace ln::insight
