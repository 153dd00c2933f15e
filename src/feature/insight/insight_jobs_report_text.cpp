#include "feature/insight/insight_jobs_report_text.h"

#include <array>

#include "core/units/units_name.h"
#include "feature/insight/insight_board.h"
#include "feature/insight/insight_pages_live.h"
#include "platform/office/office_document.h"
#include "platform/office/office_letter.h"
#include "platform/office/office_sheet.h"

namespace ln::insight {
namespace {

using i18n::Voice;
using office::Align;

constexpr std::array<std::string_view, 4> quarter_names = {"I", "II", "III", "IV"};

// One line of the table of results: a share of something.
struct Line {
  TextKey name;
  stats::Share share;
};

std::vector<Line> lines_of(const Counts& counts) {
  return {{"insight.report.answered"_t, {counts.answered, counts.received}},
          {"insight.report.on_time"_t, counts.on_time_share()},
          {"insight.report.overdue"_t, {counts.overdue_open, counts.received}},
          {"insight.report.declined"_t, {counts.declined, counts.received}},
          {"insight.report.reopened"_t, {counts.reopened, counts.received}},
          {"insight.report.solved"_t, {counts.solved, counts.received}},
          {"figures.settled.satisfied"_t, satisfied_of(counts.ratings)},
          {"figures.settled.report_again"_t, counts.again},
          {"figures.settled.believed"_t, counts.believed}};
}

// "87,3% (131 trong 150; khoảng tin cậy 95%: 81,0%–91,7%)", or that there are too few. Who is
// counted are whole classes of open data, at least five letters each, so how they fared is told in
// full: a share beside a hidden count would give the count.
std::string share_text(const Voice& say, stats::Share share) {
  if (share.whole < stats::privacy_floor) return std::string(say("insight.report.too_few"_t));
  return say("insight.report.share"_t,
             {{"percent", on_time_text(say, share)},
              {"part", say.number(share.part)},
              {"whole", say.number(share.whole)},
              {"interval", share_interval_text(say, stats::wilson(share))}});
}

// Counts of one table as they may be told: null is withheld, also where the total would tell it.
std::vector<std::optional<std::int64_t>> told(const std::vector<std::int64_t>& counts) {
  std::vector<std::optional<std::int64_t>> out;
  if (counts.empty()) return out;
  std::vector<std::vector<std::int64_t>> rows;
  for (const std::int64_t each : counts) rows.push_back({each});
  const stats::SafeTable table(rows, stats::privacy_floor);
  for (std::size_t i = 0; i < counts.size(); ++i) out.push_back(table.count(i, 0));
  return out;
}

// A row of the tables over time and over units.
struct Row {
  std::string name;
  Counts counts;
  std::string note{};
};

struct Written {
  const Voice& say;
  const Report& report;
  const units::Unit& unit;
  const ReportNumbers& numbers;

