// The queue of an office: what is open by due date, what is over newest first.
//
// In all statements $1 holds the officer's own units, each between commas. The unit that handles a
// case is struck out of it, and what is left must not begin with the unit complained about: the
// same as may_see().
//
// Each statement comes in three ways, so that none reads more than it must: an office with few
// units walks each unit by queued_at() until the page is full, a whole city each state, and
// somebody who asks for their own cases reads those. Columns that must not choose the index are
// written with || '' behind them.
#include <algorithm>
#include <functional>

#include "core/units/units_store.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_row.h"
#include "platform/db/db_version.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

constexpr std::size_t few_units_max = 64;
constexpr std::int64_t longest_pause_ms = 604'800'000;

// As the indexes say it, word for word: that is how an engine knows that it may use them.
#define IS_OPEN \
  "state <> 'answered' AND state <> 'declined' AND state <> 'redirected' AND state <> 'closed' "
// queued_at() in SQL. Offices close ten hours after midnight in UTC, and a pause is a week at most.
#define QUEUED_AT                                                                        \
  "CASE WHEN state = 'promised' AND promised_on IS NOT NULL "                            \
  "THEN promised_on * 86400000 + 36000000 WHEN state = 'asked' THEN due_at + 604800000 " \
  "ELSE due_at END"
#define IS_OVER                                                              \
  "state <> 'received' AND state <> 'accepted' AND state <> 'assigned' AND " \
  "state <> 'asked' AND state <> 'promised' AND state <> 'reopened' "
#define IN_SUBTREE(first, end) "AND unit_path >= " first " AND unit_path < " end " "
#define IN_SUBTREE_WALKED(first, end) \
  "AND unit_path || '' >= " first " AND unit_path || '' < " end " "
#define NOT_ABOUT_OWN                                                                           \
  "AND (about <> 'conduct' OR object_path IS NULL OR replace($1, ',' || unit_path || ',', '') " \
  "  NOT LIKE '%,' || object_path || '%') "
#define OF_ABOUT "AND ($2 = '' OR about = $2) "
#define OF_EVERYBODY "AND ($3 = 0 OR officer_id || '' = $3 || '') "
#define OF_OFFICER "AND officer_id = $3 "
// Said as comparisons: for a list of words SQLite builds an index of them each time.
#define RUNS "state <> 'asked' AND state <> 'promised' "
#define OF_TAB                                               \
  "AND ($4 = 'open' OR ($4 = 'asked' AND state = 'asked') "  \
  "     OR ($4 = 'reopened' AND state = 'reopened') "        \
  "     OR ($4 = 'overdue' AND ((" RUNS                      \
  "AND due_at < $5) "                                        \
  "         OR (state = 'promised' AND promised_on < $6))) " \
  "     OR ($4 = 'soon' AND " RUNS "AND due_at >= $5 AND due_at < $7)) "
#define IN_ORDER                                                               \
  "AND " QUEUED_AT " >= $8 AND (" QUEUED_AT " > $8 OR id > $9) AND " QUEUED_AT \
  " <= $10 ORDER BY " QUEUED_AT ", id LIMIT $11"
#define OPEN_PLACES(where, whose) \
  "SELECT " QUEUED_AT             \
  ", id FROM feedback WHERE " IS_OPEN where whose NOT_ABOUT_OWN OF_ABOUT OF_TAB IN_ORDER

std::string_view about_of(const QueueFilter& filter) {
  return filter.about ? to_text(*filter.about) : std::string_view();
}

// Where a page begins and where what the tab shows surely ends.
struct Stretch {
  std::int64_t from, from_id, until, limit;
};
Stretch stretch_of(const QueueFilter& filter) {
  Stretch out{.from = filter.after_at,
              .from_id = filter.after_id,
              .until = end_of_time,
              .limit = std::clamp<std::int64_t>(filter.limit, 1, queue_looked_at_max)};
  if (filter.tab == Tab::soon) out.until = to_ms(filter.soon_until);
  if (filter.tab == Tab::overdue)
    out.until = to_ms(at_local(local_day(filter.now) + std::chrono::days(1)));
  if (filter.tab == Tab::soon && out.from < to_ms(filter.now)) {
    out.from = to_ms(filter.now);
    out.from_id = 0;
  }
  return out;
}

