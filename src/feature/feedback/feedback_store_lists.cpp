#include "feature/feedback/feedback_store_lists.h"

#include <algorithm>

#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

// `text` of an optional filter: empty means any, and the statement says so.
template <class T>
std::string_view any_or(const std::optional<T>& value) {
  return value ? to_text(*value) : std::string_view();
}

constexpr std::int64_t end_of_time = 9'000'000'000'000'000;

// What queue() and queued_at() add: to the number of a day promised, and to the due date of a case
// that waits for the citizen.
constexpr std::int64_t day_ms = 86'400'000, longest_pause_ms = 7 * day_ms;
std::int64_t promise_ends_ms() { return to_ms(promise_ends_at(Day{})); }

bool passes(const Feedback& f, const RegisterFilter& filter) {
  if (!f.published_at) return false;
  if (!filter.unit_path.empty() && !units::is_within(f.unit_path, filter.unit_path)) return false;
  if (filter.state && f.state != *filter.state) return false;
  if (filter.about && f.about != *filter.about) return false;
  return !filter.kind || f.kind == *filter.kind;
}

}  // namespace

std::string_view to_text(Tab tab) {
  switch (tab) {
    case Tab::open: return "open";
    case Tab::overdue: return "overdue";
    case Tab::soon: return "soon";
    case Tab::asked: return "asked";
    case Tab::reopened: return "reopened";
    case Tab::over: return "over";
  }
  return "";
}

std::int64_t queued_at(const Feedback& feedback) {
  if (feedback.state == State::promised && feedback.promised_on)
    return to_ms(promise_ends_at(*feedback.promised_on));
  return to_ms(feedback.due_at) + (feedback.state == State::asked ? longest_pause_ms : 0);
}

// In all three statements $3 holds the officer's own units, each between commas. The unit that
// handles a case is struck out of it, and what is left must not begin with the unit complained
// about: the same as may_see().
std::vector<Feedback> queue(db::Read& read, const QueueFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.top);
  const std::int64_t limit = std::clamp<std::int64_t>(filter.limit, 1, list_count_max);
  if (filter.tab == Tab::over)
    return read.all(
        "SELECT * FROM feedback WHERE unit_path >= $1 AND unit_path < $2 "
        "AND (about <> 'conduct' OR object_path IS NULL "
        "  OR replace($3, ',' || unit_path || ',', '') NOT LIKE '%,' || object_path || '%') "
        "AND state IN ('answered','declined','redirected','closed') "
        "AND ($4 = 0 OR officer_id = $4) AND ($5 = '' OR about = $5) "
        "AND id < $6 ORDER BY id DESC LIMIT $7",
        feedback_from_row, first, second, filter.own, filter.officer_id, any_or(filter.about),
        filter.after_id == 0 ? end_of_time : filter.after_id, limit);
  return read.all(
      "SELECT * FROM (SELECT feedback.*, CASE "
      "  WHEN state = 'promised' AND promised_on IS NOT NULL THEN promised_on * $13 + $14 "
      "  WHEN state = 'asked' THEN due_at + $15 ELSE due_at END AS queued_at "
      "FROM feedback WHERE unit_path >= $1 AND unit_path < $2 "
      "AND (about <> 'conduct' OR object_path IS NULL "
      "  OR replace($3, ',' || unit_path || ',', '') NOT LIKE '%,' || object_path || '%') "
      "AND state IN ('received','accepted','assigned','asked','promised','reopened') "
      "AND ($4 = 0 OR officer_id = $4) AND ($5 = '' OR about = $5) "
      "AND ($6 = 'open' OR ($6 = 'asked' AND state = 'asked') "
      "     OR ($6 = 'reopened' AND state = 'reopened') "
      "     OR ($6 = 'overdue' AND ((state NOT IN ('asked','promised') AND due_at < $7) "
      "         OR (state = 'promised' AND promised_on < $12))) "
      "     OR ($6 = 'soon' AND state NOT IN ('asked','promised') AND due_at >= $7 "
      "         AND due_at < $8)) "
      ") AS queued WHERE queued_at > $9 OR (queued_at = $9 AND id > $10) "
      "ORDER BY queued_at, id LIMIT $11",
      feedback_from_row, first, second, filter.own, filter.officer_id, any_or(filter.about),
      to_text(filter.tab), filter.now, filter.soon_until, filter.after_at, filter.after_id, limit,
      local_day(filter.now), day_ms, promise_ends_ms(), longest_pause_ms);
}

