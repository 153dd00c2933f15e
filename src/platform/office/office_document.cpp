#include "platform/office/office_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "platform/office/office_escape.h"
#include "platform/office/office_zip.h"

namespace ln::office {
namespace {

// Twentieths of a point, as the format counts: 1 mm is 56.69 of them.
constexpr int mm(int millimetres) { return (millimetres * 14'400 + 127) / 254; }

constexpr int page_short = 11'906, page_long = 16'838;  // A4
constexpr int margin_left = mm(30), margin_right = mm(20), margin_top = mm(20),
              margin_foot = mm(20);
constexpr int indent_first = 720;  // 1.27 cm

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";

std::string_view word_of(Align align) {
  switch (align) {
    case Align::left: return "left";
    case Align::centre: return "center";
    case Align::right: return "right";
    case Align::justified: return "both";
  }
  return "left";
}

class Writer {
 public:
  explicit Writer(const Document& document)
      : width_((document.is_landscape ? page_long : page_short) - margin_left - margin_right) {}

  void add(const Part& part) {
    std::visit([&](const auto& each) { add_part(each); }, part);
  }
  std::string take() { return std::move(out_); }

 private:
  void add_run(const Run& run) {
    out_ += "<w:r>";
    if (run.is_bold || run.is_italic || run.points > 0) {
      out_ += "<w:rPr>";
      if (run.is_bold) out_ += "<w:b/>";
      if (run.is_italic) out_ += "<w:i/>";
      if (run.points > 0)
        out_ += fmt::format(R"(<w:sz w:val="{0}"/><w:szCs w:val="{0}"/>)", 2 * run.points);
      out_ += "</w:rPr>";
    }
    for (std::size_t at = 0; at <= run.text.size();) {
      const std::size_t end = std::min(run.text.find_first_of("\n\t", at), run.text.size());
      if (end > at) {
        out_ += R"(<w:t xml:space="preserve">)";
        append_escaped(out_, std::string_view(run.text).substr(at, end - at));
        out_ += "</w:t>";
      }
      if (end < run.text.size()) out_ += run.text[end] == '\n' ? "<w:br/>" : "<w:tab/>";
      at = end + 1;
    }
    out_ += "</w:r>";
  }

  void add_paragraph(const Paragraph& paragraph, int width) {
    out_ += "<w:p><w:pPr>";
    if (paragraph.keeps_with_next) out_ += "<w:keepNext/>";
    if (paragraph.is_close) out_ += R"(<w:spacing w:before="0" w:after="0" w:line="240"/>)";
    if (paragraph.align == Align::justified && paragraph.is_indented)
      out_ += fmt::format(R"(<w:ind w:firstLine="{}"/>)", indent_first);
    out_ += fmt::format(R"(<w:jc w:val="{}"/></w:pPr>)", word_of(paragraph.align));
    for (const Run& run : paragraph.runs) add_run(run);
    out_ += "</w:p>";
    if (paragraph.line_below_percent > 0) add_line(paragraph.line_below_percent, width);
  }

  // A line of its own length: the upper border of an empty, low paragraph between two indents.
  void add_line(int percent, int width) {
    const int indent = width * (100 - std::min(percent, 100)) / 200;
    out_ += fmt::format(
        R"(<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/>)"
        R"(</w:pBdr>)"
        R"(<w:spacing w:before="60" w:after="0" w:line="120" w:lineRule="exact"/>)"
        R"(<w:ind w:left="{0}" w:right="{0}"/><w:rPr><w:sz w:val="4"/></w:rPr></w:pPr></w:p>)",
        indent);
  }

  void add_part(const Paragraph& paragraph) { add_paragraph(paragraph, width_); }
  void add_part(const Heading& part) {
    out_ += fmt::format(R"(<w:p><w:pPr><w:pStyle w:val="Heading{}"/></w:pPr>)",
                        std::clamp(part.level, 1, 6));
    add_run({.text = part.text});
    out_ += "</w:p>";
  }
  void add_part(const PageBreak&) { out_ += R"(<w:p><w:r><w:br w:type="page"/></w:r></w:p>)"; }

  void add_part(const Table& table) {
    if (table.columns.empty()) return;
    const std::vector<int> widths = widths_of(table);
    out_ += fmt::format(R"(<w:tbl><w:tblPr><w:tblW w:w="{}" w:type="dxa"/>)", width_);
    if (table.has_lines) {
      out_ += "<w:tblBorders>";
      for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"})
        out_ +=
            fmt::format(R"(<w:{} w:val="single" w:sz="4" w:space="0" w:color="000000"/>)", side);
      out_ += "</w:tblBorders>";
    }
    out_ += R"(<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>)";
    for (const int width : widths) out_ += fmt::format(R"(<w:gridCol w:w="{}"/>)", width);
    out_ += "</w:tblGrid>";
    if (!table.header.empty()) add_row(table, table.header, widths, true);
    for (const auto& row : table.rows) add_row(table, row, widths, false);
    if (table.header.empty() && table.rows.empty()) add_row(table, {}, widths, false);
    // Two tables in a row would become one.
    out_ += R"(</w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" )"
            R"(w:lineRule="exact"/></w:pPr></w:p>)";
  }

  std::vector<int> widths_of(const Table& table) const {
    const int weights = std::accumulate(
        table.columns.begin(), table.columns.end(), 0,
        [](int sum, const Column& column) { return sum + std::max(column.weight, 1); });
    std::vector<int> widths;
    for (const Column& column : table.columns)
      widths.push_back(width_ * std::max(column.weight, 1) / weights);
    return widths;
  }

  void add_row(const Table& table,
               const std::vector<Cell>& cells,
               const std::vector<int>& widths,
               bool is_header) {
    out_ += R"(<w:tr><w:trPr><w:cantSplit/>)";
    if (is_header) out_ += "<w:tblHeader/>";
    out_ += "</w:trPr>";
    std::size_t column = 0;
    for (const Cell& cell : cells) {
      if (column >= widths.size()) break;
      const std::size_t end =
          std::min(column + static_cast<std::size_t>(std::max(cell.columns, 1)), widths.size());
      add_cell(&cell, widths, column, end);
      column = end;
    }
    for (; column < table.columns.size(); ++column) add_cell(nullptr, widths, column, column + 1);
    out_ += "</w:tr>";
  }

  void add_cell(const Cell* cell,
                const std::vector<int>& widths,
                std::size_t from,
                std::size_t to) {
    const int width = std::accumulate(widths.begin() + static_cast<std::ptrdiff_t>(from),
                                      widths.begin() + static_cast<std::ptrdiff_t>(to), 0);
    out_ += fmt::format(R"(<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/>)", width);
    if (to - from > 1) out_ += fmt::format(R"(<w:gridSpan w:val="{}"/>)", to - from);
    out_ += "</w:tcPr>";
    if (cell == nullptr || cell->paragraphs.empty()) out_ += "<w:p/>";
    // A cell must end with a paragraph, and each of ours does.
    if (cell != nullptr)
      for (const Paragraph& each : cell->paragraphs) add_paragraph(each, width - 216);
    out_ += "</w:tc>";
  }

  int width_;
  std::string out_;
};

std::string styles_of(const Document& document) {
  std::string out = fmt::format(
      R"({}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)"
      R"(<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" )"
      R"(w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>)"
      R"(<w:sz w:val="{}"/><w:szCs w:val="{}"/><w:lang w:val="{}"/></w:rPr></w:rPrDefault>)",
      head, 2 * document.points, 2 * document.points, escaped(document.language));
  out += R"(<w:pPrDefault><w:pPr><w:spacing w:before="60" w:after="120" w:line="264" )"
         R"(w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>)"
         R"(<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>)"
         R"(<w:qFormat/></w:style>)";
  for (int level = 1; level <= 6; ++level)
    out += fmt::format(
        R"(<w:style w:type="paragraph" w:styleId="Heading{0}"><w:name w:val="heading {0}"/>)"
        R"(<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>)"
        R"(<w:ind w:firstLine="{1}"/><w:jc w:val="both"/><w:outlineLvl w:val="{2}"/></w:pPr>)"
        R"(<w:rPr><w:b/>{3}</w:rPr></w:style>)",
        level, indent_first, level - 1, level >= 3 ? "<w:i/>" : "");
  return out + "</w:styles>";
}

std::string body_of(const Document& document) {
  std::string out(head);
  out +=
      R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" )"
      R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>)";
  Writer writer(document);
  for (const Part& part : document.parts) writer.add(part);
  out += writer.take();
  out += R"(<w:sectPr><w:headerReference w:type="default" r:id="rId2"/>)";
  if (document.is_landscape)
    out +=
        fmt::format(R"(<w:pgSz w:w="{}" w:h="{}" w:orient="landscape"/>)", page_long, page_short);
  else
    out += fmt::format(R"(<w:pgSz w:w="{}" w:h="{}"/>)", page_short, page_long);
  out += fmt::format(
      R"(<w:pgMar w:top="{}" w:right="{}" w:bottom="{}" w:left="{}" w:header="{}" w:footer="{}" )"
      R"(w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>)",
      margin_top, margin_right, margin_foot, margin_left, mm(10), mm(10));
  return out;
}

constexpr std::string_view content_types =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
    R"(<Default Extension="rels" )"
    R"(ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
    R"(<Default Extension="xml" ContentType="application/xml"/>)"
    R"(<Override PartName="/docProps/core.xml" )"
    R"(ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>)"
    R"(<Override PartName="/word/document.xml" ContentType=)"
    R"("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>)"
    R"(<Override PartName="/word/header1.xml" ContentType=)"
    R"("application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>)"
    R"(<Override PartName="/word/styles.xml" ContentType=)"
    R"("application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>)";

