// What may change of a unit while it goes on: its name when it was written wrong, how it is
// reached, and, of an office, its last day. A commune is renamed or ended by a reorganisation.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::units {

// How people reach an office; empty where nothing was said.
struct Contact {
  std::string address{}, phone{}, email{};
  friend bool operator==(const Contact&, const Contact&) = default;
};
Contact contact(db::Read& read, UnitId unit);
void save(db::Write& write, UnitId unit, const Contact& contact);

// Makes the sort and search keys anew.
void rename(db::Write& write, const Unit& unit, std::string_view name, std::string_view name_en);
// Its last day; null: it goes on. Precondition: not before it began.
void set_last_day(db::Write& write, UnitId unit, std::optional<Day> last);

// Whether a reorganisation ends it.
bool is_ended_by_event(db::Read& read, UnitId unit);
// Whether a unit directly below it is there on some day after `last`.
bool has_below_after(db::Read& read, UnitId unit, Day last);

}  // namespace ln::units
