// A document for office programs, written as DOCX (ISO/IEC 29500): headings, paragraphs, tables
// with header rows, A4 upright or lying, Times New Roman, page numbers as Nghị định 30/2020/NĐ-CP
// wants them (top centre, none on the first page). The same document gives the same bytes on every
// machine: no time, no name of a program or person stands in it.
//
//   office::Document document{.title = "Báo cáo", .parts = letterhead(…)};
//   document.parts.push_back(office::heading(1, "I. Kết quả"));
//   document.parts.push_back(office::paragraph("Đã nhận 302 phản ánh."));
//   const std::string bytes = office::write_docx(document);
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ln::office {

enum class Align : std::uint8_t { left, centre, right, justified };

// A piece of text in one dress. "\n" breaks the line, "\t" is a tabulator; characters that XML 1.0
// cannot carry are left out.
struct Run {
  std::string text{};
  bool is_bold = false;
  bool is_italic = false;
  int points = 0;  // size of the letters; 0: that of the document
};

struct Paragraph {
  std::vector<Run> runs{};
  Align align = Align::justified;
  bool is_indented = true;       // first line by 1.27 cm (only where text is justified)
  bool is_close = false;         // no space around it
  bool keeps_with_next = false;  // never alone at the foot of a page
  int line_below_percent = 0;    // a line under it, so long compared with its column; 0: none
};
struct Heading {
  int level = 1;  // 1 to 6
  std::string text{};
};
struct Cell {
  std::vector<Paragraph> paragraphs{};
  int columns = 1;  // how many it covers
};
struct Column {
  int weight = 1;  // its part of the width, compared with the other columns
  Align align = Align::left;
};
struct Table {
  std::vector<Column> columns{};
  std::vector<Cell> header{};             // repeated on each page; empty: none
  std::vector<std::vector<Cell>> rows{};  // shorter rows are filled up with empty cells
  bool has_lines = true;
};
struct PageBreak {};
using Part = std::variant<Paragraph, Heading, Table, PageBreak>;

struct Document {
  std::string title{};             // in the file's properties
  std::string language = "vi-VN";  // for spelling checkers and readers of screens
  bool is_landscape = false;
  int points = 13;  // 13 or 14, as the decree allows
  std::vector<Part> parts{};
};

// The usual pieces.
Part heading(int level, std::string_view text);
Part paragraph(std::string_view text);
Paragraph plain(std::string_view text, Align align = Align::left);  // for cells
Cell cell(std::string_view text, Align align = Align::left, bool is_bold = false);

std::string write_docx(const Document& document);
// The same as one HTML file that needs nothing beside it, for reading on a screen and printing.
std::string write_html(const Document& document);

}  // namespace ln::office
