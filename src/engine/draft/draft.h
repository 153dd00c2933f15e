// The text of a draft rule as what it is: parts, chapters, sections, articles, clauses and points,
// each with a key that stays the same as long as its number does.
//
// Numbering is that of Vietnamese legal texts: "Chương I", "Mục 1", "Điều 1.", "1.", "a)" (Decree
// 34/2016/NĐ-CP, Art. 62, and Decree 30/2020/NĐ-CP, Annex I, on how documents are laid out).
// Articles are counted through the whole document, so "d5.2.a" is point a of clause 2 of article 5
// wherever the chapters end. What is not understood is kept as text and told, never dropped.
//
// Pure: paragraphs in, structure out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_key.h"

namespace ln::draft {

// Above these a text is refused: no draft of a city comes near them.
inline constexpr std::size_t text_size_max = 2 * 1024 * 1024;
inline constexpr std::size_t paragraphs_max = 20'000;
inline constexpr std::size_t clauses_max = 4'000;
inline constexpr std::size_t notes_max = 100;  // more are not told one by one

enum class Level : std::uint8_t { part, chapter, section, article, clause, point };
// "chapter": the word in JSON and CSS.
std::string_view to_text(Level level);

inline constexpr std::size_t no_parent = static_cast<std::size_t>(-1);

// One numbered piece.
struct Clause {
  Level level = Level::article;
  std::string number{};   // as written: "IV", "5", "2a", "đ"
  std::string heading{};  // of parts, chapters, sections and articles; may be empty
  std::string text{};     // its own words, paragraphs separated by "\n"; not those below it
  std::string key{};      // "c4", "c4.m1", "d5", "d5.2", "d5.2.dd": small letters, digits and dots
  std::size_t parent = no_parent;
  std::size_t paragraph = 0;  // where it begins, from 0
};

// What is strange about a text; the editor looks before it is kept.
enum class Doubt : std::uint8_t {
  no_article,    // Nothing says "Điều 1."; there is nothing to comment on piece by piece.
  jump,          // A number is left out.
  repeated,      // A number stands there a second time.
  out_of_order,  // A number that is lower than the one before; kept as text.
  no_heading,    // A chapter, section or article without a name.
  outside,       // A point or clause before any article; kept as text.
};
TextKey key_of(Doubt doubt);
struct Note {
  Doubt doubt = Doubt::no_article;
  std::size_t paragraph = 0;
  std::string text{};  // the beginning of the paragraph
};

struct Draft {
  std::string title{};  // the first paragraphs, up to the grounds or the first number
  std::vector<std::string> opening{};  // what stands before the first number: grounds, proposals
  std::vector<Clause> clauses{};       // in the order of the text; parents before children
  std::vector<Note> notes{};

  // The place of a key; null when there is none.
  std::optional<std::size_t> find(std::string_view key) const;
  std::size_t count(Level level) const;
};

// The structure of a flat list of paragraphs. Null when it is beyond the limits above.
std::optional<Draft> parse(std::span<const std::string> paragraphs);

// Paragraphs of plain text or Markdown: marks of headings, emphasis and lists are taken off, and
// lines that only were too long for the writer's screen are joined again.
std::vector<std::string> paragraphs_of(std::string_view text);

// Paragraphs as one text, as it is stored and hashed: each ended by "\n".
std::string joined(std::span<const std::string> paragraphs);
// The other way; split(joined(p)) == p for paragraphs without line ends.
std::vector<std::string> split(std::string_view text);

// "Điều 5", "khoản 2 Điều 5", "điểm đ khoản 2 Điều 5", and in English "point đ clause 2 Article 5":
// how the place is cited, from the key alone. Empty for what is no key.
std::string cited(std::string_view key, bool in_english);
// Whether `text` could be a key of a clause.
bool is_key(std::string_view text);

}  // namespace ln::draft
