#include "feature/feedback/feedback_store_escalation.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>

#include "core/units/units_store.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

// As the index feedback_by_open says it, word for word.
#define IS_OPEN                                                    \
  "feedback.state <> 'answered' AND feedback.state <> 'declined' " \
  "AND feedback.state <> 'redirected' AND feedback.state <> 'closed' "
#define WAITS_UNTIL                                                                      \
  "CASE WHEN state = 'promised' AND promised_on IS NOT NULL "                            \
  "THEN promised_on * 86400000 + 36000000 WHEN state = 'asked' THEN due_at + 604800000 " \
  "ELSE due_at END"

constexpr std::array late_states = {State::received, State::accepted, State::assigned,
                                    State::reopened, State::promised};

}  // namespace

// One state after the other, each by its own stretch of the index; then the first of all.
std::vector<Feedback> late_below(db::Read& read, const LateFilter& filter) {
  std::vector<std::pair<std::int64_t, std::int64_t>> places;
  for (const State state : late_states)
    read.each(
        "SELECT due_at, id FROM feedback WHERE " IS_OPEN "AND state = $1 AND " WAITS_UNTIL
        " >= $2 AND " WAITS_UNTIL
        " <= $3 AND erased_at IS NULL AND (is_protected = 0 OR $4 = 1) AND NOT EXISTS (SELECT 1 "
        "FROM feedback_escalation e "
        "WHERE e.feedback_id = feedback.id AND e.rung = $5 AND e.due_at = feedback.due_at) "
        "ORDER BY " WAITS_UNTIL ", id LIMIT $6",
        [&](const db::Row& row) { places.emplace_back(row.integer(0), row.integer(1)); },
        to_text(state), filter.from, filter.until, filter.with_protected, filter.rung,
        filter.limit);
  std::ranges::sort(places);
  if (static_cast<std::int64_t>(places.size()) > filter.limit)
    places.resize(static_cast<std::size_t>(filter.limit));
  std::vector<Feedback> found;
  for (const auto& [at, id] : places)
    if (auto row = find(read, FeedbackId{id})) found.push_back(*std::move(row));
  return found;
}

bool is_on_rung(db::Read& read, FeedbackId id, std::int64_t rung, Instant due_at) {
  return read
      .one(
          "SELECT 1 FROM feedback_escalation WHERE feedback_id = $1 AND rung = $2 AND due_at = $3",
          [](const db::Row& row) { return row.integer(0); }, id, rung, due_at)
      .has_value();
}

void insert_escalation(db::Write& write, const Escalation& escalation, std::string_view to_path) {
  write.run(
      "INSERT INTO feedback_escalation (feedback_id, rung, due_at, at, from_unit_id, to_unit_id, "
      "to_path) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      escalation.feedback, escalation.rung, escalation.due_at, escalation.at, escalation.from,
      escalation.to, to_path);
}

namespace {

constexpr std::size_t few_units_max = 64;

Escalation escalation_from(const db::Row& row) {
  return {.id = row.integer(0),
          .feedback = row.id<FeedbackId>(1),
          .rung = row.integer(2),
          .due_at = row.instant(3),
          .at = row.instant(4),
          .from = row.id<units::UnitId>(5),
          .to = row.id<units::UnitId>(6)};
}

// An office with few units reads what was put before each; for a whole city, before which most is
// put, all are walked from the newest on until the page is full.
#define PUT_BEFORE(place)                                                                \
  "SELECT e.id, e.feedback_id, e.rung, e.due_at, e.at, e.from_unit_id, e.to_unit_id "    \
  "FROM feedback_escalation e JOIN feedback ON feedback.id = e.feedback_id WHERE " place \
  "AND e.rung = $1 AND e.id < $2 AND " IS_OPEN                                           \
  "AND feedback.due_at = e.due_at ORDER BY e.id DESC LIMIT $3"

}  // namespace

std::vector<PutUp> put_before(db::Read& read,
                              std::string_view top,
                              std::int64_t rung,
                              std::int64_t before,
                              std::int64_t limit) {
  if (before == 0) before = end_of_time;
  std::vector<Escalation> escalations;
  const auto add = [&](const db::Row& row) { escalations.push_back(escalation_from(row)); };
  const auto offices = units::paths_in(read, top, few_units_max + 1);
  if (offices.size() <= few_units_max) {
    for (const std::string& path : offices)
      read.each(PUT_BEFORE("e.to_path = $4 "), add, rung, before, limit, path);
  } else {
    const auto [first, second] = units::subtree_range(top);
    read.each(PUT_BEFORE("e.to_path || '' >= $4 AND e.to_path || '' < $5 "), add, rung, before,
              limit, first, second);
  }
  std::ranges::sort(escalations, std::greater(), &Escalation::id);
  if (std::ssize(escalations) > limit) escalations.resize(static_cast<std::size_t>(limit));
  std::vector<PutUp> found;
  for (const Escalation& each : escalations)
    if (auto row = find(read, each.feedback)) found.push_back({each, *std::move(row)});
  return found;
}

}  // namespace ln::feedback