using Place = std::pair<std::int64_t, std::int64_t>;  // queued_at, id

// The places that `sql` finds; what it asks for beside the filter stands in `more`.
template <class Sql, class... More>
void find_places(db::Read& read,
                 Sql sql,
                 const QueueFilter& filter,
                 std::vector<Place>& places,
                 const More&... more) {
  const Stretch stretch = stretch_of(filter);
  read.each(
      sql, [&](const db::Row& row) { places.emplace_back(row.integer(0), row.integer(1)); },
      filter.own, about_of(filter), filter.officer_id, to_text(filter.tab), filter.now,
      local_day(filter.now), filter.soon_until, stretch.from, stretch.from_id, stretch.until,
      stretch.limit, more...);
}

// The first of them all.
std::vector<Feedback> cases_at(db::Read& read,
                               const QueueFilter& filter,
                               std::vector<Place> places) {
  std::ranges::sort(places);
  if (const std::int64_t limit = stretch_of(filter).limit; std::ssize(places) > limit)
    places.resize(static_cast<std::size_t>(limit));
  std::vector<Feedback> found;
  for (const auto& [at, id] : places)
    if (auto row = find(read, FeedbackId{id})) found.push_back(*std::move(row));
  return found;
}

using OpenSql = db::SqlFor<std::string,
                           std::string_view,
                           std::int64_t,
                           std::string_view,
                           Instant,
                           Day,
                           Instant,
                           std::int64_t,
                           std::int64_t,
                           std::int64_t,
                           std::int64_t,
                           std::string,
                           std::string>;
using OpenOfSql = db::SqlFor<std::string,
                             std::string_view,
                             std::int64_t,
                             std::string_view,
                             Instant,
                             Day,
                             Instant,
                             std::int64_t,
                             std::int64_t,
                             std::int64_t,
                             std::int64_t,
                             std::string>;

using OpenInStateSql = db::SqlFor<std::string,
                                  std::string_view,
                                  std::int64_t,
                                  std::string_view,
                                  Instant,
                                  Day,
                                  Instant,
                                  std::int64_t,
                                  std::int64_t,
                                  std::int64_t,
                                  std::int64_t,
                                  std::string,
                                  std::string,
                                  std::string>;

std::vector<Feedback> open_of_officer(db::Read& read, const QueueFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.top);
  std::vector<Place> places;
  find_places(read, OpenSql(OPEN_PLACES(IN_SUBTREE_WALKED("$12", "$13"), OF_OFFICER)), filter,
              places, first, second);
  return cases_at(read, filter, std::move(places));
}

// One unit after the other, each by its own stretch of the index.
std::vector<Feedback> open_in_offices(db::Read& read,
                                      const QueueFilter& filter,
                                      const std::vector<std::string>& offices) {
  std::vector<Place> places;
  for (const std::string& path : offices)
    find_places(read, OpenOfSql(OPEN_PLACES("AND unit_path = $12 ", OF_EVERYBODY)), filter, places,
                path);
  return cases_at(read, filter, std::move(places));
}

// The states a tab may show.
std::vector<State> states_of(Tab tab) {
  switch (tab) {
    case Tab::asked: return {State::asked};
    case Tab::reopened: return {State::reopened};
    case Tab::soon: return {State::received, State::accepted, State::assigned, State::reopened};
    case Tab::overdue:
      return {State::received, State::accepted, State::assigned, State::reopened, State::promised};
    default:
      return {State::received, State::accepted, State::assigned,
              State::reopened, State::promised, State::asked};
  }
}

