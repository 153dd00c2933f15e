// Text cut into words, numbers, symbols and spaces, for rules that look at the words around a
// place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ln::text {

enum class Class : std::uint8_t { word, number, symbol, space };

// A run of letters, a run of ASCII digits, one symbol, or a run of white space.
struct Token {
  Class kind = Class::space;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string folded = {};     // Of a word.
  char symbol = 0;             // Of an ASCII symbol.
  bool is_capital = false;     // The word begins with a capital …
  bool is_shouted = false;     // … or is all capitals, at least two.
  bool ends_sentence = false;  // A space with a line break, or one of . ! ? ; before a space.
};

// All of `text`, without gaps. Bytes that are not UTF-8 are symbols.
std::vector<Token> tokens_of(std::string_view text);

}  // namespace ln::text
