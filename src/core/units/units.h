// Units and procedures: the offices a citizen can write to, and what they must do by law.
//
// Know first: a code means nothing without a day. The same code named another place before 1 July
// 2025, so a unit is identified by (code, valid_from), and every look-up by code takes a day. A
// unit stands in a tree; `path` holds the ids from the city down to it, so that "is this office
// under that one" is a comparison of two strings (is_within).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/id.h"
#include "base/time.h"

namespace ln::units {

struct UnitTable;
struct ProcedureTable;
using UnitId = Id<UnitTable>;
using ProcedureId = Id<ProcedureTable>;

enum class Kind : std::uint8_t {
  city,
  district,      // until 30 June 2025
  commune,       // ward, rural commune or township
  department,    // of the city: a Sở, the inspectorate, the office of the People's Committee
  division,      // of a department
  counter,       // where people are received: a service centre, the reception board
  organisation,  // outside the administration: the Fatherland Front
};
inline constexpr std::array kinds = {Kind::city,        Kind::district, Kind::commune,
                                     Kind::department,  Kind::division, Kind::counter,
                                     Kind::organisation};
std::string_view to_text(Kind kind);
std::optional<Kind> kind_of(std::string_view word);

struct Unit {
  UnitId id;
  std::string code;
  Day valid_from;
  std::optional<Day> valid_to;  // the last day; null while it exists
  std::string name;             // with its type: "Phường Ba Đình"
  std::string name_en;          // empty where no English name is in use
  Kind kind;
  std::string type;  // "Phường", "Xã", "Sở" …
  UnitId parent;     // 0 for the city
  std::string path;  // "/1/57/903/"

  bool is_valid_on(Day day) const { return valid_from <= day && (!valid_to || day <= *valid_to); }
};

// "Ba Đình" of "Phường Ba Đình"; the whole name when it does not begin with the type.
std::string_view bare_name(std::string_view name, std::string_view type);

// Whether the unit at `path` is the one at `top` or stands anywhere below it. Both are paths of
// Unit; an empty `top` contains nothing.
bool is_within(std::string_view path, std::string_view top);
// Whether `path` is that of a unit with nothing above it: the city.
bool is_top(std::string_view path);

// The subtree of `top` as a range for SQL: path >= first AND path < second. It uses the index.
std::pair<std::string, std::string> subtree_range(std::string_view top);

// What became of an old unit, or what a new one was made of.
enum class Relation : std::uint8_t { full, partial, keep, renamed };
std::string_view to_text(Relation relation);
std::optional<Relation> relation_of(std::string_view word);

struct Succession {
  Unit unit;  // the other one
  Relation relation;
  std::string note;
};

// One stretch of opening on a weekday (1 is Monday), in minutes after midnight.
struct Hours {
  int weekday;
  int opens;
  int closes;
  friend bool operator==(const Hours&, const Hours&) = default;
};

struct Desk {
  int number;
  std::string name;
};

enum class TimeKind : std::uint8_t { working_hour, working_day, calendar_day, none };
std::string_view to_text(TimeKind kind);
std::optional<TimeKind> time_kind_of(std::string_view word);

struct Procedure {
  ProcedureId id;
  std::string code;
  Day valid_from;
  std::optional<Day> valid_to;
  std::string name;
  std::string name_en;
  std::string field;
  std::optional<Kind> handler_kind;  // every unit of this kind handles it for its own people …
  std::string handler_code;          // … or the one unit with this code does
  std::optional<int> time_count;     // the legal time; null with TimeKind::none
  TimeKind time_kind;
  std::optional<std::int64_t> fee_dong;  // null when it depends on what fee_note says
  std::string fee_note;
  std::string source;
};

}  // namespace ln::units
