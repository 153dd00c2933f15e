#include "core/people/people_code.h"

namespace ln::people {

std::optional<std::string> read_code(std::string_view typed, std::string_view kind) {
  std::string plain;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    if (plain.size() > code_size + kind.size()) return std::nullopt;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  if (plain.size() == code_size + kind.size() && plain.starts_with(kind))
    plain.erase(0, kind.size());
  if (plain.size() != code_size || plain.find_first_not_of(code_letters) != std::string::npos)
    return std::nullopt;
  return plain;
}

std::string shown_code(std::string_view kind, std::string_view code) {
  constexpr std::size_t half = code_size / 2;
  return std::string(kind) + "-" + std::string(code.substr(0, half)) + "-" +
         std::string(code.substr(half));
}

std::string draw_letters(Random& random, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += code_letters[random.below(code_letters.size())];
  return text;
}

std::string draw_secret(Random& random) { return draw_letters(random, secret_size); }

}  // namespace ln::people
