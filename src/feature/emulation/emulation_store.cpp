#include "feature/emulation/emulation_store.h"

#include <map>
#include <utility>

#include <chrono>

#include "core/units/units.h"

namespace ln::emulation {
namespace {

template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in an emulation model");
  return *value;
}

Model to_model(const db::Row& row) {
  return {.id = row.id<ModelId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .field = known(from_word(all_fields, row.view(3))),
          .name_vi = row.text(4),
          .name_en = row.text(5),
          .task = row.text(6),
          .place = row.text(7),
          .launched_by = row.text(8),
          .metric = known(from_word(all_metrics, row.view(9))),
          .begins_on = row.day(10),
          .days = static_cast<int>(row.integer(11)),
          .adopted_from = row.id<ModelId>(12),
          .registered_by = row.integer(13),
          .registered_at = row.instant(14)};
}

}  // namespace

ModelId insert(db::Write& write, const Model& m) {
  return *write.returning(
      "INSERT INTO emulation_model (unit_id, unit_path, field, name_vi, name_en, task, place, "
      "launched_by, metric, begins_on, days, adopted_from, registered_by, registered_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
      [](const db::Row& row) { return row.id<ModelId>(0); }, m.unit, m.unit_path, to_text(m.field),
      m.name_vi, m.name_en, m.task, m.place, m.launched_by, to_text(m.metric), m.begins_on, m.days,
      m.adopted_from, m.registered_by, m.registered_at);
}

std::optional<Model> find(db::Read& read, ModelId id) {
  return read.one("SELECT * FROM emulation_model WHERE id = $1", to_model, id);
}

std::vector<Model> models_before(db::Read& read, ModelId before, std::int64_t limit) {
  return read.all("SELECT * FROM emulation_model WHERE id < $1 ORDER BY id DESC LIMIT $2", to_model,
                  before, limit);
}

std::vector<Model> models_within(db::Read& read, std::string_view path, std::int64_t limit) {
  const auto [from, to] = units::subtree_range(path);
  return read.all(
      "SELECT * FROM emulation_model WHERE unit_path >= $1 AND unit_path < $2 "
      "ORDER BY id DESC LIMIT $3",
      to_model, from, to, limit);
}

std::vector<Model> adopters_of(db::Read& read, ModelId id, std::int64_t limit) {
  return read.all("SELECT * FROM emulation_model WHERE adopted_from = $1 ORDER BY id LIMIT $2",
                  to_model, id, limit);
}

bool has_unclaimed(db::Read& read, const Model& m) {
  return read
      .one(
          "SELECT 1 FROM emulation_model WHERE unit_id = $1 AND metric = $2 "
          "AND id NOT IN (SELECT model_id FROM emulation_claim) LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, m.unit, to_text(m.metric))
      .has_value();
}

bool has_overlap(db::Read& read, const Model& m) {
  const auto [from, to] = units::subtree_range(m.unit_path);
  return read
      .one(
          "SELECT 1 FROM emulation_model WHERE metric = $1 "
          "AND begins_on - days < $2 AND begins_on + days > $3 "
          "AND ((unit_path >= $4 AND unit_path < $5) "
          "     OR unit_path = substr(CAST($6 AS TEXT), 1, length(unit_path))) LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, to_text(m.metric), m.after_to(),
          m.before_from(), from, to, m.unit_path)
      .has_value();
}

std::vector<Model> waiting_for_verdict(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT * FROM emulation_model WHERE id IN (SELECT model_id FROM emulation_claim) "
      "AND id NOT IN (SELECT model_id FROM emulation_event WHERE kind IN ('confirmed','refuted')) "
      "ORDER BY id LIMIT $1",
      to_model, limit);
}

