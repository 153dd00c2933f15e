#include "feature/insight/insight_store_signal_rooms.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "feature/emulation/emulation.h"

namespace ln::insight {
namespace {

// From when on something may have its days of grace over in the month.
Instant earliest(const Period& month) {
  return at_local(month.first) - std::chrono::days(threshold_days_max);
}

void add_dialogues(db::Read& read, const Period& month, UnitMonths& by_unit) {
  read.each(
      "SELECT d.unit_id, d.id, e.at, (SELECT count(*) FROM dialogue_question q "
      "  WHERE q.dialogue_id = d.id AND q.state = 'shown' AND q.merged_into = 0 "
      "  AND (q.turn = 'answered' OR q.answered_at IS NOT NULL)), "
      "(SELECT min(c.created_at) FROM commitment c WHERE c.source = 'dialogue' "
      "  AND c.source_id = d.id) "
      "FROM dialogue d JOIN dialogue_event e ON e.dialogue_id = d.id AND e.what = 'finished' "
      "WHERE e.at >= $1 AND e.at < $2 ORDER BY d.id",
      [&](const db::Row& row) {
        by_unit[row.integer(0)].rooms.dialogues.push_back({.id = row.integer(1),
                                                           .ended = row.instant(2),
                                                           .answered = row.integer(3),
                                                           .promised = row.maybe_instant(4)});
      },
      earliest(month), at_local(month.next()));
}

// Since when each case was found at fault without a break, and until when.
std::vector<WatchedProgramme::Fault> faults_of(db::Read& read, std::int64_t programme) {
  std::vector<WatchedProgramme::Fault> faults;
  std::map<std::int64_t, std::size_t> open;  // by the case
  read.each(
      "SELECT number, outcome, found_at FROM supervision_finding WHERE supervision_id = $1 "
      "ORDER BY number, seq",
      [&](const db::Row& row) {
        const bool is_fault = row.view(1) == "flaw" || row.view(1) == "breach";
        const auto at = open.find(row.integer(0));
        if (is_fault && at == open.end()) {
          open[row.integer(0)] = faults.size();
          faults.emplace_back(row.instant(2));
        } else if (!is_fault && at != open.end()) {
          faults[at->second].until = row.instant(2);
          open.erase(at);
        }
      },
      programme);
  std::ranges::sort(faults, {}, &WatchedProgramme::Fault::from);
  return faults;
}

std::vector<WatchedProgramme::Advised::Returned> returns_of(db::Read& read, std::int64_t advice) {
  return read.all(
      "SELECT said_at, due_on FROM supervision_reply WHERE advice_id = $1 AND kind = 'returned' "
      "ORDER BY seq",
      [](const db::Row& row) {
        return WatchedProgramme::Advised::Returned{row.instant(0), row.day(1)};
      },
      advice);
}

void add_programmes(db::Read& read, const Period& month, UnitMonths& by_unit) {
  std::vector<std::pair<std::int64_t, WatchedProgramme>> all;
  read.each(
      "SELECT unit_id, id FROM supervision WHERE stage <> 'announced' AND drawn_at < $1 "
      "ORDER BY id",
      [&](const db::Row& row) {
        all.emplace_back(row.integer(0), WatchedProgramme{.id = row.integer(1)});
      },
      at_local(month.next()));
  for (auto& [unit, programme] : all) {
    programme.faults = faults_of(read, programme.id);
    std::vector<std::int64_t> advice;
    read.each(
        "SELECT a.advised_at, a.due_on, a.id, (SELECT min(r.said_at) FROM supervision_reply r "
        "WHERE r.advice_id = a.id "
        "  AND r.kind = 'verified') FROM supervision_advice a WHERE a.supervision_id = $1 "
        "ORDER BY a.number",
        [&](const db::Row& row) {
          advice.push_back(row.integer(2));
          programme.advice.push_back(
              {.at = row.instant(0), .due = row.day(1), .verified = row.maybe_instant(3)});
        },
        programme.id);
    for (std::size_t i = 0; i < advice.size(); ++i)
      programme.advice[i].returned = returns_of(read, advice[i]);
    by_unit[unit].rooms.programmes.push_back(std::move(programme));
  }
}

void add_disclosures(db::Read& read, const Period& month, UnitMonths& by_unit) {
  const Instant from = earliest(month), to = at_local(month.next());
  std::vector<std::pair<std::int64_t, PostedItem>> all;
  read.each(
      "SELECT d.unit_id, d.id, d.due_at, d.created_at, (SELECT min(p.posted_at) "
      "  FROM disclosure_post p WHERE p.disclosure_id = d.id), d.first_posted_at "
      "FROM disclosure d WHERE (d.due_at >= $1 AND d.due_at < $2) OR (d.created_at >= $1 "
      "AND d.created_at < $2) OR EXISTS (SELECT 1 FROM disclosure_question q "
      "  WHERE q.disclosure_id = d.id AND q.asked_at >= $1 AND q.asked_at < $2) "
      "OR EXISTS (SELECT 1 FROM disclosure_post p WHERE p.disclosure_id = d.id "
      "  AND p.posted_at >= $1 AND p.posted_at < $2) ORDER BY d.id",
      [&](const db::Row& row) {
        all.emplace_back(row.integer(0), PostedItem{.id = row.integer(1),
                                                    .due = row.instant(2),
                                                    .entered = row.instant(3),
                                                    .posted = row.maybe_instant(4),
                                                    .readable = row.maybe_instant(5)});
      },
      from, to);
  for (auto& [unit, item] : all) {
    read.each(
        "SELECT asked_at, answered_at FROM disclosure_question WHERE disclosure_id = $1 "
        "AND state = 'shown' AND asked_at >= $2 AND asked_at < $3 ORDER BY id",
        [&](const db::Row& row) {
          item.questions.push_back({row.instant(0), row.maybe_instant(1)});
        },
        item.id, from, to);
    by_unit[unit].rooms.disclosures.push_back(std::move(item));
  }
}

void add_models(db::Read& read, const Period& month, UnitMonths& by_unit) {
  read.each(
      "SELECT m.unit_id, m.id, m.begins_on, m.days, (SELECT min(e.said_at) FROM emulation_event e "
      "  WHERE e.model_id = m.id AND e.kind = 'claimed'), "
      "(SELECT count(*) FROM emulation_claim c WHERE c.model_id = m.id AND c.before_whole > 0 "
      "  AND c.after_whole > 0) FROM emulation_model m WHERE m.registered_at < $1 ORDER BY m.id",
      [&](const db::Row& row) {
        const auto length =
            std::chrono::days(row.integer(3)) + std::chrono::days(emulation::judged_days);
        by_unit[row.integer(0)].rooms.models.push_back({.id = row.integer(1),
                                                        .claimed_from = row.day(2) + length,
                                                        .claimed = row.maybe_instant(4),
                                                        .has_figures = row.integer(5) > 0});
      },
      at_local(month.next()));
}

// When a case was answered and when its sender did not accept it, each in order.
struct CaseEvents {
  std::int64_t id = 0;
  std::vector<Instant> answered{}, reopened{};
};

// The answer that what came back is about: the last one before the first return in the month, and
// where nothing came back the last of all. Precondition: there is one.
SettledCase settled_from(const CaseEvents& events,
                         Instant begin,
                         std::vector<SettledCase::Again> again) {
  SettledCase made{.id = events.id, .answered = events.answered.back()};
  std::vector<Instant> returns;
  for (const Instant at : events.reopened)
    if (at >= begin) returns.push_back(at);
  made.was_reopened = !returns.empty();
  for (const SettledCase::Again& each : again) returns.push_back(each.at);
  std::ranges::sort(returns);
  made.again = std::move(again);
  for (const Instant at : returns) {
    const auto after = std::ranges::lower_bound(events.answered, at);
    if (after == events.answered.begin()) continue;
    made.answered = *std::prev(after);
    break;
  }
  return made;
}

SignalObject object_from(const db::Row& row) {
  const auto why = hollow_of(row.view(3));
  if (!why) throw db::Failure("unknown reason of a signal");
  return {.id = row.integer(0), .title_vi = row.text(1), .title_en = row.text(2), .why = *why};
}

}  // namespace

void add_settled(db::Read& read, const Period& month, UnitMonths& by_unit) {
  const Instant from = earliest(month), begin = at_local(month.first), end = at_local(month.next());
  std::map<std::int64_t, std::vector<SettledCase::Again>> again;
  read.each(
      "SELECT recurs_of, received_at, body FROM feedback WHERE received_at >= $1 "
      "AND received_at < $2 AND recurs_of IS NOT NULL AND about <> 'conduct' "
      "AND is_protected = 0 AND held_as IS NULL AND erased_at IS NULL ORDER BY id",
      [&](const db::Row& row) { again[row.integer(0)].push_back({row.instant(1), row.text(2)}); },
      begin, end);
  // As it was at the end of the month: who is answered again in the days until it is counted came
  // back all the same.
  std::vector<std::pair<std::int64_t, CaseEvents>> all;
  read.each(
      "SELECT f.unit_id, f.id, e.event, e.at FROM feedback f "
      "JOIN feedback_event e ON e.feedback_id = f.id WHERE f.last_answered_at >= $1 "
      "AND (e.event = 'answered' OR e.event = 'reopened') AND e.at >= $1 AND e.at < $2 "
      "AND f.about <> 'conduct' AND f.is_protected = 0 AND f.held_as IS NULL "
      "AND f.erased_at IS NULL ORDER BY f.id, e.id",
      [&](const db::Row& row) {
        if (all.empty() || all.back().second.id != row.integer(1))
          all.push_back({row.integer(0), {.id = row.integer(1)}});
        CaseEvents& events = all.back().second;
        (row.view(2) == "answered" ? events.answered : events.reopened).push_back(row.instant(3));
      },
      from, end);
  for (auto& [unit, events] : all) {
    if (events.answered.empty()) continue;
    const auto came = again.find(events.id);
    by_unit[unit].settled.push_back(settled_from(
        events, begin,
        came == again.end() ? std::vector<SettledCase::Again>() : std::move(came->second)));
  }
}

void add_rooms(db::Read& read, const Period& month, UnitMonths& by_unit) {
  add_dialogues(read, month, by_unit);
  add_programmes(read, month, by_unit);
  add_disclosures(read, month, by_unit);
  add_models(read, month, by_unit);
}

std::vector<SignalObject> objects_of(db::Read& read,
                                     SignalId id,
                                     Formality kind,
                                     std::int64_t limit) {
  switch (kind) {
    case Formality::empty_dialogue:
      return read.all(
          "SELECT d.id, d.topic_vi, d.topic_en, o.why FROM insight_signal_object o "
          "JOIN dialogue d ON d.id = o.object_id WHERE o.signal_id = $1 ORDER BY d.id LIMIT $2",
          object_from, id, limit);
    case Formality::idle_supervision:
      return read.all(
          "SELECT s.id, s.title_vi, s.title_en, o.why FROM insight_signal_object o "
          "JOIN supervision s ON s.id = o.object_id WHERE o.signal_id = $1 ORDER BY s.id LIMIT $2",
          object_from, id, limit);
    case Formality::unread_disclosure:
      return read.all(
          "SELECT d.id, d.title, '', o.why FROM insight_signal_object o "
          "JOIN disclosure d ON d.id = o.object_id WHERE o.signal_id = $1 ORDER BY d.id LIMIT $2",
          object_from, id, limit);
    case Formality::unmeasured_model:
      return read.all(
          "SELECT m.id, m.name_vi, m.name_en, o.why FROM insight_signal_object o "
          "JOIN emulation_model m ON m.id = o.object_id WHERE o.signal_id = $1 "
          "ORDER BY m.id LIMIT $2",
          object_from, id, limit);
    default: return {};
  }
}

bool is_own_programme(db::Read& read, SignalId id, std::int64_t account) {
  return read
      .one(
          "SELECT 1 FROM insight_signal_object o JOIN supervision s ON s.id = o.object_id "
          "WHERE o.signal_id = $1 AND (s.created_by = $2 OR EXISTS (SELECT 1 "
          "  FROM supervision_finding f WHERE f.supervision_id = s.id AND f.found_by = $2) "
          "OR EXISTS (SELECT 1 FROM supervision_advice a WHERE a.supervision_id = s.id "
          "  AND a.advised_by = $2) OR EXISTS (SELECT 1 FROM supervision_advice a "
          "  JOIN supervision_reply r ON r.advice_id = a.id WHERE a.supervision_id = s.id "
          "  AND r.kind <> 'answered' AND r.said_by = $2)) LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, id, account)
      .has_value();
}

}  // namespace ln::insight
