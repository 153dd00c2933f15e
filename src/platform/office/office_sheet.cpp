#include "platform/office/office_sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/check.h"
#include "platform/office/office_escape.h"
#include "platform/office/office_letter.h"
#include "platform/office/office_zip.h"

namespace ln::office {
namespace {

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
constexpr std::size_t cell_units_max = 32'767;  // of the format, in UTF-16
constexpr std::size_t name_units_max = 31;
constexpr std::size_t flush_size = 64 * 1024;
constexpr double epoch_day = 25'569;  // 1 January 1970, counted from 30 December 1899

// Places in cellXfs below.
enum Look : int {
  text_look = 1,
  title_look,
  whole_look,
  number_look,
  percent_look,
  day_look,
  instant_look,
  line_look
};

constexpr std::string_view styles =
    R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)"
    R"(<numFmts count="3"><numFmt numFmtId="164" formatCode="0.0%"/>)"
    R"(<numFmt numFmtId="165" formatCode="dd/mm/yyyy"/>)"
    R"(<numFmt numFmtId="166" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts>)"
    R"(<fonts count="2"><font><sz val="12"/><name val="Times New Roman"/></font>)"
    R"(<font><b/><sz val="12"/><name val="Times New Roman"/></font></fonts>)"
    R"(<fills count="2"><fill><patternFill patternType="none"/></fill>)"
    R"(<fill><patternFill patternType="gray125"/></fill></fills>)"
    R"(<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>)"
    R"(<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/>)"
    R"(<diagonal/></border></borders>)"
    R"(<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>)"
    R"(</cellStyleXfs>)"
    R"(<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
    R"(<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" )"
    R"(applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>)"
    R"(<xf numFmtId="0" fontId="1" fillId="0" borderId="1" xfId="0" applyFont="1" applyBorder="1" )"
    R"(applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>)"
    R"(<xf numFmtId="3" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" )"
    R"(applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="4" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" )"
    R"(applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" )"
    R"(applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="165" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" )"
    R"(applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="166" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" )"
    R"(applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>)"
    R"(<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>)"
    R"(</styleSheet>)";

// "A", "B" … "Z", "AA".
std::string column_name(std::size_t column) {
  std::string out;
  for (++column; column > 0; column = (column - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

// The longest beginning of so many units of UTF-16.
std::string_view first_units(std::string_view text, std::size_t units_max) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) == 0x80) continue;
    units += byte >= 0xF0 ? 2 : 1;
    if (units > units_max) return text.substr(0, at);
  }
  return text;
}

}  // namespace

struct SheetWriter::Inside {
  struct Told {
    std::string name;
    std::size_t title_row;
  };
  ArchiveWriter archive;
  std::vector<Told> sheets;
  std::set<std::string> taken;  // names, in capitals
  std::vector<SheetColumn> columns;
  std::vector<std::string> lines_above;
  std::string name, waiting;  // `waiting`: XML that was not packed yet
  std::size_t row = 0;        // of the sheet that is open
  bool is_open = false;

  std::string free_name(std::string_view wanted) {
    std::string clean;
    for (const char each : wanted)
      clean += std::string_view("[]:*?/\\'").find(each) == std::string_view::npos ? each : ' ';
    if (clean.empty()) clean = "1";
    std::string made(first_units(clean, name_units_max));
    for (int i = 2; !taken.insert(capitals(made)).second; ++i) {
      const std::string tail = fmt::format(" ({})", i);
      made = std::string(first_units(clean, name_units_max - tail.size())) + tail;
    }
    return made;
  }

