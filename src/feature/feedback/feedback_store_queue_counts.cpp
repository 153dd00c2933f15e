// How many cases the queue has, and who has them in hand.
#include "core/units/units_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_queue_sql.h"
#include "platform/db/db_version.h"
#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

// Each open case falls to one place by the date that counts, and is counted there. The conditions
// are judged outside, so that the limit bounds what is looked at, not what is found.
#define PLACE                                                   \
  "CASE WHEN state = 'asked' THEN 3 WHEN state = 'promised' "   \
  "THEN CASE WHEN promised_on < $5 THEN 1 ELSE 0 END "          \
  "WHEN due_at < $4 THEN 1 WHEN due_at < $6 THEN 2 ELSE 0 END " \
  "+ CASE WHEN state = 'reopened' THEN 4 ELSE 0 END"
#define COUNTED_AMONG(cases, place, whose, more)                         \
  "SELECT place, count(*), sum(counts) FROM (SELECT " PLACE              \
  " AS place, "                                                          \
  "CASE WHEN id > 0 " NOT_ABOUT_OWN OF_ABOUT OF_EVERYBODY more           \
  "THEN 1 ELSE 0 END AS counts FROM " cases "WHERE " IS_OPEN place whose \
  "LIMIT $7) AS looked_at GROUP BY place"
#define COUNTED(place, whose) COUNTED_AMONG("feedback ", place, whose, "")
// That a case stands in the queue at some time at all says by which index to look for it.
#define COUNTED_NARROWED(cases, place, whose)                  \
  COUNTED_AMONG(cases, place, whose "AND " QUEUED_AT " >= 0 ", \
                NARROWED("$10", "$11", "$12", "$13", "$14"))

using CountSql = db::SqlFor<std::string,
                            std::string_view,
                            std::int64_t,
                            Instant,
                            Day,
                            Instant,
                            std::int64_t,
                            std::string,
                            std::string>;
using NarrowedCountSql = db::SqlFor<std::string,
                                    std::string_view,
                                    std::int64_t,
                                    Instant,
                                    Day,
                                    Instant,
                                    std::int64_t,
                                    std::string,
                                    std::string,
                                    std::string_view,
                                    std::int64_t,
                                    std::int64_t,
                                    std::string,
                                    std::int64_t>;

template <class Sql, class... More>
void count_open(
    db::Read& read, Sql sql, const QueueFilter& filter, QueueCounts& counts, const More&... more) {
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
      filter.soon_until, queue_counted_max + 1, first, second, more...);
  counts.is_least = looked_at > queue_counted_max;
}

QueueCounts counted_narrowed(db::Read& read, const QueueFilter& filter) {
  QueueCounts counts;
  const auto count_by = [&](NarrowedCountSql sql) {
    count_open(read, sql, filter, counts, state_word(filter), filter.topic.value,
               flag_of(filter.is_urgent), filter.source, flag_of(filter.is_nobodys));
  };
  switch (way_of(filter)) {
    case Way::urgent:
      count_by(COUNTED_NARROWED("feedback ", IN_SUBTREE_WALKED("$8", "$9"),
                                "AND urgent_at IS NOT NULL "));
      break;
    case Way::officer:
      count_by(COUNTED_NARROWED("feedback ", IN_SUBTREE_WALKED("$8", "$9"), OF_OFFICER));
      break;
    case Way::source:
      count_by(COUNTED_NARROWED(BROUGHT_FROM("$13"), IN_SUBTREE_WALKED("$8", "$9"),
                                "AND id = brought "));
      break;
    case Way::topic:
      count_by(COUNTED_NARROWED("feedback ", IN_SUBTREE_WALKED("$8", "$9"), "AND topic_id = $11 "));
      break;
    case Way::nobodys:
      count_by(
          COUNTED_NARROWED("feedback ", IN_SUBTREE_WALKED("$8", "$9"), "AND officer_id IS NULL "));
      break;
    case Way::walked: count_by(COUNTED_NARROWED("feedback ", IN_SUBTREE("$8", "$9"), "")); break;
  }
  return counts;
}

QueueCounts counted(db::Read& read, const QueueFilter& filter) {
  if (is_narrowed(filter)) return counted_narrowed(read, filter);
  QueueCounts counts;
  if (filter.officer_id != 0)
    count_open(read, CountSql(COUNTED(IN_SUBTREE_WALKED("$8", "$9"), OF_OFFICER)), filter, counts);
  else
    count_open(read, CountSql(COUNTED(IN_SUBTREE("$8", "$9"), "")), filter, counts);
  return counts;
}

// All that the numbers depend on: what is written, who asks for what, and the minute, by which
// cases become overdue.
std::string counts_name(const QueueFilter& filter, std::uint64_t version) {
  std::string name = "queue_counts";
  for (const std::int64_t each :
       {static_cast<std::int64_t>(version), to_ms(filter.now) / 60'000,
        to_ms(filter.soon_until) / 60'000, filter.officer_id, filter.topic.value,
        flag_of(filter.is_urgent), flag_of(filter.is_nobodys)})
    name += '/' + std::to_string(each);
  name.append("/").append(about_of(filter)).append("/").append(state_word(filter)).append("/");
  return name.append(filter.source).append("/").append(filter.top).append(filter.own);
}

}  // namespace

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