constexpr std::string_view top_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type=)"
    R"("http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" )"
    R"(Target="word/document.xml"/><Relationship Id="rId2" Type=)"
    R"("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" )"
    R"(Target="docProps/core.xml"/></Relationships>)";

constexpr std::string_view document_relations =
    R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type=)"
    R"("http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" )"
    R"(Target="styles.xml"/><Relationship Id="rId2" Type=)"
    R"("http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" )"
    R"(Target="header1.xml"/></Relationships>)";

// The number of the page, in the middle above the text.
constexpr std::string_view page_number =
    R"(<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr>)"
    R"(<w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr>)"
    R"(<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>)"
    R"(<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>)"
    R"(<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>)";

std::string properties_of(const Document& document) {
  return fmt::format(
      R"({}<cp:coreProperties )"
      R"(xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" )"
      R"(xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title>)"
      R"(<dc:language>{}</dc:language></cp:coreProperties>)",
      head, escaped(document.title), escaped(document.language));
}

}  // namespace

Part heading(int level, std::string_view text) {
  return Heading{.level = level, .text = std::string(text)};
}

Part paragraph(std::string_view text) {
  Paragraph made;
  made.runs.push_back({.text = std::string(text)});
  return made;
}

Paragraph plain(std::string_view text, Align align) {
  Paragraph made;
  made.runs.push_back({.text = std::string(text)});
  made.align = align;
  made.is_indented = false;
  made.is_close = true;
  return made;
}

Cell cell(std::string_view text, Align align, bool is_bold) {
  Cell made;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    made.paragraphs.push_back(plain(text.substr(at, end - at), align));
    made.paragraphs.back().runs.front().is_bold = is_bold;
    at = end + 1;
  }
  return made;
}

std::string write_docx(const Document& document) {
  ArchiveWriter archive;
  archive.add("[Content_Types].xml", std::string(head) + std::string(content_types));
  archive.add("_rels/.rels", std::string(head) + std::string(top_relations));
  archive.add("docProps/core.xml", properties_of(document));
  archive.add("word/_rels/document.xml.rels", std::string(head) + std::string(document_relations));
  archive.add("word/document.xml", body_of(document));
  archive.add("word/header1.xml", std::string(head) + std::string(page_number));
  archive.add("word/styles.xml", styles_of(document));
  return std::move(archive).finish();
}

}  // namespace ln::office
