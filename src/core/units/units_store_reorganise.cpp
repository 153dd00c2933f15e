#include "core/units/units_store_reorganise.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/units/units_store.h"
#include "platform/db/recent.h"

namespace ln::units {
namespace {

constexpr std::array<std::string_view, 3> stage_words = {"planned", "moving", "done"};
constexpr int chain_max = 16;  // reorganisations that one unit went through

#define REORGANISATION_COLUMNS \
  "id, day, name, source, stage, created_at, created_by, done_at, seen_id"

Reorganisation reorganisation_of(const db::Row& row) {
  const auto stage = std::ranges::find(stage_words, row.view(4));
  if (stage == stage_words.end())
    throw db::Failure("unit_reorganisation.stage has an unknown word", db::Failure::Kind::corrupt);
  return {.id = row.id<ReorganisationId>(0),
          .day = row.day(1),
          .name = row.text(2),
          .source = row.text(3),
          .stage = static_cast<Stage>(stage - stage_words.begin()),
          .created_at = row.instant(5),
          .created_by = row.maybe_integer(6).value_or(0),
          .done_at = row.maybe_instant(7),
          .seen_id = row.integer(8)};
}

struct Step {
  UnitId unit;
  std::string words;
};

std::vector<Step> steps_from(db::Read& read, UnitId old_unit) {
  return read.all(
      "SELECT new_unit_id, words FROM unit_succession WHERE old_unit_id = $1 "
      "ORDER BY position, new_unit_id",
      [](const db::Row& row) { return Step{row.id<UnitId>(0), row.text(1)}; }, old_unit);
}

void add_heirs(db::Read& read, const Unit& ended, Day day, int depth, std::vector<Heir>& all) {
  if (depth == 0) return;
  for (Step& step : steps_from(read, ended.id)) {
    auto unit = find(read, step.unit);
    if (!unit) throw db::Failure("unit_succession names no unit", db::Failure::Kind::corrupt);
    if (unit->valid_to && *unit->valid_to < day) {
      add_heirs(read, *unit, day, depth - 1, all);
      continue;
    }
    const auto known =
        std::ranges::find(all, unit->id, [](const Heir& heir) { return heir.unit.id; });
    if (known == all.end()) all.push_back({*std::move(unit), std::move(step.words)});
  }
}

}  // namespace

std::string_view to_text(Stage stage) { return stage_words[static_cast<std::size_t>(stage)]; }

std::optional<Reorganisation> find(db::Read& read, ReorganisationId id) {
  return read.one("SELECT " REORGANISATION_COLUMNS " FROM unit_reorganisation WHERE id = $1",
                  reorganisation_of, id);
}

std::optional<Reorganisation> reorganisation_on(db::Read& read, Day day) {
  return read.one("SELECT " REORGANISATION_COLUMNS " FROM unit_reorganisation WHERE day = $1",
                  reorganisation_of, day);
}

std::vector<Reorganisation> reorganisations(db::Read& read) {
  return read.all("SELECT " REORGANISATION_COLUMNS " FROM unit_reorganisation ORDER BY day DESC",
                  reorganisation_of);
}

std::optional<Reorganisation> due_reorganisation(db::Read& read, Day today) {
  return read.one("SELECT " REORGANISATION_COLUMNS
                  " FROM unit_reorganisation WHERE day <= $1 AND stage <> 'done' "
                  "ORDER BY day LIMIT 1",
                  reorganisation_of, today);
}

ReorganisationId insert(db::Write& write, const Reorganisation& event) {
  const auto by = event.created_by == 0 ? std::nullopt : std::optional(event.created_by);
  return *write.returning(
      "INSERT INTO unit_reorganisation (day, name, source, stage, created_at, created_by) "
      "VALUES ($1, $2, $3, 'planned', $4, $5) RETURNING id",
      [](const db::Row& row) { return row.id<ReorganisationId>(0); }, event.day, event.name,
      event.source, event.created_at, by);
}

void mark_opened(db::Write& write, UnitId unit, ReorganisationId event) {
  write.run("UPDATE unit SET opened_in = $1 WHERE id = $2", event, unit);
}

void mark_ended(db::Write& write, UnitId unit, ReorganisationId event) {
  write.run("UPDATE unit SET ended_in = $1 WHERE id = $2", event, unit);
}

std::vector<UnitId> opened_by(db::Read& read, ReorganisationId event) {
  return read.all(
      "SELECT id FROM unit WHERE opened_in = $1 ORDER BY id",
      [](const db::Row& row) { return row.id<UnitId>(0); }, event);
}

void undo(db::Write& write, ReorganisationId event) {
  write.run(
      "DELETE FROM unit_succession WHERE new_unit_id IN (SELECT id FROM unit WHERE opened_in = $1) "
      "OR old_unit_id IN (SELECT id FROM unit WHERE ended_in = $1)",
      event);
  write.run("DELETE FROM unit_hours WHERE unit_id IN (SELECT id FROM unit WHERE opened_in = $1)",
            event);
  write.run("DELETE FROM unit_desk WHERE unit_id IN (SELECT id FROM unit WHERE opened_in = $1)",
            event);
  write.run("DELETE FROM unit_area WHERE unit_id IN (SELECT id FROM unit WHERE opened_in = $1)",
            event);
  write.run("DELETE FROM unit WHERE opened_in = $1", event);
  write.run("UPDATE unit SET valid_to = NULL, ended_in = NULL WHERE ended_in = $1", event);
  write.run("DELETE FROM unit_reorganisation WHERE id = $1", event);
  db::forget_recent(write);
}

void save_progress(db::Write& write, ReorganisationId id, Stage stage, std::int64_t seen_id) {
  write.run("UPDATE unit_reorganisation SET stage = $1, seen_id = $2 WHERE id = $3", to_text(stage),
            seen_id, id);
}

void finish(db::Write& write, ReorganisationId id, Instant now) {
  write.run("UPDATE unit_reorganisation SET stage = 'done', done_at = $1 WHERE id = $2", now, id);
}

void insert(db::Write& write, const NewSuccession& succession) {
  write.run(
      "INSERT INTO unit_succession (old_unit_id, new_unit_id, relation, note, words, position) "
      "VALUES ($1, $2, $3, $4, $5, $6)",
      succession.old_unit, succession.new_unit, to_text(succession.relation), succession.note,
      succession.words, static_cast<std::int64_t>(succession.position));
}

std::string lines_of(db::Read& read, Day day) {
  std::string lines;
  read.each(
      "SELECT o.code, n.code, s.relation FROM unit_succession s "
      "JOIN unit o ON o.id = s.old_unit_id JOIN unit n ON n.id = s.new_unit_id "
      "WHERE o.valid_to = $1 ORDER BY o.code, n.code",
      [&](const db::Row& row) {
        lines.append(row.view(0)).append(",").append(row.view(1)).append(",");
        lines.append(row.view(2)).append("\n");
      },
      day - std::chrono::days(1));
  return lines;
}

void close(db::Write& write, UnitId unit, Day last) {
  write.run("UPDATE unit SET valid_to = $1 WHERE id = $2", last, unit);
  db::forget_recent(write);
}

std::vector<Unit> all_on(db::Read& read, Day day) {
  std::vector<Unit> all;
  for (const Kind kind : kinds)
    for (Unit& unit : of_kind(read, kind, day)) all.push_back(std::move(unit));
  std::ranges::stable_sort(all, {},
                           [](const Unit& unit) { return std::ranges::count(unit.path, '/'); });
  return all;
}

std::vector<std::string> codes_from(db::Read& read, Day day) {
  return read.all(
      "SELECT code FROM unit WHERE valid_from = $1 ORDER BY code",
      [](const db::Row& row) { return row.text(0); }, day);
}

std::vector<Unit> ended_on(db::Read& read, Day last, std::size_t limit) {
  std::vector<Unit> all;
  for (Unit& unit : of_kind(read, Kind::commune, last))
    if (unit.valid_to == last && all.size() < limit) all.push_back(std::move(unit));
  return all;
}

Heirs heirs_on(db::Read& read, const Unit& ended, Day day) {
  Heirs heirs;
  if (!ended.valid_to || *ended.valid_to >= day) {
    heirs.candidates.push_back({ended, {}});
    return heirs;
  }
  std::optional<Unit> unit = ended;
  for (int above = 0; unit && above < chain_max; ++above) {
    heirs.are_above = above > 0;
    if (!unit->valid_to || *unit->valid_to >= day) {
      heirs.candidates.push_back({*std::move(unit), {}});
      return heirs;
    }
    add_heirs(read, *unit, day, chain_max, heirs.candidates);
    if (!heirs.candidates.empty()) return heirs;
    unit = unit->parent.value == 0 ? std::nullopt : find(read, unit->parent);
  }
  return heirs;
}

std::optional<Unit> find_or_heir(db::Read& read, std::string_view code, Day day) {
  if (auto unit = find_on(read, code, day)) return unit;
  for (const Unit& version : versions(read, code)) {
    if (!version.valid_to || *version.valid_to >= day) continue;  // It is still to come.
    Heirs heirs = heirs_on(read, version, day);
    if (heirs.candidates.size() != 1 || !choose(heirs, version.kind, {}).is_certain) break;
    return std::move(heirs.candidates.front().unit);
  }
  return std::nullopt;
}

std::vector<Unit> became(db::Read& read, const Unit& ended, Day day) {
  std::vector<Heir> heirs;
  if (ended.valid_to && *ended.valid_to < day) add_heirs(read, ended, day, chain_max, heirs);
  std::vector<Unit> units;
  for (Heir& heir : heirs) units.push_back(std::move(heir.unit));
  return units;
}

}  // namespace ln::units