// One state after the other, each by its own stretch of the index.
std::vector<Feedback> open_in_city(db::Read& read, const QueueFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.top);
  std::vector<Place> places;
  for (const State state : states_of(filter.tab))
    find_places(read,
                OpenInStateSql(
                    OPEN_PLACES("AND state = $14 " IN_SUBTREE_WALKED("$12", "$13"), OF_EVERYBODY)),
                filter, places, first, second, std::string(to_text(state)));
  return cases_at(read, filter, std::move(places));
}

#define OVER_CASES       \
  NOT_ABOUT_OWN OF_ABOUT \
      "AND held_as IS NULL AND ($3 = 0 OR officer_id = $3) AND id < $4 ORDER BY id DESC LIMIT $5"

// One office after the other, each from its own index; then the newest of all.
std::vector<Feedback> over_in_offices(db::Read& read,
                                      const QueueFilter& filter,
                                      const std::vector<std::string>& offices,
                                      std::int64_t before,
                                      std::int64_t limit) {
  std::vector<std::int64_t> ids;
  for (const std::string& path : offices)
    read.each(
        "SELECT id FROM feedback WHERE " IS_OVER "AND unit_path = $6 " OVER_CASES,
        [&](const db::Row& row) { ids.push_back(row.integer(0)); }, filter.own, about_of(filter),
        filter.officer_id, before, limit, path);
  std::ranges::sort(ids, std::greater());
  if (static_cast<std::int64_t>(ids.size()) > limit) ids.resize(static_cast<std::size_t>(limit));
  std::vector<Feedback> found;
  for (const std::int64_t id : ids)
    if (auto row = find(read, FeedbackId{id})) found.push_back(*std::move(row));
  return found;
}

std::vector<Feedback> over_cases(db::Read& read, const QueueFilter& filter) {
  const std::int64_t before = filter.after_id == 0 ? end_of_time : filter.after_id;
  const std::int64_t limit = std::clamp<std::int64_t>(filter.limit, 1, queue_looked_at_max);
  const auto offices = units::paths_in(read, filter.top, few_units_max + 1);
  if (offices.size() <= few_units_max) return over_in_offices(read, filter, offices, before, limit);
  const auto [first, second] = units::subtree_range(filter.top);
  return read.all("SELECT * FROM feedback WHERE " IS_OVER IN_SUBTREE_WALKED("$6", "$7") OVER_CASES,
                  feedback_from_row, filter.own, about_of(filter), filter.officer_id, before, limit,
                  first, second);
}

// Each open case falls to one place by the date that counts, and is counted there. The conditions
// are judged outside, so that the limit bounds what is looked at, not what is found.
#define PLACE                                                   \
  "CASE WHEN state = 'asked' THEN 3 WHEN state = 'promised' "   \
  "THEN CASE WHEN promised_on < $5 THEN 1 ELSE 0 END "          \
  "WHEN due_at < $4 THEN 1 WHEN due_at < $6 THEN 2 ELSE 0 END " \
  "+ CASE WHEN state = 'reopened' THEN 4 ELSE 0 END"
#define COUNTED(place, whose)                               \
  "SELECT place, count(*), sum(counts) FROM (SELECT " PLACE \
  " AS place, "                                             \
  "CASE WHEN id > 0 " NOT_ABOUT_OWN OF_ABOUT OF_EVERYBODY   \
  "THEN 1 ELSE 0 END AS counts FROM feedback "              \
  "WHERE " IS_OPEN place whose "LIMIT $7) AS looked_at GROUP BY place"

using CountSql = db::SqlFor<std::string,
                            std::string_view,
                            std::int64_t,
                            Instant,
                            Day,
                            Instant,
                            std::int64_t,
                            std::string,
                            std::string>;

