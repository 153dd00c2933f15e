#include "engine/text/text_tokens.h"

#include "engine/text/text.h"
#include "engine/text/text_letters.h"

namespace ln::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Class class_of(char32_t code) {
  if (code < 0x80 && is_digit(static_cast<char>(code))) return Class::number;
  if (code == U' ' || code == U'\t' || code == U'\r' || code == U'\n' || code == 0xA0)
    return Class::space;
  const Sort sort = sort_of(code);
  return sort == Sort::letter || sort == Sort::mark ? Class::word : Class::symbol;
}

void describe(Token& token, std::string_view text) {
  const std::string_view bytes = text.substr(token.begin, token.end - token.begin);
  if (token.kind == Class::symbol && bytes.size() == 1) token.symbol = bytes[0];
  if (token.kind == Class::space) token.ends_sentence = bytes.find('\n') != std::string_view::npos;
  if (token.kind != Class::word) return;
  token.folded = fold(bytes);
  std::size_t letter_count = 0;
  std::size_t capitals = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    const Char next = decode(bytes, i);
    const bool capital = lower(next.code) != next.code;
    if (i == 0) token.is_capital = capital;
    capitals += capital ? 1 : 0;
    ++letter_count;
    i += next.size;
  }
  token.is_shouted = letter_count > 1 && capitals == letter_count;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  for (std::size_t i = 0; i < text.size();) {
    const Char next = decode(text, i);
    const Class kind = class_of(next.code);
    const bool joins = !out.empty() && out.back().kind == kind && kind != Class::symbol;
    if (!joins) out.push_back({.kind = kind, .begin = i});
    i += next.size;
    out.back().end = i;
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    Token& token = out[i];
    describe(token, text);
    const bool stop =
        token.symbol == '.' || token.symbol == '!' || token.symbol == '?' || token.symbol == ';';
    if (stop) token.ends_sentence = i + 1 == out.size() || out[i + 1].kind == Class::space;
  }
  return out;
}

}  // namespace ln::text
