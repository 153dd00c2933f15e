// The columns of the tables that other rooms fill.
#include "feature/insight/insight_jobs_rooms.h"

namespace ln::insight {
namespace {

constexpr OpenColumn number_column = {"number", "integer", "insight.room.column.number"_t};
constexpr OpenColumn unit_column = {"unit", "text", "insight.open.column.unit"_t};
constexpr OpenColumn valid_from_column = {"valid_from", "day", "insight.open.column.valid_from"_t};
constexpr OpenColumn due_column = {"due", "day", "insight.room.column.due"_t};

constexpr OpenColumn room_figures_columns[] = {
    {"figure", "text", "insight.open.column.figure"_t},
    unit_column,
    valid_from_column,
    {"number", "integer", "insight.room.column.of_number"_t},
    {"numerator", "integer", "insight.open.column.numerator"_t},
    {"denominator", "integer", "insight.open.column.denominator"_t},
    {"value", "decimal", "insight.open.column.value"_t},
    {"low", "decimal", "insight.open.column.low"_t},
    {"high", "decimal", "insight.open.column.high"_t},
    {"withheld", "flag", "insight.open.column.withheld"_t},
};
constexpr OpenColumn room_commitments_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"source", "text", "insight.room.column.source"_t},
    {"made", "day", "insight.room.column.made"_t},
    due_column,
    {"state", "text", "insight.room.column.state"_t},
    {"declared", "day", "insight.room.column.declared"_t},
    {"by_silence", "flag", "insight.room.column.by_silence"_t},
    {"refused", "integer", "insight.room.column.refused"_t},
    {"changed", "integer", "insight.room.column.changed"_t},
    {"broken", "day", "insight.room.column.broken"_t},
};
constexpr OpenColumn room_disclosures_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"item", "text", "insight.room.column.item"_t},
    {"decided", "day", "insight.room.column.decided"_t},
    due_column,
    {"posted", "day", "insight.room.column.posted"_t},
    {"late", "flag", "insight.room.column.late"_t},
    {"read", "integer", "insight.room.column.read"_t},
    {"asked", "integer", "insight.room.column.asked"_t},
    {"answered", "integer", "insight.room.column.answered_questions"_t},
};

constexpr OpenTable told_tables[] = {
    {"room_figures", "insight.room.table.room_figures"_t, room_figures_columns},
    {"commitments", "insight.room.table.commitments"_t, room_commitments_columns},
    {"disclosures", "insight.room.table.disclosures"_t, room_disclosures_columns},
};

}  // namespace

std::span<const OpenTable> room_tables() { return told_tables; }

}  // namespace ln::insight
