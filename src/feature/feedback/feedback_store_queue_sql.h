// The words of the queue's statements, for the wings of its store: one meaning, one text.
//
// In all statements $1 holds the officer's own units, each between commas. The unit that handles a
// case is struck out of it, and what is left must not begin with the unit complained about: the
// same as may_see(). Columns that must not choose the index are written with || '' behind them.
#pragma once

#include <string_view>

#include "feature/feedback/feedback_store_lists.h"

namespace ln::feedback {

inline constexpr std::size_t few_units_max = 64;

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

// What narrows the queue further, by the numbers of its parameters.
#define NARROWED(state_is, topic_is, urgent_is, source_is, nobodys_is)                            \
  "AND (" state_is " = '' OR state = " state_is ") AND (" topic_is " = 0 OR topic_id = " topic_is \
  ") AND (" urgent_is                                                                             \
  " = 0 OR urgent_at IS NOT NULL) "                                                               \
  "AND (" nobodys_is " = 0 OR officer_id IS NULL) AND (" source_is                                \
  " = '' OR EXISTS (SELECT 1 FROM feedback_foreign x WHERE x.feedback_id = feedback.id "          \
  "AND x.source = " source_is ")) "
#define NARROWED_PLACES(where) \
  OPEN_PLACES(where NARROWED("$14", "$15", "$16", "$17", "$18"), OF_EVERYBODY)
// The newest that were brought in from one system; each is looked up, whatever has become of it.
// 5000: brought_looked_at_max, which a literal cannot name.
#define BROUGHT_FROM(source_is)                                                    \
  "(SELECT feedback_id AS brought FROM feedback_foreign WHERE source = " source_is \
  " ORDER BY feedback_id DESC LIMIT 5000) AS newest CROSS JOIN feedback "
#define BROUGHT_PLACES                                                                  \
  "SELECT " QUEUED_AT                                                                   \
  ", id FROM " BROUGHT_FROM("$17") "WHERE id = brought AND " IS_OPEN IN_SUBTREE_WALKED( \
      "$12", "$13") NARROWED("$14", "$15", "$16", "$17", "$18")                         \
      OF_EVERYBODY NOT_ABOUT_OWN OF_ABOUT OF_TAB IN_ORDER

inline std::string_view about_of(const QueueFilter& filter) {
  return filter.about ? to_text(*filter.about) : std::string_view();
}

// By which index a narrower question walks: the one that leaves out most.
enum class Way : std::uint8_t { urgent, officer, source, topic, nobodys, walked };
inline Way way_of(const QueueFilter& filter) {
  if (filter.is_urgent) return Way::urgent;
  if (filter.officer_id != 0) return Way::officer;
  if (!filter.source.empty()) return Way::source;
  if (filter.topic.value != 0) return Way::topic;
  return filter.is_nobodys ? Way::nobodys : Way::walked;
}

inline std::int64_t flag_of(bool is) { return is ? 1 : 0; }
inline std::string_view state_word(const QueueFilter& filter) {
  return filter.state ? to_text(*filter.state) : std::string_view();
}

}  // namespace ln::feedback
