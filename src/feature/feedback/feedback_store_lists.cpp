#include "feature/feedback/feedback_store_lists.h"

#include <algorithm>
#include <functional>

#include "core/units/units_store.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

// So many offices a subtree may have to be walked one by one.
constexpr std::size_t walks_max = 64;

using Ids = std::vector<std::int64_t>;

// The first `limit` of them, newest first.
Ids newest_of(Ids ids, std::int64_t limit) {
  std::ranges::sort(ids, std::greater());
  if (static_cast<std::int64_t>(ids.size()) > limit) ids.resize(static_cast<std::size_t>(limit));
  return ids;
}

Ids ids_in_offices(db::Read& read,
                   const std::vector<std::string>& offices,
                   const RegisterFilter& filter,
                   std::int64_t before,
                   std::int64_t limit) {
  Ids ids;
  for (const std::string& path : offices)
    read.each(
        "SELECT id FROM feedback WHERE published_at IS NOT NULL AND unit_path = $1 AND id < $2 "
        "AND ($3 = '' OR state = $3) AND ($4 = '' OR about = $4) AND ($5 = '' OR kind = $5) "
        "ORDER BY id DESC LIMIT $6",
        [&](const db::Row& row) { ids.push_back(row.integer(0)); }, path, before,
        any_or(filter.state), any_or(filter.about), any_or(filter.kind), limit);
  return ids;
}

// The words a filter lets through: the one it names, or all.
template <class T, class List>
std::vector<T> each_of(const std::optional<T>& chosen, const List& all) {
  if (chosen) return {*chosen};
  return {all.begin(), all.end()};
}

Ids ids_by_words(db::Read& read,
                 std::string_view top,
                 const RegisterFilter& filter,
                 std::int64_t before,
                 std::int64_t limit) {
  const auto [first, second] = units::subtree_range(top);
  Ids ids;
  for (const About about : each_of(filter.about, all_abouts))
    for (const Kind kind : each_of(filter.kind, all_kinds))
      for (const State state : each_of(filter.state, all_states))
        read.each(
            "SELECT id FROM feedback WHERE published_at IS NOT NULL AND about = $1 AND kind = $2 "
            "AND state = $3 AND id < $4 AND ($5 = '' OR (unit_path >= $6 AND unit_path < $7)) "
            "ORDER BY id DESC LIMIT $8",
            [&](const db::Row& row) { ids.push_back(row.integer(0)); }, to_text(about),
            to_text(kind), to_text(state), before, top, first, second, limit);
  return ids;
}

}  // namespace

// Every statement below walks one index in the order of the page and stops when the page is full.
// A filter that few cases pass would make one walk long, so it is split into many short ones: one
// for each office of a small subtree, one for each combination of the filters' words.
std::vector<std::int64_t> published_ids(db::Read& read, const RegisterFilter& filter) {
  const std::int64_t before = filter.before == 0 ? end_of_time : filter.before;
  const std::int64_t limit = std::clamp<std::int64_t>(filter.limit, 1, list_count_max + 1);
  // Everything is within the city.
  const std::string top = units::is_top(filter.unit_path) ? "" : filter.unit_path;
  const auto offices =
      top.empty() ? std::vector<std::string>() : units::paths_in(read, top, walks_max + 1);
  if (!offices.empty() && offices.size() <= walks_max)
    return newest_of(ids_in_offices(read, offices, filter, before, limit), limit);
  if (filter.state || filter.about || filter.kind)
    return newest_of(ids_by_words(read, top, filter, before, limit), limit);
  const auto [first, second] = units::subtree_range(top);
  return read.all(
      "SELECT id FROM feedback WHERE published_at IS NOT NULL AND id < $1 "
      "AND ($2 = '' OR (unit_path >= $3 AND unit_path < $4)) ORDER BY id DESC LIMIT $5",
      [](const db::Row& row) { return row.integer(0); }, before, top, first, second, limit);
}

std::vector<Feedback> published(db::Read& read, const RegisterFilter& filter) {
  std::vector<Feedback> found;
  for (const std::int64_t id : published_ids(read, filter))
    if (auto row = find(read, FeedbackId{id})) found.push_back(*std::move(row));
  return found;
}

std::vector<FeedbackId> most_viewed(db::Read& read, Instant since, std::int64_t limit) {
  return read.all(
      "SELECT id FROM feedback WHERE published_at IS NOT NULL AND published_at >= $1 "
      "AND about <> 'conduct' AND view_count > 0 ORDER BY view_count DESC, id DESC LIMIT $2",
      [](const db::Row& row) { return row.id<FeedbackId>(0); }, since, limit);
}

}  // namespace ln::feedback
