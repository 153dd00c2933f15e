#include "core/units/units_store.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "engine/text/text.h"
#include "platform/db/recent.h"

namespace ln::units {
namespace {

// Every query on units selects these columns, in this order, so that one function reads them.
#define UNIT_COLUMNS \
  "u.id, u.code, u.valid_from, u.valid_to, u.name, u.name_en, u.kind, u.type, u.parent_id, u.path"
#define UNIT_ON "u.valid_from <= $1 AND (u.valid_to IS NULL OR u.valid_to >= $1)"

Unit unit_of(const db::Row& row) {
  const auto kind = kind_of(row.view(6));
  if (!kind) throw db::Failure("unit.kind has an unknown word", db::Failure::Kind::corrupt);
  return {.id = row.id<UnitId>(0),
          .code = row.text(1),
          .valid_from = row.day(2),
          .valid_to = row.is_null(3) ? std::nullopt : std::optional(row.day(3)),
          .name = row.text(4),
          .name_en = row.text(5),
          .kind = *kind,
          .type = row.text(7),
          .parent = row.is_null(8) ? UnitId{} : row.id<UnitId>(8),
          .path = row.text(9)};
}

Succession succession_of(const db::Row& row) {
  const auto relation = relation_of(row.view(10));
  if (!relation)
    throw db::Failure("unit_succession.relation has an unknown word", db::Failure::Kind::corrupt);
  return {unit_of(row), *relation, row.text(11)};
}

// Whether `word` begins a word of `key`, whose words stand apart by single spaces.
bool begins_a_word(std::string_view key, std::string_view word) {
  for (std::size_t at = key.find(word); at != std::string_view::npos; at = key.find(word, at + 1))
    if (at == 0 || key[at - 1] == ' ') return true;
  return false;
}

std::vector<std::string> words_of_key(std::string_view key) {
  std::vector<std::string> words;
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(' '), key.size());
    words.emplace_back(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
  return words;
}

// So many units may share one name before the rest is left out; the nation's record is ten.
constexpr std::size_t named_max = 1'000;

struct Candidate {
  Found found;
  int rank;  // 0 is best
};

// How well the name of `unit` answers the query; all words already occur without diacritics.
Candidate judged(Unit unit, std::string_view query, std::span<const std::string> marked_words) {
  const std::string marked = text::marked(unit.name);
  const std::string bare = text::marked(bare_name(unit.name, unit.type));
  const bool typed_marks = text::has_marks(query);
  const bool all_marked = std::ranges::all_of(
      marked_words, [&](const std::string& word) { return begins_a_word(marked, word); });
  const std::string wanted = text::marked(query);
  const std::string plain = text::fold(query);
  int rank = 3;
  if (typed_marks && (wanted == marked || wanted == bare)) {
    rank = 0;
  } else if (typed_marks && all_marked) {
    rank = 1;
  } else if (plain == text::fold(marked) || plain == text::fold(bare)) {
    rank = 2;
  }
  return {{std::move(unit), typed_marks && all_marked}, rank};
}

}  // namespace

std::optional<Unit> find(db::Read& read, UnitId id) {
  return read.one("SELECT " UNIT_COLUMNS " FROM unit u WHERE u.id = $1", unit_of, id);
}

std::optional<Unit> find(db::Read& read, std::string_view code, Day valid_from) {
  return read.one("SELECT " UNIT_COLUMNS " FROM unit u WHERE u.code = $1 AND u.valid_from = $2",
                  unit_of, code, valid_from);
}

std::optional<Unit> find_on(db::Read& read, std::string_view code, Day day) {
  return read.one("SELECT " UNIT_COLUMNS " FROM unit u WHERE " UNIT_ON
                  " AND u.code = $2 ORDER BY u.valid_from DESC LIMIT 1",
                  unit_of, day, code);
}

std::vector<Unit> versions(db::Read& read, std::string_view code) {
  return read.all("SELECT " UNIT_COLUMNS
                  " FROM unit u WHERE u.code = $1 ORDER BY u.valid_from DESC",
                  unit_of, code);
}

std::vector<Unit> children(db::Read& read, UnitId parent, Day day) {
  return read.all("SELECT " UNIT_COLUMNS " FROM unit u WHERE " UNIT_ON
                  " AND u.parent_id = $2 ORDER BY u.sort_key, u.id",
                  unit_of, day, parent);
}

std::vector<Unit> ancestors(db::Read& read, const Unit& unit) {
  std::vector<Unit> above;
  for (UnitId next = unit.parent; next.value != 0;) {
    auto found = find(read, next);
    if (!found) throw db::Failure("unit.parent_id names no unit", db::Failure::Kind::corrupt);
    next = found->parent;
    above.push_back(*std::move(found));
  }
  std::ranges::reverse(above);
  return above;
}

std::vector<Unit> of_kind(db::Read& read, Kind kind, Day day) {
  return read.all("SELECT " UNIT_COLUMNS " FROM unit u WHERE " UNIT_ON
                  " AND u.kind = $2 ORDER BY u.sort_key, u.id",
                  unit_of, day, to_text(kind));
}

std::vector<Unit> subtree(db::Read& read, const Unit& top, Day day) {
  const auto [first, end] = subtree_range(top.path);
  return read.all("SELECT " UNIT_COLUMNS " FROM unit u WHERE " UNIT_ON
                  " AND u.path >= $2 AND u.path < $3 ORDER BY u.sort_key, u.id",
                  unit_of, day, first, end);
}

std::vector<std::string> paths_in(db::Read& read, std::string_view top, std::size_t limit) {
  const auto [first, end] = subtree_range(top);
  return read.all(
      "SELECT path FROM unit WHERE path >= $1 AND path < $2 ORDER BY path LIMIT $3",
      [](const db::Row& row) { return row.text(0); }, first, end, limit);
}

std::vector<Found> search(db::Read& read, const Search& what) {
  const std::vector<std::string> words = text::words(what.query);
  if (words.empty()) return {};
  const auto longest =
      std::ranges::max_element(words, {}, [](const std::string& word) { return word.size(); });
  const std::vector<std::string> marked_words = words_of_key(text::marked(what.query));
  std::vector<Candidate> candidates;
  // Keys hold letters, digits and spaces only, so no word can carry a wildcard.
  read.each(
      "SELECT " UNIT_COLUMNS ", u.folded FROM unit u WHERE " UNIT_ON
      " AND ' ' || u.folded LIKE '% ' || $2 || '%' ORDER BY u.sort_key, u.id",
      [&](const db::Row& row) {
        const std::string_view folded = row.view(10);
        const bool all = std::ranges::all_of(
            words, [&](const std::string& word) { return begins_a_word(folded, word); });
        if (!all) return;
        Unit unit = unit_of(row);
        if (what.kind && unit.kind != *what.kind) return;
        candidates.push_back(judged(std::move(unit), what.query, marked_words));
      },
      what.day, *longest);
  std::ranges::stable_sort(candidates, {}, &Candidate::rank);
  if (candidates.size() > what.limit) candidates.resize(what.limit);
  std::vector<Found> found;
  found.reserve(candidates.size());
  for (Candidate& candidate : candidates) found.push_back(std::move(candidate.found));
  return found;
}

std::vector<Unit> named(db::Read& read, std::string_view name, Day day) {
  const std::string marked = text::marked(name), folded = text::fold(name);
  std::vector<Unit> same_marks, same_letters;
  if (folded.empty()) return {};
  for (Found& each : search(read, {.query = name, .day = day, .limit = named_max})) {
    const std::string_view bare = bare_name(each.unit.name, each.unit.type);
    if (marked == text::marked(each.unit.name) || marked == text::marked(bare))
      same_marks.push_back(each.unit);
    if (folded == text::fold(each.unit.name) || folded == text::fold(bare))
      same_letters.push_back(std::move(each.unit));
  }
  return same_marks.empty() ? same_letters : same_marks;
}

std::vector<Succession> successors(db::Read& read, UnitId old_unit) {
  return read.all("SELECT " UNIT_COLUMNS
                  ", s.relation, s.note FROM unit_succession s JOIN unit u ON u.id = s.new_unit_id "
                  "WHERE s.old_unit_id = $1 ORDER BY s.position, u.sort_key, u.id",
                  succession_of, old_unit);
}

std::vector<Succession> predecessors(db::Read& read, UnitId new_unit) {
  return read.all("SELECT " UNIT_COLUMNS
                  ", s.relation, s.note FROM unit_succession s JOIN unit u ON u.id = s.old_unit_id "
                  "WHERE s.new_unit_id = $1 ORDER BY u.sort_key, u.id",
                  succession_of, new_unit);
}

std::vector<Unit> undetermined(db::Read& read, Kind kind, Day day) {
  return read.all("SELECT " UNIT_COLUMNS
                  " FROM unit u WHERE u.valid_to <= $1 AND u.kind = $2 AND NOT EXISTS "
                  "(SELECT 1 FROM unit_succession s WHERE s.old_unit_id = u.id) "
                  "ORDER BY u.sort_key, u.id",
                  unit_of, day, to_text(kind));
}

std::vector<Hours> hours(db::Read& read, UnitId unit) {
  return read.all(
      "SELECT weekday, opens, closes FROM unit_hours WHERE unit_id = $1 ORDER BY weekday, opens",
      [](const db::Row& row) {
        return Hours{static_cast<int>(row.integer(0)), static_cast<int>(row.integer(1)),
                     static_cast<int>(row.integer(2))};
      },
      unit);
}

std::vector<Desk> desks(db::Read& read, UnitId unit) {
  return read.all(
      "SELECT number, name FROM unit_desk WHERE unit_id = $1 ORDER BY number",
      [](const db::Row& row) { return Desk{static_cast<int>(row.integer(0)), row.text(1)}; }, unit);
}

std::optional<Desk> desk(db::Read& read, UnitId unit, int number) {
  return read.one(
      "SELECT number, name FROM unit_desk WHERE unit_id = $1 AND number = $2",
      [](const db::Row& row) { return Desk{static_cast<int>(row.integer(0)), row.text(1)}; }, unit,
      number);
}

Unit insert(db::Write& write, const NewUnit& unit) {
  CHECK((unit.parent == nullptr) == (unit.kind == Kind::city));
  const std::string above = unit.parent == nullptr ? "/" : unit.parent->path;
  const std::string_view bare = bare_name(unit.name, unit.type);
  const std::optional<UnitId> parent =
      unit.parent == nullptr ? std::nullopt : std::optional(unit.parent->id);
  // Sorted by the name people look for; the type only orders two places of one name.
  const std::string order = text::sort_key(std::string(bare) + " " + std::string(unit.type));
  const auto id = write.returning(
      "INSERT INTO unit (code, valid_from, valid_to, name, name_en, kind, type, parent_id, path, "
      "sort_key, marked, folded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
      "RETURNING id",
      [](const db::Row& row) { return row.id<UnitId>(0); }, unit.code, unit.valid_from,
      unit.valid_to, unit.name, unit.name_en, to_text(unit.kind), unit.type, parent, above, order,
      text::marked(unit.name), text::fold(unit.name));
  CHECK(id.has_value());
  const std::string path = above + std::to_string(id->value) + "/";
  write.run("UPDATE unit SET path = $1 WHERE id = $2", path, *id);
  db::forget_recent(write);
  return {.id = *id,
          .code = std::string(unit.code),
          .valid_from = unit.valid_from,
          .valid_to = unit.valid_to,
          .name = std::string(unit.name),
          .name_en = std::string(unit.name_en),
          .kind = unit.kind,
          .type = std::string(unit.type),
          .parent = parent.value_or(UnitId{}),
          .path = path};
}

void insert_succession(
    db::Write& write, UnitId old_unit, UnitId new_unit, Relation relation, std::string_view note) {
  write.run(
      "INSERT INTO unit_succession (old_unit_id, new_unit_id, relation, note) "
      "VALUES ($1, $2, $3, $4)",
      old_unit, new_unit, to_text(relation), note);
}

void replace_hours(db::Write& write, UnitId unit, std::span<const Hours> hours) {
  write.run("DELETE FROM unit_hours WHERE unit_id = $1", unit);
  for (const Hours& each : hours)
    write.run("INSERT INTO unit_hours (unit_id, weekday, opens, closes) VALUES ($1, $2, $3, $4)",
              unit, each.weekday, each.opens, each.closes);
}

void insert_desk(db::Write& write, UnitId unit, const Desk& desk) {
  write.run("INSERT INTO unit_desk (unit_id, number, name) VALUES ($1, $2, $3)", unit, desk.number,
            desk.name);
}

}  // namespace ln::units
