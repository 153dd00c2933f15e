#include "feature/insight/insight_store_signal.h"

#include <cmath>
#include <map>
#include <utility>

#include "core/units/units_store.h"
#include "feature/insight/insight_store_signal_rooms.h"

namespace ln::insight {
namespace {

std::int64_t millionths(double value) { return std::llround(value * 1e6); }
double from_millionths(std::int64_t value) { return static_cast<double>(value) / 1e6; }
Day day_from(std::int64_t number) { return Day(std::chrono::days(number)); }

AnsweredCase answered_from(const db::Row& row) {
  return {.id = row.integer(1),
          .received = row.instant(2),
          .first_due = row.instant(3),
          .first_answered = row.instant(4),
          .answered = row.instant(5),
          .question_chars = row.integer(6),
          .has_files = row.integer(9) > 0,
          .transfer_count = static_cast<int>(row.integer(7)),
          .was_rated = row.integer(8) > 0,
          .outcome = row.text(11),
          .answer = row.text(10)};
}

KeptSignal signal_from(const db::Row& row) {
  KeptSignal kept;
  kept.id = row.id<SignalId>(0);
  kept.unit = row.id<units::UnitId>(1);
  kept.unit_path = row.text(2);
  kept.month = day_from(row.integer(3));
  const auto kind = formality_of(row.view(4));
  if (!kind) throw db::Failure("unknown kind of a signal");
  kept.kind = *kind;
  kept.part = row.integer(5);
  kept.whole = row.integer(6);
  kept.observed = from_millionths(row.integer(7));
  kept.expected = from_millionths(row.integer(8));
  kept.size_min = from_millionths(row.integer(9));
  kept.p_value = from_millionths(row.integer(10));
  kept.found_at = row.instant(11);
  return kept;
}

// With the number of the unit. What is kept of a survey are totals (decision 37).
std::vector<std::pair<std::int64_t, ClosedSurvey>> closed_surveys(db::Read& read,
                                                                  Instant from,
                                                                  Instant to) {
  std::vector<std::pair<std::int64_t, ClosedSurvey>> all;
  read.each(
      "SELECT s.unit_id, s.id, s.opens_on, s.closes_on, r.most_in_a_minute, r.answers "
      "FROM survey s JOIN survey_rush r ON r.survey_id = s.id "
      "WHERE s.stage = 'closed' AND s.closed_at >= $1 AND s.closed_at < $2 ORDER BY s.id",
      [&](const db::Row& row) {
        all.emplace_back(row.integer(0), ClosedSurvey{.id = row.integer(1),
                                                      .opens = row.day(2),
                                                      .closes = row.day(3),
                                                      .most_in_a_minute = row.integer(4),
                                                      .by_slip = row.integer(5)});
      },
      from, to);
  for (auto& [unit, survey] : all) {
    std::map<std::int64_t, ClosedSurvey::Cluster> clusters;
    read.each(
        "SELECT number, size FROM survey_cluster WHERE survey_id = $1 AND is_drawn = 1",
        [&](const db::Row& row) { clusters[row.integer(0)].planned = row.integer(1); }, survey.id);
    read.each(
        "SELECT way, cluster, answers, scored, total FROM survey_score WHERE survey_id = $1",
        [&](const db::Row& row) {
          const ClosedSurvey::Scores scores{row.integer(3), row.integer(4)};
          const auto add = [&](ClosedSurvey::Scores& to_scores) {
            to_scores.people += scores.people;
            to_scores.sum += scores.sum;
          };
          if (row.view(0) == "kiosk" || row.view(0) == "clerk") add(survey.seen);
          if (row.view(0) != "slip") return;
          add(survey.slips);
          const auto cluster = clusters.find(row.integer(1));
          if (cluster == clusters.end()) return;
          cluster->second.answers += row.integer(2);
          add(cluster->second.scores);
        },
        survey.id);
    for (const auto& [number, cluster] : clusters) survey.clusters.push_back(cluster);
  }
  return all;
}

}  // namespace

std::vector<UnitMonth> read_unit_months(db::Read& read, const Period& month) {
  const Instant from = at_local(month.first), to = at_local(month.next());
  std::map<std::int64_t, UnitMonth> by_unit;
  read.each(
      "SELECT f.unit_id, f.id, f.received_at, f.first_due_at, f.answered_at, f.last_answered_at, "
      "length(f.body), f.transfer_count, "
      "(SELECT count(*) FROM satisfaction_rating r WHERE r.feedback_id = f.id "
      "  AND r.entered_by IS NULL), "
      "(SELECT count(*) FROM attachment a WHERE a.owner_kind = 'feedback_answer' "
      "  AND a.owner_id = f.id AND a.removed_at IS NULL), e.text, e.reason "
      "FROM feedback f JOIN feedback_event e ON e.id = (SELECT max(x.id) FROM feedback_event x "
      "  WHERE x.feedback_id = f.id AND x.event = 'answered') "
      "WHERE f.last_answered_at >= $1 AND f.last_answered_at < $2 AND f.answered_at IS NOT NULL "
      "AND f.about <> 'conduct' AND f.is_protected = 0 AND f.held_as IS NULL "
      "AND f.erased_at IS NULL ORDER BY f.id",
      [&](const db::Row& row) { by_unit[row.integer(0)].answered.push_back(answered_from(row)); },
      from, to);
  read.each(
      "SELECT r.unit_id, r.feedback_id, r.score, r.entered_by, r.first_at, f.last_answered_at "
      "FROM satisfaction_rating r JOIN feedback f ON f.id = r.feedback_id "
      "WHERE r.first_at >= $1 AND r.first_at < $2 AND f.about <> 'conduct' "
      "AND f.is_protected = 0 AND f.held_as IS NULL AND f.erased_at IS NULL "
      "ORDER BY r.feedback_id",
      [&](const db::Row& row) {
        by_unit[row.integer(0)].ratings.push_back({.id = row.integer(1),
                                                   .score = static_cast<int>(row.integer(2)),
                                                   .by_staff = !row.is_null(3),
                                                   .at = row.instant(4),
                                                   .answered = row.maybe_instant(5)});
      },
      from, to);
  for (auto& [unit, survey] : closed_surveys(read, from, to))
    by_unit[unit].surveys.push_back(std::move(survey));
  add_settled(read, month, by_unit);
  add_rooms(read, month, by_unit);
  std::vector<UnitMonth> all;
  for (auto& [id, month_of] : by_unit)
    if (auto unit = units::find(read, units::UnitId{id})) {
      month_of.unit = *std::move(unit);
      all.push_back(std::move(month_of));
    }
  return all;
}

SignalRules signal_rules(db::Read& read) {
  SignalRules rules;
  read.each("SELECT kind, is_on, threshold, part_min, level FROM insight_signal_rule",
            [&](const db::Row& row) {
              if (const auto kind = formality_of(row.view(0)))
                rules[*kind] = {.is_on = row.flag(1),
                                .threshold = row.integer(2),
                                .part_min = row.integer(3),
                                .level = row.integer(4)};
            });
  return rules;
}

void save_rule(
    db::Write& write, Formality kind, const SignalRule& rule, std::int64_t account, Instant now) {
  write.run(
      "INSERT INTO insight_signal_rule (kind, is_on, threshold, part_min, level, changed_at, "
      "changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (kind) DO UPDATE SET "
      "is_on = excluded.is_on, threshold = excluded.threshold, part_min = excluded.part_min, "
      "level = excluded.level, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
      to_text(kind), rule.is_on ? 1 : 0, rule.threshold, rule.part_min, rule.level, now, account);
}

bool is_month_counted(db::Read& read, Day month) { return counted_units(read, month).has_value(); }

std::optional<Day> last_counted(db::Read& read) {
  return read.one("SELECT month FROM insight_signal_month ORDER BY month DESC LIMIT 1",
                  [](const db::Row& row) { return day_from(row.integer(0)); });
}

std::optional<std::int64_t> counted_units(db::Read& read, Day month) {
  return read.one(
      "SELECT unit_count FROM insight_signal_month WHERE month = $1",
      [](const db::Row& row) { return row.integer(0); }, month);
}

bool keep_signals(db::Write& write,
                  const Period& month,
                  std::span<const UnitMonth> units,
                  const std::vector<FoundSignal>& found,
                  Instant now) {
  if (is_month_counted(write, month.first)) return false;
  write.run("INSERT INTO insight_signal_month (month, unit_count, counted_at) VALUES ($1, $2, $3)",
            month.first, static_cast<std::int64_t>(units.size()), now);
  for (const FoundSignal& each : found) {
    const units::Unit& unit = units[each.unit].unit;
    const auto id = write.returning(
        "INSERT INTO insight_signal (unit_id, unit_path, month, kind, part, whole, observed, "
        "expected, size_min, p_value, found_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11) RETURNING id",
        [](const db::Row& row) { return row.integer(0); }, unit.id, unit.path, month.first,
        to_text(each.kind), each.part, each.whole, millionths(each.arithmetic.observed),
        millionths(each.arithmetic.expected), millionths(each.arithmetic.size_min),
        millionths(each.arithmetic.p_value), now);
    for (const std::int64_t feedback : each.cases)
      write.run("INSERT INTO insight_signal_case (signal_id, feedback_id) VALUES ($1, $2)",
                id.value_or(0), feedback);
    for (const HollowThing& thing : each.objects)
      write.run("INSERT INTO insight_signal_object (signal_id, object_id, why) VALUES ($1, $2, $3)",
                id.value_or(0), thing.id, to_text(thing.why));
  }
  return true;
}

std::optional<KeptSignal> find_signal(db::Read& read, SignalId id) {
  return read.one(
      "SELECT id, unit_id, unit_path, month, kind, part, whole, observed, expected, size_min, "
      "p_value, found_at FROM insight_signal WHERE id = $1",
      signal_from, id);
}

std::vector<KeptSignal> signals_within(db::Read& read, std::string_view path, std::int64_t limit) {
  const auto [first, second] = units::subtree_range(path);
  return read.all(
      "SELECT id, unit_id, unit_path, month, kind, part, whole, observed, expected, size_min, "
      "p_value, found_at FROM insight_signal WHERE unit_path >= $1 AND unit_path < $2 "
      "ORDER BY month DESC, unit_path, id LIMIT $3",
      signal_from, first, second, limit);
}

std::vector<SignalCase> cases_of(db::Read& read, SignalId id, std::int64_t limit) {
  return read.all(
      "SELECT f.code, f.state, f.received_at, f.answered_at, f.published_at "
      "FROM insight_signal_case c JOIN feedback f ON f.id = c.feedback_id "
      "WHERE c.signal_id = $1 AND f.about <> 'conduct' AND f.is_protected = 0 "
      "AND f.held_as IS NULL AND f.erased_at IS NULL ORDER BY f.id LIMIT $2",
      [](const db::Row& row) {
        const auto state = feedback::from_word(feedback::all_states, row.view(1));
        if (!state) throw db::Failure("unknown state of a case");
        return SignalCase{.code = row.text(0),
                          .state = *state,
                          .received = row.instant(2),
                          .answered = row.maybe_instant(3),
                          .is_published = !row.is_null(4)};
      },
      id, limit);
}

std::vector<SignalSurvey> surveys_of(db::Read& read, const KeptSignal& signal) {
  const Period month{.span = Span::month, .first = signal.month};
  return read.all(
      "SELECT id, title_vi, title_en, opens_on, closes_on FROM survey WHERE unit_id = $1 "
      "AND stage = 'closed' AND closed_at >= $2 AND closed_at < $3 ORDER BY id",
      [](const db::Row& row) {
        return SignalSurvey{.id = row.integer(0),
                            .title_vi = row.text(1),
                            .title_en = row.text(2),
                            .opens = row.day(3),
                            .closes = row.day(4)};
      },
      signal.unit, at_local(month.first), at_local(month.next()));
}

std::optional<Dispute> find_dispute(db::Read& read, SignalId id) {
  return read.one(
      "SELECT account_id, at, text, decision, decided_by, decided_at, decided_text "
      "FROM insight_signal_dispute WHERE signal_id = $1",
      [&](const db::Row& row) {
        return Dispute{.signal = id,
                       .account_id = row.integer(0),
                       .at = row.instant(1),
                       .text = row.text(2),
                       .decision = row.is_null(3) ? std::nullopt : decision_of(row.view(3)),
                       .decided_by = row.maybe_integer(4).value_or(0),
                       .decided_at = row.maybe_instant(5),
                       .decided_text = row.text(6)};
      },
      id);
}

void insert(db::Write& write, const Dispute& dispute) {
  write.run(
      "INSERT INTO insight_signal_dispute (signal_id, account_id, at, text) "
      "VALUES ($1, $2, $3, $4)",
      dispute.signal, dispute.account_id, dispute.at, dispute.text);
}

bool decide(db::Write& write, const Dispute& decided) {
  if (!decided.decision || !decided.decided_at) return false;
  return 1 == write.run(
                  "UPDATE insight_signal_dispute SET decision = $1, decided_by = $2, "
                  "decided_at = $3, decided_text = $4 WHERE signal_id = $5 AND decision IS NULL",
                  to_text(*decided.decision), decided.decided_by, *decided.decided_at,
                  decided.decided_text, decided.signal);
}

}  // namespace ln::insight
