// Rows ⇄ the catalogue of administrative procedures. Like units, a procedure's code means nothing
// without a day.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/units/units.h"
#include "platform/db/db.h"

namespace ln::units {

std::optional<Procedure> find_procedure(db::Read& read, ProcedureId id);
std::optional<Procedure> find_procedure(db::Read& read, std::string_view code, Day valid_from);
// The version in force on `day`.
std::optional<Procedure> find_procedure_on(db::Read& read, std::string_view code, Day day);
// The whole catalogue of a day, by field and then by name.
std::vector<Procedure> procedures(db::Read& read, Day day);
// Those that `unit` handles on `day`. A counter and a division receive what the unit above them
// handles.
std::vector<Procedure> procedures_of(db::Read& read, const Unit& unit, Day day);
// Procedures in whose name every word of the query begins a word, with diacritics or without; the
// ones with the very diacritics first.
std::vector<Procedure> search_procedures(db::Read& read,
                                         std::string_view query,
                                         Day day,
                                         std::size_t limit = 20);
ProcedureId insert(db::Write& write, const Procedure& procedure);  // its id is ignored

}  // namespace ln::units
