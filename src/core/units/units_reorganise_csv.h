// The two files of a reorganisation. Both are refused whole (ErrorKind::invalid) when anything is
// wrong with a line, which fields[0].field names as "line 12"; what they say about units we have is
// looked at later (units_reorganise.h).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/units/units_reorganise.h"

namespace ln::units {

inline constexpr std::size_t rule_phrases_max = 200;  // of one line's address rule

// level (1 city, 2 district, 3 commune), code, name, type, parent_code.
Result<std::vector<Listed>> read_list(std::string_view csv);

// The nine columns of the national mapping: new_code, new_name, new_province, old_code, old_name,
// old_district, old_province, relation, note_vi; then, where there are address rules, a tenth one,
// address: streets and hamlets separated by ';', in lines that say "partial"; then, where they are
// known, an eleventh, area: the territory of the new unit (engine/geo/geo.h), in one of its lines,
// by which a case marked on the map finds its way. Relations are full, partial, keep and renamed,
// and also abolished (without a new code) and new (without an old one).
// The names are for people: only codes count.
Result<std::vector<Mapped>> read_mapping(std::string_view csv);

}  // namespace ln::units