void insert(db::Write& write, ModelId id, const Event& event) {
  write.run(
      "INSERT INTO emulation_event (model_id, seq, kind, text, said_by, said_at, line) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      id, event.seq, to_text(event.kind), event.text, event.said_by, event.said_at, event.line);
}

std::vector<Event> events_of(db::Read& read, ModelId id) {
  return read.all(
      "SELECT seq, kind, text, said_by, said_at, line FROM emulation_event WHERE model_id = $1 "
      "ORDER BY seq",
      [](const db::Row& row) {
        return Event{.seq = row.integer(0),
                     .kind = known(from_word(all_happenings, row.view(1))),
                     .text = row.text(2),
                     .said_by = row.integer(3),
                     .said_at = row.instant(4),
                     .line = row.integer(5)};
      },
      id);
}

Happening stands_of(db::Read& read, ModelId id) {
  const auto word = read.one(
      "SELECT kind FROM emulation_event WHERE model_id = $1 AND kind <> 'replied' "
      "ORDER BY seq DESC LIMIT 1",
      [](const db::Row& row) { return row.text(0); }, id);
  return word ? known(from_word(all_happenings, *word)) : Happening::registered;
}

void insert(db::Write& write, ModelId id, const Claim& c) {
  write.run(
      "INSERT INTO emulation_claim (model_id, before_part, before_whole, after_part, after_whole, "
      "city_before_part, city_before_whole, city_after_part, city_after_whole, ledger_size) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      id, c.before.part, c.before.whole, c.after.part, c.after.whole, c.city_before.part,
      c.city_before.whole, c.city_after.part, c.city_after.whole, c.ledger_size);
  for (const std::int64_t line : c.lines)
    write.run("INSERT INTO emulation_claim_line (model_id, line) VALUES ($1, $2)", id, line);
}

std::optional<Claim> claim_of(db::Read& read, ModelId id) {
  auto claim = read.one(
      "SELECT before_part, before_whole, after_part, after_whole, city_before_part, "
      "city_before_whole, city_after_part, city_after_whole, ledger_size FROM emulation_claim "
      "WHERE model_id = $1",
      [](const db::Row& row) {
        return Claim{.before = {row.integer(0), row.integer(1)},
                     .after = {row.integer(2), row.integer(3)},
                     .city_before = {row.integer(4), row.integer(5)},
                     .city_after = {row.integer(6), row.integer(7)},
                     .ledger_size = row.integer(8)};
      },
      id);
  if (claim)
    claim->lines = read.all(
        "SELECT line FROM emulation_claim_line WHERE model_id = $1 ORDER BY line",
        [](const db::Row& row) { return row.integer(0); }, id);
  return claim;
}

void install_criteria(db::Write& write) {
  constexpr Day from{std::chrono::year(2024) / 1 / 1};
  constexpr std::string_view source = "Đà Lạt, baolamdong.vn 2850067";
  struct Own {
    std::string_view code, vi, en;
  };
  constexpr Own own[] = {
      {"creative", "Cách làm sáng tạo, tiết kiệm thời gian và chi phí cho nhiệm vụ",
       "A creative way of working that saves time and cost for the task"},
      {"willing", "Người dân tự giác chấp hành pháp luật",
       "People obey the law of their own accord"},
      {"forces", "Huy động được nhiều lực lượng tham gia", "Many forces take part"},
      {"interests", "Hài hòa ba lợi ích: Nhà nước, tập thể, người dân",
       "The interests of state, collective and people are in balance"},
      {"lasting", "Bền vững và lan tỏa được sang nơi khác", "It lasts, and others can take it up"}};
  for (const Own& each : own)
    write.run(
        "INSERT INTO emulation_criterion (code, from_day, name_vi, name_en, source) "
        "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (code, from_day) DO NOTHING",
        each.code, from, each.vi, each.en, source);
}

std::vector<Criterion> criteria_at(db::Read& read, Instant at, bool all) {
  std::map<std::string, Criterion> found;
  std::map<std::string, Instant> installed;
  read.each(
      "SELECT code, name_vi, name_en, source, from_day FROM emulation_criterion c "
      "WHERE from_day <= $1 AND (to_day IS NULL OR to_day >= $1) AND NOT EXISTS "
      "(SELECT 1 FROM emulation_criterion later WHERE later.code = c.code "
      " AND later.from_day > c.from_day AND later.from_day <= $1)",
      [&](const db::Row& row) {
        found[row.text(0)] = {row.text(0), row.text(1), row.text(2), row.text(3)};
        installed[row.text(0)] = at_local(row.day(4));
      },
      local_day(at));
  read.each(
      "SELECT code, name_vi, name_en, source, is_in_force, from_at FROM emulation_criterion_change "
      "WHERE from_at <= $1 ORDER BY id",
      [&](const db::Row& row) {
        // What a later release brings counts from its own day on, also where a city changed what
        // was there before.
        const auto own = installed.find(row.text(0));
        if (own != installed.end() && row.instant(5) < own->second) return;
        found[row.text(0)] = {row.text(0), row.text(1), row.text(2), row.text(3), row.flag(4)};
      },
      at);
  std::vector<Criterion> criteria;
  for (auto& [code, each] : found)
    if (all || each.is_in_force) criteria.push_back(std::move(each));
  return criteria;
}

void insert(db::Write& write, const Criterion& c, Instant from) {
  write.run(
      "INSERT INTO emulation_criterion_change (code, from_at, is_in_force, name_vi, name_en, "
      "source) VALUES ($1, $2, $3, $4, $5, $6)",
      c.code, from, c.is_in_force ? 1 : 0, c.name_vi, c.name_en, c.source);
}

Counted count(db::Read& read, Metric metric, std::string_view path, Day from, Day to) {
  const auto [first, last] = units::subtree_range(path);
  const Instant since = at_local(from), until = at_local(to);
  const std::int64_t age = std::chrono::milliseconds(std::chrono::days(judged_days)).count();
  Counted counted;
  const auto place = [&](const db::Row& row) -> stats::Share& {
    return row.integer(0) != 0 ? counted.own : counted.others;
  };
  if (metric == Metric::satisfied) {
    read.each(
        "SELECT CASE WHEN u.path >= $1 AND u.path < $2 THEN 1 ELSE 0 END AS own, "
        "sum(CASE WHEN r.score >= 4 THEN 1 ELSE 0 END), count(*) "
        "FROM feedback f JOIN satisfaction_rating r ON r.feedback_id = f.id "
        "JOIN unit u ON u.id = r.unit_id "
        "WHERE f.received_at >= $3 AND f.received_at < $4 AND f.about <> 'conduct' "
        "AND f.is_protected = 0 AND r.entered_by IS NULL "
        "AND r.changed_at < f.received_at + $5 GROUP BY 1",
        [&](const db::Row& row) { place(row) = {row.integer(1), row.integer(2)}; }, first, last,
        since, until, age);
    return counted;
  }
  read.each(
      "SELECT CASE WHEN f.unit_path >= $1 AND f.unit_path < $2 THEN 1 ELSE 0 END AS own, "
      "sum(CASE WHEN f.answered_at < f.received_at + $5 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.answered_at < f.received_at + $5 AND f.answered_at <= f.first_due_at "
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.first_due_at < f.received_at + $5 AND (f.answered_at >= f.received_at + $5 "
      "  OR (f.answered_at IS NULL AND f.state IN ('received','accepted','assigned','reopened'))) "
      "  THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.answered_at < f.received_at + $5 AND f.closed_by = 'citizen' "
      "  AND f.closed_at < f.received_at + $5 THEN 1 ELSE 0 END), "
      "sum(CASE WHEN f.answered_at < f.received_at + $5 AND f.reopen_count > 0 AND EXISTS "
      "  (SELECT 1 FROM feedback_event e WHERE e.feedback_id = f.id AND e.event = 'reopened' "
      "   AND e.at < f.received_at + $5) THEN 1 ELSE 0 END) "
      "FROM feedback f WHERE f.received_at >= $3 AND f.received_at < $4 AND f.about <> 'conduct' "
      "AND f.is_protected = 0 AND f.entered_by IS NULL GROUP BY 1",
      [&](const db::Row& row) {
        const std::int64_t answered = row.integer(1);
        switch (metric) {
          case Metric::on_time: place(row) = {row.integer(2), answered + row.integer(3)}; break;
          case Metric::solved: place(row) = {row.integer(4), answered}; break;
          case Metric::reopened: place(row) = {row.integer(5), answered}; break;
          case Metric::satisfied: break;
        }
      },
      first, last, since, until, age);
  return counted;
}

bool is_public_act_of(db::Read& read, std::int64_t line, std::string_view path) {
  const auto [first, last] = units::subtree_range(path);
  return read
      .one(
          "SELECT 1 FROM ledger_entry e JOIN unit u ON u.id = e.unit_id WHERE e.id = $1 "
          "AND e.subject_kind IN ('commitment','dialogue','project') "
          "AND u.path >= $2 AND u.path < $3",
          [](const db::Row& row) { return row.integer(0); }, line + 1, first, last)
      .has_value();
}

std::optional<std::int64_t> first_public_act(db::Read& read,
                                             std::string_view path,
                                             std::string_view kind) {
  const auto [first, last] = units::subtree_range(path);
  return read.one(
      "SELECT e.id FROM ledger_entry e JOIN unit u ON u.id = e.unit_id "
      "WHERE e.subject_kind IN ('commitment','dialogue','project') "
      "AND u.path >= $1 AND u.path < $2 ORDER BY CASE WHEN e.subject_kind = $3 THEN 0 ELSE 1 END, "
      "CASE WHEN e.subject_kind = 'commitment' AND e.event = 'answered' THEN 0 ELSE 1 END, e.id "
      "LIMIT 1",
      [](const db::Row& row) { return row.integer(0) - 1; }, first, last, kind);
}

std::optional<PublicAct> public_act(db::Read& read, std::int64_t line) {
  auto act = read.one(
      "SELECT subject_kind, subject_id, event FROM ledger_entry WHERE id = $1 "
      "AND subject_kind IN ('commitment','dialogue','project')",
      [&](const db::Row& row) {
        return PublicAct{
            .line = line, .kind = row.text(0), .id = row.integer(1), .event = row.text(2)};
      },
      line + 1);
  if (!act) return std::nullopt;
  const auto names = [](const db::Row& row) { return std::pair(row.text(0), row.text(1)); };
  const auto name =
      act->kind == "commitment"
          ? read.one("SELECT text, '' FROM commitment WHERE id = $1 AND is_gone = 0", names,
                     act->id)
      : act->kind == "dialogue"
          ? read.one("SELECT topic_vi, topic_en FROM dialogue WHERE id = $1", names, act->id)
          : read.one("SELECT name_vi, name_en FROM project WHERE id = $1", names, act->id);
  if (!name) return std::nullopt;
  act->name_vi = name->first;
  act->name_en = name->second;
  return act;
}

}  // namespace ln::emulation
