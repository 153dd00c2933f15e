// The queue of an office: what is open by due date, what is over newest first.
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
#include "feature/feedback/feedback_store_queue_sql.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t longest_pause_ms = 604'800'000;

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

using NarrowedSql = db::SqlFor<std::string,
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
                               std::string_view,
                               std::int64_t,
                               std::int64_t,
                               std::string,
                               std::int64_t>;

void find_narrowed(db::Read& read,
                   NarrowedSql sql,
                   const QueueFilter& filter,
                   std::vector<Place>& places,
                   const std::string& first,
                   const std::string& second,
                   std::string_view state) {
  find_places(read, sql, filter, places, first, second, state, filter.topic.value,
              flag_of(filter.is_urgent), filter.source, flag_of(filter.is_nobodys));
}

// Few offices are walked one by one, each by its own stretch of the index; a whole city state by
// state.
void walk_narrowed(db::Read& read, const QueueFilter& filter, std::vector<Place>& places) {
  const auto offices = units::paths_in(read, filter.top, few_units_max + 1);
  if (offices.size() <= few_units_max) {
    for (const std::string& path : offices)
      find_narrowed(read, NARROWED_PLACES("AND unit_path = $12 AND unit_path || '' = $13 "), filter,
                    places, path, path, state_word(filter));
    return;
  }
  const auto [first, second] = units::subtree_range(filter.top);
  for (const State state : states_of(filter.tab))
    if (!filter.state || *filter.state == state)
      find_narrowed(read, NARROWED_PLACES("AND state = $14 " IN_SUBTREE_WALKED("$12", "$13")),
                    filter, places, first, second, to_text(state));
}

std::vector<Feedback> open_narrowed(db::Read& read, const QueueFilter& filter) {
  const auto [first, second] = units::subtree_range(filter.top);
  std::vector<Place> places;
  const auto find_by = [&](NarrowedSql sql) {
    find_narrowed(read, sql, filter, places, first, second, state_word(filter));
  };
  switch (way_of(filter)) {
    case Way::urgent:
      find_by(NARROWED_PLACES("AND urgent_at IS NOT NULL " IN_SUBTREE_WALKED("$12", "$13")));
      break;
    case Way::source: find_by(BROUGHT_PLACES); break;
    case Way::officer:
      find_by(NARROWED_PLACES("AND officer_id = $3 " IN_SUBTREE_WALKED("$12", "$13")));
      break;
    case Way::topic:
      find_by(NARROWED_PLACES("AND topic_id = $15 " IN_SUBTREE_WALKED("$12", "$13")));
      break;
    case Way::nobodys:
      find_by(NARROWED_PLACES("AND officer_id IS NULL " IN_SUBTREE_WALKED("$12", "$13")));
      break;
    default: walk_narrowed(read, filter, places);
  }
  return cases_at(read, filter, std::move(places));
}

#define OVER_CASES       \
  NOT_ABOUT_OWN OF_ABOUT \
      "AND held_as IS NULL AND ($3 = 0 OR officer_id = $3) AND id < $4 ORDER BY id DESC LIMIT $5"

// The same of what is over: of the newest that are looked at.
#define OVER_NARROWED(where)                                                         \
  "SELECT id FROM (SELECT id, state, topic_id, urgent_at, officer_id FROM feedback " \
  "WHERE " IS_OVER where OVER_CASES ") AS feedback WHERE id > 0 " NARROWED(          \
      "$8", "$9", "$10", "$11", "$12") "ORDER BY id DESC LIMIT $13"
using OverSql = db::SqlFor<std::string,
                           std::string_view,
                           std::int64_t,
                           std::int64_t,
                           std::int64_t,
                           std::string,
                           std::string,
                           std::string_view,
                           std::int64_t,
                           std::int64_t,
                           std::string,
                           std::int64_t,
                           std::int64_t>;

std::vector<Feedback> over_narrowed(db::Read& read,
                                    const QueueFilter& filter,
                                    const std::vector<std::string>& offices,
                                    std::int64_t before,
                                    std::int64_t limit) {
  std::vector<std::int64_t> ids;
  // The bound is of the page, however many offices it is walked in.
  const std::int64_t walks =
      offices.size() <= few_units_max ? std::max<std::int64_t>(1, std::ssize(offices)) : 1;
  const std::int64_t looked_at = over_looked_at_max / walks;
  const auto look = [&](OverSql sql, const std::string& first, const std::string& second) {
    read.each(
        sql, [&](const db::Row& row) { ids.push_back(row.integer(0)); }, filter.own,
        about_of(filter), filter.officer_id, before, looked_at, first, second, state_word(filter),
        filter.topic.value, flag_of(filter.is_urgent), filter.source, flag_of(filter.is_nobodys),
        limit);
  };
  if (offices.size() <= few_units_max) {
    for (const std::string& path : offices)
      look(OVER_NARROWED("AND unit_path = $6 AND unit_path || '' = $7 "), path, path);
  } else {
    const auto [first, second] = units::subtree_range(filter.top);
    look(OVER_NARROWED(IN_SUBTREE_WALKED("$6", "$7")), first, second);
  }
  std::ranges::sort(ids, std::greater());
  if (std::ssize(ids) > limit) ids.resize(static_cast<std::size_t>(limit));
  std::vector<Feedback> found;
  for (const std::int64_t id : ids)
    if (auto row = find(read, FeedbackId{id})) found.push_back(*std::move(row));
  return found;
}

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
  if (is_narrowed(filter)) return over_narrowed(read, filter, offices, before, limit);
  if (offices.size() <= few_units_max) return over_in_offices(read, filter, offices, before, limit);
  const auto [first, second] = units::subtree_range(filter.top);
  return read.all("SELECT * FROM feedback WHERE " IS_OVER IN_SUBTREE_WALKED("$6", "$7") OVER_CASES,
                  feedback_from_row, filter.own, about_of(filter), filter.officer_id, before, limit,
                  first, second);
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
  if (is_narrowed(filter)) return open_narrowed(read, filter);
  if (filter.officer_id != 0) return open_of_officer(read, filter);
  const auto offices = units::paths_in(read, filter.top, few_units_max + 1);
  return offices.size() <= few_units_max ? open_in_offices(read, filter, offices)
                                         : open_in_city(read, filter);
}

}  // namespace ln::feedback