  std::string unit_name() const {
    return units::name_in(unit, say.language() == i18n::Language::en);
  }
  std::string title() const {
    return say("insight.report.subject"_t,
               {{"unit", unit_name()}, {"period", period_name(say, report.period)}});
  }
  std::vector<Row> part_rows() const {
    std::vector<Row> rows;
    for (const auto& each : numbers.parts)
      rows.push_back({period_name(say, each.period), each.counts});
    return rows;
  }
  std::vector<Row> unit_rows() const {
    std::vector<Row> rows;
    for (const UnitCounts& each : numbers.units)
      rows.push_back({each.unit.name, each.counts, std::string(say(band_key(each.band)))});
    return rows;
  }
  static TextKey band_key(stats::Band band) {
    switch (band) {
      case stats::Band::clearly_above: return "insight.report.band.above"_t;
      case stats::Band::around: return "insight.report.band.around"_t;
      case stats::Band::clearly_below: return "insight.report.band.below"_t;
      case stats::Band::too_few: return "insight.report.band.too_few"_t;
    }
    return {};
  }
};

office::Table results_table(const Written& of) {
  const Voice& say = of.say;
  office::Table table;
  table.columns = {{.weight = 4}, {.weight = 3}, {.weight = 3}};
  table.header = {office::cell(say("insight.report.column.what"_t), Align::centre, true),
                  office::cell(say("insight.report.column.now"_t), Align::centre, true),
                  office::cell(say("insight.report.column.before"_t), Align::centre, true)};
  table.rows.push_back({office::cell(say("insight.report.received"_t)),
                        office::cell(say.number(of.numbers.counts.received), Align::right),
                        office::cell(say.number(of.numbers.before.received), Align::right)});
  const auto now = lines_of(of.numbers.counts), before = lines_of(of.numbers.before);
  for (std::size_t i = 0; i < now.size(); ++i)
    table.rows.push_back({office::cell(say(now[i].name)),
                          office::cell(share_text(say, now[i].share)),
                          office::cell(share_text(say, before[i].share))});
  return table;
}

// Received and on time, of each row.
office::Table rows_table(const Voice& say,
                         std::string_view first,
                         const std::vector<Row>& rows,
                         bool has_notes) {
  office::Table table;
  table.columns = {{.weight = 4}, {.weight = 2}, {.weight = 4}};
  table.header = {office::cell(first, Align::centre, true),
                  office::cell(say("insight.report.received"_t), Align::centre, true),
                  office::cell(say("insight.report.on_time"_t), Align::centre, true)};
  if (has_notes) {
    table.columns.push_back({.weight = 3});
    table.header.push_back(office::cell(say("insight.report.column.band"_t), Align::centre, true));
  }
  std::vector<std::int64_t> received;
  for (const Row& row : rows) received.push_back(row.counts.received);
  const auto shown = told(received);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool is_told = shown[i].has_value();
    std::vector<office::Cell> cells = {
        office::cell(rows[i].name),
        office::cell(
            is_told ? say.number(*shown[i]) : std::string(say("insight.report.withheld"_t)),
            Align::right),
        office::cell(is_told ? share_text(say, rows[i].counts.on_time_share())
                             : std::string(say("insight.report.withheld"_t)))};
    if (has_notes) cells.push_back(office::cell(is_told ? rows[i].note : std::string("–")));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string change_text(const Written& of) {
  const stats::Share now = of.numbers.counts.on_time_share();
  const stats::Share before = of.numbers.before.on_time_share();
  switch (change_of(now, before)) {
    case Change::too_few: return std::string(of.say("insight.report.change.too_few"_t));
    case Change::unclear: return std::string(of.say("insight.report.change.unclear"_t));
    case Change::up: return std::string(of.say("insight.report.change.up"_t));
    case Change::down: return std::string(of.say("insight.report.change.down"_t));
  }
  return {};
}

std::string rating_sentence(const Written& of) {
  const stats::Ratings& ratings = of.numbers.counts.ratings;
  if (ratings.count() < stats::privacy_floor)
    return std::string(of.say("insight.report.rating_too_few"_t));
  return of.say("insight.report.rating"_t, {{"mean", rating_text(of.say, ratings)},
                                            {"interval", rating_interval_text(of.say, ratings)},
                                            {"count", of.say.number(ratings.count())}});
}

// What cannot be concluded, each with the reason.
std::vector<std::string> limits_of(const Written& of) {
  const Voice& say = of.say;
  std::vector<std::string> out;
  const Counts& counts = of.numbers.counts;
  if (counts.on_time_share().whole < stats::privacy_floor)
    out.emplace_back(say("insight.report.limit.few"_t));
  const std::int64_t rated = counts.ratings.count(), answered = counts.answered;
  if (answered >= stats::privacy_floor && rated >= stats::privacy_floor && rated <= answered) {
    const stats::Share response{rated, answered};
    out.push_back(say("insight.report.limit.response"_t, {{"percent", on_time_text(say, response)},
                                                          {"count", say.number(rated)},
                                                          {"answered", say.number(answered)}}));
  } else {
    out.emplace_back(say("insight.report.limit.no_response"_t));
  }
  std::int64_t few = 0;
  for (const UnitCounts& each : of.numbers.units)
    if (each.counts.on_time_share().whole < stats::privacy_floor) ++few;
  if (few > 0) out.push_back(say("insight.report.limit.units"_t, {{"count", say.number(few)}}));
  out.emplace_back(say("insight.report.limit.scope"_t));
  out.emplace_back(say("insight.report.limit.cause"_t));
  return out;
}

office::Document document_of(const Written& of) {
  const Voice& say = of.say;
  office::Document document{.title = of.title(),
                            .language = say.language() == i18n::Language::vi ? "vi-VN" : "en-GB"};
  document.parts = office::letterhead({.office = of.unit_name(),
                                       .place = std::string(say("insight.report.place"_t)),
                                       .day = local_day(of.numbers.counted_at),
                                       .kind = std::string(say("insight.report.kind"_t)),
                                       .subject = of.title()},
                                      say.language());
  const auto add = [&](office::Part part) { document.parts.push_back(std::move(part)); };
  add(office::paragraph(
      say("insight.report.as_of"_t, {{"moment", say.moment(of.numbers.counted_at)},
                                     {"lines", say.number(of.numbers.leaf_count)}})));
  add(office::heading(1, say("insight.report.section.results"_t)));
  add(results_table(of));
  add(office::paragraph(change_text(of)));
  if (!of.numbers.parts.empty()) {
    add(office::heading(1, say("insight.report.section.parts"_t)));
    add(rows_table(say, say("insight.report.column.period"_t), of.part_rows(), false));
  }
  add(office::heading(1, say("insight.report.section.units"_t)));
  if (of.numbers.units.empty())
    add(office::paragraph(say("insight.report.no_units"_t)));
  else
    add(rows_table(say, say("insight.report.column.unit"_t), of.unit_rows(), true));
  add(office::heading(1, say("insight.report.section.rating"_t)));
  add(office::paragraph(rating_sentence(of)));
  add(office::heading(1, say("insight.report.section.limits"_t)));
  for (const std::string& each : limits_of(of)) add(office::paragraph("- " + each));
  add(office::heading(1, say("insight.report.section.method"_t)));
  add(office::paragraph(say("insight.report.method"_t)));
  for (office::Part& part :
       office::signature({.capacity = std::string(say("insight.report.capacity"_t)),
                          .recipients = {std::string(say("insight.report.kept"_t))}},
                         say.language()))
    add(std::move(part));
  return document;
}

void add_share(std::vector<office::Value>& row, const Voice& say, stats::Share share) {
  if (share.whole < stats::privacy_floor) {
    for (int i = 0; i < 5; ++i) row.emplace_back(std::string(say("insight.report.withheld"_t)));
    return;
  }
  const stats::Interval interval = stats::wilson(share);
  row.emplace_back(share.part);
  row.emplace_back(share.whole);
  row.emplace_back(office::Percent{stats::ratio(share)});
  row.emplace_back(office::Percent{interval.low});
  row.emplace_back(office::Percent{interval.high});
}

std::vector<office::SheetColumn> share_columns(const Voice& say, TextKey first) {
  return {{std::string(say(first)), 40},
          {std::string(say("insight.report.column.part"_t)), 12},
          {std::string(say("insight.report.column.whole"_t)), 12},
          {std::string(say("insight.report.column.share"_t)), 10},
          {std::string(say("insight.report.column.low"_t)), 12},
          {std::string(say("insight.report.column.high"_t)), 12}};
}

void add_rows(office::SheetWriter& writer, const Voice& say, const std::vector<Row>& rows) {
  std::vector<std::int64_t> received;
  for (const Row& row : rows) received.push_back(row.counts.received);
  const auto shown = told(received);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<office::Value> cells = {rows[i].name};
    add_share(cells, say, shown[i] ? rows[i].counts.on_time_share() : stats::Share{});
    writer.row(cells);
  }
}

std::string workbook_of(const Written& of) {
  const Voice& say = of.say;
  office::SheetWriter writer;
  writer.begin_sheet(say("insight.report.sheet.results"_t),
                     share_columns(say, "insight.report.column.what"_t), {of.title()});
  for (const Line& line : lines_of(of.numbers.counts)) {
    std::vector<office::Value> row = {std::string(say(line.name))};
    add_share(row, say, line.share);
    writer.row(row);
  }
  const std::vector<std::string> above = {of.title(), std::string(say("insight.report.on_time"_t))};
  if (!of.numbers.parts.empty()) {
    writer.begin_sheet(say("insight.report.sheet.parts"_t),
                       share_columns(say, "insight.report.column.period"_t), above);
    add_rows(writer, say, of.part_rows());
  }
  writer.begin_sheet(say("insight.report.sheet.units"_t),
                     share_columns(say, "insight.report.column.unit"_t), above);
  add_rows(writer, say, of.unit_rows());
  return std::move(writer).finish();
}

}  // namespace

std::string period_name(const Voice& say, const Period& period) {
  const std::chrono::year_month_day date(period.first);
  const int first = static_cast<int>(date.year());
  const std::string year = std::to_string(first), last = std::to_string(first + 4);
  const auto month = static_cast<unsigned>(date.month());
  const std::string number = std::to_string(month);
  switch (period.span) {
    case Span::month:
      return say("insight.report.period.month"_t, {{"month", number}, {"year", year}});
    case Span::quarter:
      return say("insight.report.period.quarter"_t,
                 {{"quarter", quarter_names[(month - 1) / 3]}, {"year", year}});
    case Span::year: return say("insight.report.period.year"_t, {{"year", year}});
    case Span::five_years:
      return say("insight.report.period.five_years"_t, {{"first", year}, {"last", last}});
  }
  return {};
}

std::string report_file(const Report& report,
                        const units::Unit& unit,
                        const ReportNumbers& numbers,
                        std::string_view format) {
  const Voice say(report.language == "en" ? i18n::Language::en : i18n::Language::vi);
  const Written of{say, report, unit, numbers};
  if (format == "xlsx") return workbook_of(of);
  return format == "html" ? office::write_html(document_of(of))
                          : office::write_docx(document_of(of));
}

}  // namespace ln::insight