  void begin() {
    sheets.push_back({free_name(name), lines_above.size() + 1});
    archive.begin(fmt::format("xl/worksheets/sheet{}.xml", sheets.size()));
    is_open = true;
    row = 0;
    const std::size_t above = lines_above.size() + 1;
    waiting += fmt::format(
        R"({}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">)"
        R"(<sheetPr>)"
        R"(<pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"{}>)"
        R"(<pane ySplit="{}" topLeftCell="A{}" activePane="bottomLeft" state="frozen"/>)"
        R"(</sheetView></sheetViews><cols>)",
        head, sheets.size() == 1 ? R"( tabSelected="1")" : "", above, above + 1);
    for (std::size_t i = 0; i < columns.size(); ++i)
      waiting += fmt::format(R"(<col min="{0}" max="{0}" width="{1}" customWidth="1"/>)", i + 1,
                             std::clamp(columns[i].width_chars, 2, 250));
    waiting += "</cols><sheetData>";
    for (const std::string& line : lines_above) {
      begin_row();
      add_text(0, line, line_look);
      waiting += "</row>";
    }
    begin_row();
    for (std::size_t i = 0; i < columns.size(); ++i) add_text(i, columns[i].title, title_look);
    waiting += "</row>";
  }

  void end() {
    if (!is_open) return;
    waiting +=
        R"(</sheetData><pageMargins left="0.8" right="0.6" top="0.8" bottom="0.8" header="0.4" )"
        R"(footer="0.4"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" )"
        R"(fitToHeight="0"/></worksheet>)";
    archive.write(waiting);
    waiting.clear();
    is_open = false;
  }

  void begin_row() { waiting += fmt::format(R"(<row r="{}">)", ++row); }

  void open_cell(std::size_t column, int look) {
    waiting += fmt::format(R"(<c r="{}{}" s="{}")", column_name(column), row, look);
  }
  void add_text(std::size_t column, std::string_view text, int look) {
    open_cell(column, look);
    waiting += R"( t="inlineStr"><is><t xml:space="preserve">)";
    const std::string_view fitting = first_units(text, cell_units_max);
    if (fitting.size() == text.size()) {
      append_escaped(waiting, text);
    } else {
      append_escaped(waiting, first_units(text, cell_units_max - 1));
      waiting += "…";
    }
    waiting += "</t></is></c>";
  }
  void add_number(std::size_t column, double value, int look) {
    open_cell(column, look);
    if (std::isfinite(value))
      waiting += fmt::format("><v>{}</v></c>", value);
    else
      waiting += "/>";
  }

  void add(std::size_t column, const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      add_text(column, *text, text_look);
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      open_cell(column, whole_look);
      waiting += fmt::format("><v>{}</v></c>", *whole);
    } else if (const auto* number = std::get_if<double>(&value)) {
      add_number(column, *number, number_look);
    } else if (const auto* percent = std::get_if<Percent>(&value)) {
      add_number(column, percent->share, percent_look);
    } else if (const auto* day = std::get_if<Day>(&value)) {
      add_number(column, static_cast<double>(day->time_since_epoch().count()) + epoch_day,
                 day_look);
    } else if (const auto* at = std::get_if<Instant>(&value)) {
      constexpr double day_ms = 86'400'000;
      const auto local = std::chrono::milliseconds(at->time_since_epoch() + vietnam_offset);
      add_number(column, static_cast<double>(local.count()) / day_ms + epoch_day, instant_look);
    } else {
      open_cell(column, text_look);
      waiting += "/>";
    }
  }
};

SheetWriter::SheetWriter() : inside_(std::make_unique<Inside>()) {
  inside_->archive.add(
      "_rels/.rels",
      std::string(head) +
          R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
          R"(<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/)"
          R"(relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)");
}
SheetWriter::~SheetWriter() = default;
SheetWriter::SheetWriter(SheetWriter&&) noexcept = default;
SheetWriter& SheetWriter::operator=(SheetWriter&&) noexcept = default;

void SheetWriter::begin_sheet(std::string_view name,
                              const std::vector<SheetColumn>& columns,
                              const std::vector<std::string>& lines_above) {
  inside_->end();
  inside_->name = name;
  inside_->columns = columns;
  inside_->lines_above = lines_above;
  inside_->begin();
}

void SheetWriter::row(std::span<const Value> cells) {
  Inside& in = *inside_;
  CHECK(in.is_open);
  if (static_cast<std::int64_t>(in.row) >= sheet_rows_max) {
    in.end();
    in.begin();
  }
  in.begin_row();
  for (std::size_t i = 0; i < cells.size(); ++i) in.add(i, cells[i]);
  in.waiting += "</row>";
  if (in.waiting.size() < flush_size) return;
  in.archive.write(in.waiting);
  in.waiting.clear();
}

std::string SheetWriter::finish() && {
  Inside& in = *inside_;
  in.end();
  CHECK(!in.sheets.empty());
  std::string types(head), book(head), relations(head), names;
  types += R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
           R"(<Default Extension="rels" )"
           R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
           R"(<Override PartName="/xl/workbook.xml" ContentType=)"
           R"("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
           R"(<Override PartName="/xl/styles.xml" ContentType=)"
           R"("application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>)";
  book +=
      R"(<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
      R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>)";
  relations +=
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
      R"(<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/)"
      R"(relationships/styles" Target="styles.xml"/>)";
  for (std::size_t i = 0; i < in.sheets.size(); ++i) {
    const std::string name = escaped(in.sheets[i].name);
    types += fmt::format(
        R"(<Override PartName="/xl/worksheets/sheet{}.xml" ContentType=)"
        R"("application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>)",
        i + 1);
    book += fmt::format(R"(<sheet name="{}" sheetId="{}" r:id="rId{}"/>)", name, i + 1, i + 2);
    relations += fmt::format(
        R"(<Relationship Id="rId{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/)"
        R"(relationships/worksheet" Target="worksheets/sheet{}.xml"/>)",
        i + 2, i + 1);
    names += fmt::format(
        R"(<definedName name="_xlnm.Print_Titles" localSheetId="{}">'{}'!${}:${}</definedName>)", i,
        name, in.sheets[i].title_row, in.sheets[i].title_row);
  }
  in.archive.add("xl/workbook.xml",
                 book + "</sheets><definedNames>" + names + "</definedNames></workbook>");
  in.archive.add("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
  in.archive.add("xl/styles.xml", std::string(head) + std::string(styles));
  in.archive.add("[Content_Types].xml", types + "</Types>");
  return std::move(in.archive).finish();
}

std::string write_xlsx(const Workbook& workbook) {
  SheetWriter writer;
  for (const Sheet& sheet : workbook.sheets) {
    writer.begin_sheet(sheet.name, sheet.columns, sheet.lines_above);
    for (const auto& row : sheet.rows) writer.row(row);
  }
  return std::move(writer).finish();
}

}  // namespace ln::office
