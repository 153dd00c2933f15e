// A reorganisation before it happens: what a list of the new units and a mapping of the old ones
// would do to the units we have. Pure: nothing here reads or writes.
//
// Know first: the list names every city, district and commune in force from the day on. What stands
// in it as it was (same code, name, type and unit above, and no line that takes anything away) goes
// on. All others end the day before, and the new ones begin under (code, day), whether or not their
// code was in use. Departments, counters and the like are in no such list: below a unit that goes
// on they stay, below one that is kept or renamed they are carried along, else they end with it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_key.h"
#include "core/units/units.h"

namespace ln::units {

// A line of the list of new units.
struct Listed {
  std::size_t line;
  Kind kind;  // city, district or commune
  std::string code, name, type, parent_code;
};

// What a line of the mapping says: four relations, and two for what has no other side.
enum class Change : std::uint8_t { full, partial, keep, renamed, abolished, added };
struct Mapped {
  std::size_t line;
  std::string old_code;  // empty with `added`
  std::string new_code;  // empty with `abolished`
  Change change;
  std::string note;
  std::string words;   // address rule of a partial one: "phố Hàng Than; ngõ 5"; may be empty
  std::string area{};  // territory of the new unit (engine/geo); may be empty
};

struct ReorganisationFiles {
  std::vector<Listed> units;
  std::vector<Mapped> mapping;
};

// Why the files cannot be taken as they are.
struct Trouble {
  bool in_mapping;   // else in the list of units
  std::size_t line;  // 0: of no line
  std::string code;
  TextKey what;
};

struct Opening {
  std::string code, name, name_en, type;
  Kind kind;
  std::string parent_code;  // of a unit opened before it, or of one that goes on; empty: a city
  UnitId copied_from{};     // hours and desks come from there; 0: from nowhere
  std::string area{};       // as the first line says that has one
};
struct Link {
  UnitId old_unit;
  std::string new_code;
  Relation relation;
  std::string note, words;
};

struct Plan {
  Day day;
  std::vector<UnitId> closing;
  std::vector<Opening> opening;          // a unit stands after the one above it
  std::vector<Link> links;               // in the order of the file
  std::vector<Unit> undetermined;        // communes that end, and nothing says what becomes of them
  std::vector<Unit> splits;              // old units with several successors
  std::vector<Unit> abolished;           // they end without a successor: the unit above takes over
  std::vector<std::string> unexplained;  // codes of new communes that no line speaks of
  std::size_t staying = 0;               // of the list
  std::size_t carried = 0;               // departments, counters and the like
  std::vector<Trouble> troubles;         // not empty: nothing may be applied

  std::size_t count(Relation relation) const;
};

// `before`: all units in force on the day before `day`. `taken`: codes of units that begin on `day`
// already. Troubles: an old unit that is not there, a new one that is not in the list, a unit
// without the one above it, a code listed twice or taken, a pair of units mapped twice, a unit both
// abolished and passed on, a city that nobody takes over.
Plan plan_reorganisation(Day day,
                         std::span<const Unit> before,
                         std::span<const std::string> taken,
                         const ReorganisationFiles& files);

// Who may take over what an ended unit had in hand.
struct Heir {
  Unit unit;
  std::string words;  // its address rule; may be empty
};
struct Heirs {
  std::vector<Heir> candidates;  // in the order of the file
  bool are_above = false;        // it has none of its own: those of the unit above it
};
struct Choice {
  std::size_t candidate = 0;
  bool is_certain = false;  // else a person has to say, and the first one handles it meanwhile
};
// Which of them a matter of the ended unit belongs to, whose place was described so: the only one;
// or the one whose address rule has a phrase of the place. Diacritics decide when they were typed;
// a phrase that fits two of them picks neither. A commune without a successor is never certain.
// Precondition: there is a candidate.
Choice choose(const Heirs& heirs, Kind ended, std::string_view place);

}  // namespace ln::units
