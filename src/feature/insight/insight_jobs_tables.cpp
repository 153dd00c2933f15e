#include "feature/insight/insight_jobs_tables.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "engine/csv/csv.h"
#include "feature/insight/insight_jobs_rooms.h"
#include "platform/json/json.h"

namespace ln::insight {
namespace {

constexpr OpenColumn figures_columns[] = {
    {"figure", "text", "insight.open.column.figure"_t},
    {"unit", "text", "insight.open.column.unit"_t},
    {"valid_from", "day", "insight.open.column.valid_from"_t},
    {"sender", "text", "insight.open.column.sender"_t},
    {"period", "text", "insight.open.column.period"_t},
    {"numerator", "integer", "insight.open.column.numerator"_t},
    {"denominator", "integer", "insight.open.column.denominator"_t},
    {"value", "decimal", "insight.open.column.value"_t},
    {"low", "decimal", "insight.open.column.low"_t},
    {"high", "decimal", "insight.open.column.high"_t},
    {"withheld", "flag", "insight.open.column.withheld"_t},
};
constexpr OpenColumn definitions_columns[] = {
    {"figure", "text", "insight.open.column.figure"_t},
    {"kind", "text", "insight.open.column.figure_kind"_t},
    {"numerator", "text", "insight.open.column.numerator_is"_t},
    {"denominator", "text", "insight.open.column.denominator_is"_t},
    {"text_vi", "text", "insight.open.column.text_vi"_t},
    {"text_en", "text", "insight.open.column.text_en"_t},
    {"counted_from", "text", "insight.room.column.counted_from"_t},
    {"only", "text", "insight.room.column.only"_t},
    {"source", "text", "insight.room.column.rule_source"_t},
    {"page", "text", "insight.room.column.printed"_t},
};
constexpr OpenColumn cases_columns[] = {
    {"unit", "text", "insight.open.column.unit"_t},
    {"valid_from", "day", "insight.open.column.valid_from"_t},
    {"from", "day", "insight.open.column.from"_t},
    {"to", "day", "insight.open.column.to"_t},
    {"topic", "text", "insight.open.column.topic"_t},
    {"sender", "text", "insight.open.column.sender"_t},
    {"answered", "flag", "insight.open.column.answered"_t},
    {"on_time", "flag", "insight.open.column.on_time"_t},
    {"overdue", "flag", "insight.open.column.overdue"_t},
    {"open", "flag", "insight.open.column.open"_t},
    {"declined", "flag", "insight.open.column.declined"_t},
    {"reopened", "flag", "insight.open.column.reopened"_t},
    {"solved", "flag", "insight.open.column.solved"_t},
};
constexpr OpenColumn ratings_columns[] = {
    {"unit", "text", "insight.open.column.unit"_t},
    {"valid_from", "day", "insight.open.column.valid_from"_t},
    {"from", "day", "insight.open.column.from"_t},
    {"to", "day", "insight.open.column.to"_t},
    {"score", "integer", "insight.open.column.score"_t},
    {"again", "text", "figures.open.again"_t},
    {"believed", "text", "figures.open.believed"_t},
};
constexpr OpenColumn published_columns[] = {
    {"code", "text", "insight.open.column.code"_t},
    {"kind", "text", "insight.open.column.kind"_t},
    {"about", "text", "insight.open.column.about"_t},
    {"topic", "text", "insight.open.column.topic"_t},
    {"unit", "text", "insight.open.column.unit"_t},
    {"valid_from", "day", "insight.open.column.valid_from"_t},
    {"state", "text", "insight.open.column.state"_t},
    {"received", "day", "insight.open.column.received"_t},
    {"published", "day", "insight.open.column.published"_t},
    {"due", "day", "insight.open.column.due"_t},
    {"answered", "day", "insight.open.column.answered_on"_t},
    {"closed", "day", "insight.open.column.closed"_t},
    {"title", "text", "insight.open.column.title"_t},
    {"body", "text", "insight.open.column.body"_t},
};
constexpr OpenColumn apart_columns[] = {
    {"quarter", "text", "insight.open.column.quarter"_t},
    {"what", "text", "insight.open.column.what"_t},
    {"count", "integer", "insight.open.column.count"_t},
    {"withheld", "flag", "insight.open.column.withheld"_t},
};
constexpr OpenColumn units_columns[] = {
    {"unit", "text", "insight.open.column.unit"_t},
    {"valid_from", "day", "insight.open.column.valid_from"_t},
    {"valid_to", "day", "insight.open.column.valid_to"_t},
    {"name", "text", "insight.open.column.name"_t},
    {"name_en", "text", "insight.open.column.name_en"_t},
    {"kind", "text", "insight.open.column.unit_kind"_t},
    {"type", "text", "insight.open.column.type"_t},
    {"parent", "text", "insight.open.column.parent"_t},
    {"parent_valid_from", "day", "insight.open.column.parent_valid_from"_t},
};
constexpr OpenColumn successions_columns[] = {
    {"unit", "text", "insight.open.column.unit"_t},
    {"valid_from", "day", "insight.open.column.valid_from"_t},
    {"new_unit", "text", "insight.open.column.new_unit"_t},
    {"new_valid_from", "day", "insight.open.column.new_valid_from"_t},
    {"relation", "text", "insight.open.column.relation"_t},
    {"note", "text", "insight.open.column.note"_t},
};
constexpr OpenColumn topics_columns[] = {
    {"topic", "text", "insight.open.column.topic"_t},
    {"parent", "text", "insight.open.column.parent_topic"_t},
    {"about", "text", "insight.open.column.about"_t},
    {"name_vi", "text", "insight.open.column.name_vi"_t},
    {"name_en", "text", "insight.open.column.name_en"_t},
    {"measure", "text", "insight.open.column.measure"_t},
    {"deadline", "integer", "insight.open.column.deadline"_t},
    {"urgent_measure", "text", "insight.open.column.urgent_measure"_t},
    {"urgent_deadline", "integer", "insight.open.column.urgent_deadline"_t},
    {"smallest", "flag", "insight.open.column.smallest"_t},
    {"ends", "day", "insight.open.column.ends"_t},
};
constexpr OpenColumn calendar_columns[] = {
    {"day", "day", "insight.open.column.day"_t},
    {"kind", "text", "insight.open.column.day_kind"_t},
    {"name_vi", "text", "insight.open.column.name_vi"_t},
    {"name_en", "text", "insight.open.column.name_en"_t},
    {"source", "text", "insight.open.column.source"_t},
};

constexpr OpenTable tables[] = {
    {"figures", "insight.open.table.figures"_t, figures_columns},
    {"definitions", "insight.open.table.definitions"_t, definitions_columns},
    {"cases", "insight.open.table.cases"_t, cases_columns},
    {"ratings", "insight.open.table.ratings"_t, ratings_columns},
    {"published", "insight.open.table.published"_t, published_columns},
    {"apart", "insight.open.table.apart"_t, apart_columns},
    {"units", "insight.open.table.units"_t, units_columns},
    {"successions", "insight.open.table.successions"_t, successions_columns},
    {"topics", "insight.open.table.topics"_t, topics_columns},
    {"calendar", "insight.open.table.calendar"_t, calendar_columns},
};

}  // namespace

std::span<const OpenTable> open_tables() {
  static const std::vector<OpenTable> all = [] {
    std::vector<OpenTable> made(std::begin(tables), std::end(tables));
    made.insert(made.end(), room_tables().begin(), room_tables().end());
    return made;
  }();
  return all;
}

const OpenTable& open_table(std::string_view name) {
  const auto found = std::ranges::find(open_tables(), name, &OpenTable::name);
  CHECK(found != open_tables().end());
  return *found;
}

TableWriter::TableWriter(const OpenTable& table,
                         std::string part,
                         MakeFile make,
                         std::vector<FileMade>& made,
                         std::size_t size_max)
    : table_(table),
      part_(std::move(part)),
      make_(std::move(make)),
      made_(made),
      size_max_(size_max) {}

void TableWriter::begin_file() {
  std::string name(table_.name);
  if (!part_.empty()) name += "-" + part_;
  if (++files_ > 1) name += "." + std::to_string(files_);
  csv_name_ = name + ".csv";
  jsonl_name_ = name + ".jsonl";
  csv_ = make_(csv_name_);
  jsonl_ = make_(jsonl_name_);
  rows_ = 0;
  std::string header;
  for (const OpenColumn& column : table_.columns)
    header += (header.empty() ? "" : ",") + std::string(column.name);
  csv_->write(header + "\r\n");
  size_ = 0;
}

void TableWriter::end_file() {
  csv_->finish();
  jsonl_->finish();
  made_.push_back({csv_name_, std::string(table_.name), "csv", rows_});
  made_.push_back({jsonl_name_, std::string(table_.name), "jsonl", rows_});
  csv_.reset();
  jsonl_.reset();
}

void TableWriter::add(std::string_view csv, std::string_view json) {
  CHECK(column_ < table_.columns.size());
  if (column_ > 0) csv_line_ += ',';
  csv::append_cell(csv_line_, csv);
  jsonl_line_ += column_ == 0 ? '{' : ',';
  jsonl_line_ += '"';
  jsonl_line_ += table_.columns[column_].name;
  jsonl_line_ += "\":";
  jsonl_line_ += json;
  ++column_;
}

TableWriter& TableWriter::text(std::string_view value) {
  std::string quoted;
  json::Writer(quoted).text(value);
  add(value, value.empty() ? std::string_view("null") : std::string_view(quoted));
  return *this;
}

TableWriter& TableWriter::number(std::int64_t value) {
  const std::string digits = std::to_string(value);
  add(digits, digits);
  return *this;
}

TableWriter& TableWriter::decimal(std::string_view digits) {
  add(digits, digits.empty() ? std::string_view("null") : digits);
  return *this;
}

TableWriter& TableWriter::day(const std::optional<Day>& value) {
  return text(value ? to_iso(*value) : std::string());
}

void TableWriter::end_row() {
  CHECK(column_ == table_.columns.size());
  if (csv_ == nullptr) begin_file();
  csv_line_ += "\r\n";
  jsonl_line_ += "}\n";
  csv_->write(csv_line_);
  jsonl_->write(jsonl_line_);
  ++rows_;
  size_ += std::max(csv_line_.size(), jsonl_line_.size());
  csv_line_.clear();
  jsonl_line_.clear();
  column_ = 0;
  if (size_ >= size_max_) end_file();
}

void TableWriter::finish() {
  if (csv_ == nullptr && files_ == 0) begin_file();
  if (csv_ != nullptr) end_file();
}

std::optional<std::vector<std::string>> cells_of(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return csv::cells(line);
}

}  // namespace ln::insight
