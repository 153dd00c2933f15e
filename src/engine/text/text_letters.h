// Code points one by one: what each is for a search key, and which Vietnamese letter and tone it
// is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ln::text {

inline constexpr char32_t replacement = 0xFFFD;

struct Char {
  char32_t code;
  std::size_t size;  // In bytes, at least 1.
};

// The code point that starts at `at`; `replacement` of one byte when the bytes there are not UTF-8
// (RFC 3629). Precondition: at < text.size().
Char decode(std::string_view text, std::size_t at);
void append(std::string& out, char32_t code);

// What a code point is in a key.
enum class Sort : std::uint8_t {
  letter,   // Letters, digits and spacing marks: kept.
  mark,     // Diacritics that are code points of their own.
  nothing,  // Invisible: joiners, soft hyphens.
  gap,      // Spaces, punctuation, symbols, controls: a boundary between words.
};
Sort sort_of(char32_t code);

// The lower-case letter; every look-alike of đ (the Icelandic eth that old fonts used) is đ.
char32_t lower(char32_t code);

// `code` folded as text::fold does it: "" for what vanishes, " " for a gap.
std::string fold_of(char32_t code);

enum class Tone : std::uint8_t { ngang, huyen, hoi, nga, sac, nang };

// A lower-case letter as the Vietnamese alphabet sees it.
struct Letter {
  std::int8_t rank = -1;  // Place in `alphabet`; -1 when the code point is no such letter.
  Tone tone = Tone::ngang;
  bool is_vowel = false;
  bool is_shaped = false;  // ă â ê ô ơ ư: the letter that carries the tone when there is one.
};
inline constexpr std::u32string_view alphabet = U"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

// Precondition: code is lower-case and composed; others have rank -1.
Letter letter_of(char32_t code);
// The vowel `bare` (without a tone) carrying `tone`.
char32_t with_tone(char32_t bare, Tone tone);

}  // namespace ln::text
