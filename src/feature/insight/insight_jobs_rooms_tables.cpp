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

constexpr OpenColumn room_surveys_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"procedure", "text", "insight.room.column.procedure"_t},
    {"form", "text", "insight.room.column.form"_t},
    {"version", "integer", "insight.room.column.version"_t},
    {"plan", "text", "insight.room.column.plan"_t},
    {"frame", "integer", "insight.room.column.frame"_t},
    {"sample", "integer", "insight.room.column.sample"_t},
    {"opens", "day", "insight.room.column.opens"_t},
    {"closes", "day", "insight.room.column.closes"_t},
    {"invited", "integer", "insight.room.column.invited"_t},
    {"answers", "integer", "insight.room.column.answers"_t},
    {"scored", "integer", "insight.room.column.scored"_t},
    {"score_sum", "integer", "insight.room.column.score_sum"_t},
    {"score_most", "integer", "insight.room.column.score_most"_t},
    {"index", "decimal", "insight.room.column.index"_t},
    {"low", "decimal", "insight.open.column.low"_t},
    {"high", "decimal", "insight.open.column.high"_t},
    {"counts", "text", "insight.room.column.counts"_t},
};
constexpr OpenColumn room_survey_questions_columns[] = {
    {"number", "integer", "insight.room.column.question_number"_t},
    unit_column,
    valid_from_column,
    {"survey", "integer", "insight.room.column.survey"_t},
    {"question", "text", "insight.room.column.question"_t},
    {"opens", "day", "insight.room.column.opens"_t},
    {"plan", "text", "insight.room.column.plan"_t},
    {"satisfied", "integer", "insight.room.column.satisfied"_t},
    {"answered", "integer", "insight.room.column.answered_it"_t},
    {"low", "decimal", "insight.open.column.low"_t},
    {"high", "decimal", "insight.open.column.high"_t},
};
constexpr OpenColumn room_survey_counts_columns[] = {
    {"survey", "integer", "insight.room.column.survey"_t},
    {"way", "text", "insight.room.column.way"_t},
    {"party", "text", "insight.room.column.party"_t},
    {"question", "text", "insight.room.column.question"_t},
    {"answer", "text", "insight.room.column.answer"_t},
    {"count", "decimal", "insight.room.column.people"_t},
};
constexpr OpenColumn room_programmes_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"announced", "day", "insight.room.column.announced"_t},
    {"from", "day", "insight.room.column.first_day"_t},
    {"to", "day", "insight.room.column.last_day"_t},
    {"stage", "text", "insight.room.column.stage"_t},
    {"frame", "integer", "insight.room.column.frame"_t},
    {"drawn", "integer", "insight.room.column.drawn_count"_t},
    {"found", "integer", "insight.room.column.found"_t},
    {"in_order", "integer", "insight.room.column.in_order"_t},
    {"flaw", "integer", "insight.room.column.flaw"_t},
    {"breach", "integer", "insight.room.column.breach"_t},
    {"unclear", "integer", "insight.room.column.unclear"_t},
};
constexpr OpenColumn room_drawn_columns[] = {
    {"programme", "integer", "insight.room.column.programme"_t},
    {"item", "integer", "insight.room.column.item_number"_t},
};
constexpr OpenColumn room_advice_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"programme", "integer", "insight.room.column.programme"_t},
    {"of_programme", "integer", "insight.room.column.advice_number"_t},
    {"advised", "day", "insight.room.column.advised"_t},
    due_column,
    {"answered", "flag", "insight.room.column.advice_answered"_t},
    {"late", "flag", "insight.room.column.advice_late"_t},
    {"verified", "flag", "insight.room.column.verified"_t},
};
constexpr OpenColumn room_models_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"field", "text", "insight.room.column.field"_t},
    {"metric", "text", "insight.room.column.metric"_t},
    {"registered", "day", "insight.room.column.registered"_t},
    {"begins", "day", "insight.room.column.begins"_t},
    {"days", "integer", "insight.room.column.days"_t},
    {"state", "text", "insight.room.column.model_state"_t},
    {"claimed", "flag", "insight.room.column.claimed"_t},
    {"before_part", "integer", "insight.room.column.before_part"_t},
    {"before_whole", "integer", "insight.room.column.before_whole"_t},
    {"after_part", "integer", "insight.room.column.after_part"_t},
    {"after_whole", "integer", "insight.room.column.after_whole"_t},
    {"difference", "decimal", "insight.room.column.difference"_t},
    {"low", "decimal", "insight.open.column.low"_t},
    {"high", "decimal", "insight.open.column.high"_t},
};
constexpr OpenColumn room_ballots_columns[] = {
    number_column,
    unit_column,
    valid_from_column,
    {"rule", "text", "insight.room.column.rule"_t},
    {"opens", "day", "insight.room.column.opens"_t},
    {"closes", "day", "insight.room.column.closes"_t},
    {"stage", "text", "insight.room.column.ballot_stage"_t},
    {"households", "integer", "insight.room.column.households"_t},
    {"voted", "integer", "insight.room.column.voted"_t},
};
constexpr OpenColumn room_ballot_counts_columns[] = {
    {"ballot", "integer", "insight.room.column.ballot"_t},
    {"question", "integer", "insight.room.column.ballot_question"_t},
    {"choice", "integer", "insight.room.column.choice"_t},
    {"count", "integer", "insight.room.column.votes"_t},
    {"passed", "flag", "insight.room.column.passed"_t},
};

constexpr OpenTable told_tables[] = {
    {"room_figures", "insight.room.table.room_figures"_t, room_figures_columns},
    {"commitments", "insight.room.table.commitments"_t, room_commitments_columns},
    {"disclosures", "insight.room.table.disclosures"_t, room_disclosures_columns},
    {"surveys", "insight.room.table.surveys"_t, room_surveys_columns},
    {"survey_questions", "insight.room.table.survey_questions"_t, room_survey_questions_columns},
    {"survey_counts", "insight.room.table.survey_counts"_t, room_survey_counts_columns},
    {"programmes", "insight.room.table.programmes"_t, room_programmes_columns},
    {"drawn", "insight.room.table.drawn"_t, room_drawn_columns},
    {"advice", "insight.room.table.advice"_t, room_advice_columns},
    {"models", "insight.room.table.models"_t, room_models_columns},
    {"ballots", "insight.room.table.ballots"_t, room_ballots_columns},
    {"ballot_counts", "insight.room.table.ballot_counts"_t, room_ballot_counts_columns},
};

}  // namespace

std::span<const OpenTable> room_tables() { return told_tables; }

}  // namespace ln::insight
