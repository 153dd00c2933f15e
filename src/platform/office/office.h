// Documents of office programs, read: DOCX (ISO/IEC 29500, Word) and ODT (ISO/IEC 26300, OpenOffice
// and LibreOffice) become a flat list of what a reader sees on paper, from top to bottom.
//
// What comes from outside is bounded: packed and unpacked size, entries, ratio, depth, elements,
// and what is read out of it. A document type (DTD) in any of the XML is refused, so no entity is
// ever expanded; nothing is fetched; nothing is executed.
//
// What is text and what is not:
//  - numbers that the program makes by itself ("Điều 5.", "a)") are written out in `number`;
//  - tracked changes are read as accepted: what was deleted is not text, what was inserted is;
//  - hidden text, comments, field instructions, headers, footers, tables of contents and pictures
//    are not text; what a field shows is, and so are text boxes (after the paragraph they hang on);
//  - a footnote or endnote leaves its mark in the text as "[1]" and stands in `notes`;
//  - a line break within a paragraph is "\n", a tabulator "\t"; text is in NFC and plain_text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ln::office {

// One paragraph, or one row of a table.
struct Block {
  enum class Kind : std::uint8_t { paragraph, row };
  Kind kind = Kind::paragraph;

  // Of a paragraph.
  std::string style{};  // as the author's program shows it ("heading 1", "Body Text"); may be empty
  int heading = 0;      // outline level 1 to 9; 0: no heading
  int list_level = 0;   // 1 to 9 where it is numbered or bulleted; 0: neither
  std::string number{};  // the number or bullet made by the program: "Điều 5.", "a)", "•"
  std::string text{};    // without `number`. Of a row: its cells, joined by tabs
  bool is_centred = false;
  bool is_bold = false;  // all its letters are

  // Of a row. As many cells as columns are covered: a cell over several columns is followed by
  // empty ones, and what continues a cell from the row above is empty. Paragraphs of a cell are
  // separated by "\n"; a table within a cell becomes such lines, its cells separated by tabs.
  std::vector<std::string> cells{};
  int table = 0;           // which table, from 1 in the order of the document
  bool is_header = false;  // repeated at the top of each page

  // What a reader sees: "Điều 5. Phạm vi điều chỉnh", with a space after the number.
  std::string shown() const;
  friend bool operator==(const Block&, const Block&) = default;
};

struct Note {
  std::string mark{};  // as it stands in the text between "[" and "]"
  std::string text{};  // paragraphs separated by "\n"
  friend bool operator==(const Note&, const Note&) = default;
};

// Empty paragraphs are left out.
struct Contents {
  std::vector<Block> blocks{};
  std::vector<Note> notes{};  // in the order of their marks
  friend bool operator==(const Contents&, const Contents&) = default;
};

// What is read at most. Beyond: `too_large`, nothing is cut off silently.
inline constexpr std::size_t document_size_max = 32 * 1024 * 1024;  // bytes, as sent
inline constexpr std::size_t part_size_max = 24 * 1024 * 1024;      // bytes of one part, unpacked
inline constexpr std::size_t block_count_max = 100'000;
inline constexpr std::size_t text_size_max = 16 * 1024 * 1024;  // bytes of all text read

// Refuse: `too_large` ("office.error.too_large"); `invalid` with "office.error.broken" (no such
// document, or damaged), "office.error.old_format" (a .doc of Word 97, or a document locked by a
// password), "office.error.not_docx" / "office.error.not_odt" (another kind of zip) or
// "office.error.unsafe" (a document type, or nested beyond reason).
Result<Contents> read_docx(std::string_view bytes);
Result<Contents> read_odt(std::string_view bytes);

// Tells the two apart by what is in them, never by the file's name.
Result<Contents> read_document(std::string_view bytes);

}  // namespace ln::office
