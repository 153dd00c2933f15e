// Rows ⇄ units. Every look-up by code takes a day (units.h says why); lists are in Vietnamese
// alphabetical order of the name without its type.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::units {

std::optional<Unit> find(db::Read& read, UnitId id);
// The version that began on exactly `valid_from`; how the page of an earlier unit is reached.
std::optional<Unit> find(db::Read& read, std::string_view code, Day valid_from);
// The version in force on `day`.
std::optional<Unit> find_on(db::Read& read, std::string_view code, Day day);
// All versions of a code, newest first. They may be different places.
std::vector<Unit> versions(db::Read& read, std::string_view code);

// Paths of the units at and below `top`, whether they exist today or not, at most `limit`.
std::vector<std::string> paths_in(db::Read& read, std::string_view top, std::size_t limit);

// Directly below `parent`, those in force on `day`.
std::vector<Unit> children(db::Read& read, UnitId parent, Day day);
// From the city down to the parent of `unit`; empty for the city.
std::vector<Unit> ancestors(db::Read& read, const Unit& unit);
std::vector<Unit> of_kind(db::Read& read, Kind kind, Day day);
// `top` itself and everything below it, in force on `day`.
std::vector<Unit> subtree(db::Read& read, const Unit& top, Day day);

// What to look for among the names of units in force on `day`.
struct Search {
  std::string_view query;  // as typed; with diacritics or without
  Day day;
  std::size_t limit = 20;
  std::optional<Kind> kind = std::nullopt;
};
struct Found {
  Unit unit;
  bool exact_marks;  // the query has diacritics and the name has the same
};
// Units in whose name every word of the query begins a word. Names with the very diacritics that
// were typed come first; names that differ from the query only in diacritics are all listed after
// them, never picked from. Empty when the query has no word.
std::vector<Found> search(db::Read& read, const Search& what);
// Units whose name, with its type or without, *is* `name`: those with the same diacritics when
// there are any, otherwise all that have the same letters. More than one means: ask the person.
std::vector<Unit> named(db::Read& read, std::string_view name, Day day);

// Where the people and cases of an old unit went, and what a new unit was made of.
std::vector<Succession> successors(db::Read& read, UnitId old_unit);
std::vector<Succession> predecessors(db::Read& read, UnitId new_unit);
// Units of a kind closed on or before `day` and without a successor: a person must settle them.
std::vector<Unit> undetermined(db::Read& read, Kind kind, Day day);

std::vector<Hours> hours(db::Read& read, UnitId unit);
std::vector<Desk> desks(db::Read& read, UnitId unit);
std::optional<Desk> desk(db::Read& read, UnitId unit, int number);

// Writing. A new row's keys (path, sort and search keys) are made here from its name and parent.
struct NewUnit {
  std::string_view code;
  Day valid_from;
  std::optional<Day> valid_to = std::nullopt;
  std::string_view name;
  std::string_view name_en = {};
  Kind kind;
  std::string_view type;
  const Unit* parent = nullptr;  // null for the city only
};
Unit insert(db::Write& write, const NewUnit& unit);
void insert_succession(
    db::Write& write, UnitId old_unit, UnitId new_unit, Relation relation, std::string_view note);
void replace_hours(db::Write& write, UnitId unit, std::span<const Hours> hours);
void insert_desk(db::Write& write, UnitId unit, const Desk& desk);

}  // namespace ln::units