std::vector<std::int64_t> queue_counts(db::Read& read, const QueueFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.top);
  std::vector<std::int64_t> counts(all_tabs.size(), 0);
  const auto count_into = [&](const db::Row& row) {
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = row.integer(static_cast<int>(i));
  };
  read.each(
      "SELECT coalesce(sum(CASE WHEN state IN "
      "  ('received','accepted','assigned','asked','promised','reopened') THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN (state IN ('received','accepted','assigned','reopened') "
      "  AND due_at < $6) OR (state = 'promised' AND promised_on < $8) THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN state IN ('received','accepted','assigned','reopened') "
      "  AND due_at >= $6 AND due_at < $7 THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN state = 'asked' THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN state = 'reopened' THEN 1 ELSE 0 END), 0), "
      "coalesce(sum(CASE WHEN state IN ('answered','declined','redirected','closed') "
      "  THEN 1 ELSE 0 END), 0) "
      "FROM feedback WHERE unit_path >= $1 AND unit_path < $2 "
      "AND (about <> 'conduct' OR object_path IS NULL "
      "  OR replace($3, ',' || unit_path || ',', '') NOT LIKE '%,' || object_path || '%') "
      "AND ($4 = 0 OR officer_id = $4) AND ($5 = '' OR about = $5)",
      count_into, first, second, filter.own, filter.officer_id, any_or(filter.about), filter.now,
      filter.soon_until, local_day(filter.now));
  return counts;
}

std::vector<Feedback> published(db::Read& read, const RegisterFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.unit_path);
  return read.all(
      "SELECT * FROM feedback WHERE published_at IS NOT NULL AND id < $1 "
      "AND ($2 = '' OR (unit_path >= $3 AND unit_path < $4)) AND ($5 = '' OR state = $5) "
      "AND ($6 = '' OR about = $6) AND ($7 = '' OR kind = $7) ORDER BY id DESC LIMIT $8",
      feedback_from_row, filter.before == 0 ? end_of_time : filter.before, filter.unit_path, first,
      second, any_or(filter.state), any_or(filter.about), any_or(filter.kind),
      std::clamp<std::int64_t>(filter.limit, 1, list_count_max + 1));
}

std::vector<Feedback> published_among(db::Read& read,
                                      const std::vector<std::int64_t>& ids,
                                      const RegisterFilter& filter) {
  std::vector<Feedback> found;
  for (const std::int64_t id : ids) {
    if (static_cast<std::int64_t>(found.size()) >= filter.limit) break;
    auto row = read.one("SELECT * FROM feedback WHERE id = $1", feedback_from_row, id);
    if (row && passes(*row, filter)) found.push_back(*std::move(row));
  }
  return found;
}

std::vector<Feedback> most_viewed(db::Read& read, Instant since, std::int64_t limit) {
  return read.all(
      "SELECT * FROM feedback WHERE published_at IS NOT NULL AND published_at >= $1 "
      "AND about <> 'conduct' AND view_count > 0 ORDER BY view_count DESC, id DESC LIMIT $2",
      feedback_from_row, since, limit);
}

std::vector<Feedback> recently_solved(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT * FROM feedback WHERE published_at IS NOT NULL AND state = 'closed' "
      "AND closed_by = 'citizen' AND about <> 'conduct' ORDER BY closed_at DESC, id DESC LIMIT $1",
      feedback_from_row, limit);
}

}  // namespace ln::feedback