void count_open(db::Read& read, CountSql sql, const QueueFilter& filter, QueueCounts& counts) {
  const auto [first, second] = units::subtree_range(filter.top);
  std::int64_t looked_at = 0;
  const auto add = [&](Tab tab, std::int64_t count) {
    counts.of_tab[static_cast<std::size_t>(tab)] += count;
  };
  read.each(
      sql,
      [&](const db::Row& row) {
        const std::int64_t place = row.integer(0), count = row.integer(2);
        looked_at += row.integer(1);
        add(Tab::open, count);
        if (place % 4 == 1) add(Tab::overdue, count);
        if (place % 4 == 2) add(Tab::soon, count);
        if (place % 4 == 3) add(Tab::asked, count);
        if (place >= 4) add(Tab::reopened, count);
      },
      filter.own, about_of(filter), filter.officer_id, filter.now, local_day(filter.now),
      filter.soon_until, queue_counted_max + 1, first, second);
  counts.is_least = looked_at > queue_counted_max;
}

QueueCounts counted(db::Read& read, const QueueFilter& filter) {
  QueueCounts counts;
  if (filter.officer_id != 0)
    count_open(read, COUNTED(IN_SUBTREE_WALKED("$8", "$9"), OF_OFFICER), filter, counts);
  else
    count_open(read, COUNTED(IN_SUBTREE("$8", "$9"), ""), filter, counts);
  return counts;
}

// All that the numbers depend on: what is written, who asks for what, and the minute, by which
// cases become overdue.
std::string counts_name(const QueueFilter& filter, std::uint64_t version) {
  std::string name = "queue_counts";
  for (const std::int64_t each : {static_cast<std::int64_t>(version), to_ms(filter.now) / 60'000,
                                  to_ms(filter.soon_until) / 60'000, filter.officer_id})
    name += '/' + std::to_string(each);
  return name.append("/").append(about_of(filter)).append(filter.top).append(filter.own);
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
    return to_ms(promise_ends_at(*feedback.promised_on, feedback.hours));
  return to_ms(feedback.due_at) + (feedback.state == State::asked ? longest_pause_ms : 0);
}

std::vector<Feedback> queue(db::Read& read, const QueueFilter& filter) {
  if (filter.tab == Tab::over) return over_cases(read, filter);
  if (filter.officer_id != 0) return open_of_officer(read, filter);
  const auto offices = units::paths_in(read, filter.top, few_units_max + 1);
  return offices.size() <= few_units_max ? open_in_offices(read, filter, offices)
                                         : open_in_city(read, filter);
}

std::vector<Workload> workloads(db::Read& read, const QueueFilter& filter) {
  constexpr std::int64_t looked_at_max = 20'000;
  const auto [first, second] = units::subtree_range(filter.top);
  return read.all(
      "SELECT officer, count(*), sum(late), sum(soon) FROM (SELECT coalesce(officer_id, 0) AS "
      "officer, "
      "CASE WHEN state = 'asked' THEN 0 WHEN state = 'promised' "
      "THEN CASE WHEN promised_on < $3 THEN 1 ELSE 0 END "
      "WHEN due_at < $2 THEN 1 ELSE 0 END AS late, "
      "CASE WHEN " RUNS
      "AND due_at >= $2 AND due_at < $4 THEN 1 ELSE 0 END AS soon "
      "FROM feedback WHERE " IS_OPEN IN_SUBTREE("$5", "$6") NOT_ABOUT_OWN
      "LIMIT $7) AS looked_at GROUP BY officer ORDER BY count(*) DESC, officer",
      [](const db::Row& row) {
        return Workload{row.integer(0), row.integer(1), row.integer(2), row.integer(3)};
      },
      filter.own, filter.now, local_day(filter.now), filter.soon_until, first, second,
      looked_at_max);
}

QueueCounts queue_counts(db::Read& read, const QueueFilter& filter) {
  // Looking at a thousand open cases costs more than all the rest of the page, and the officers of
  // an office ask for the same numbers.
  const auto version = db::version_of(read);
  if (!version) return counted(read, filter);
  return db::recent(read, counts_name(filter, *version), [&] { return counted(read, filter); });
}

}  // namespace ln::feedback
