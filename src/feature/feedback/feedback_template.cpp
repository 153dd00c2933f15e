#include "feature/feedback/feedback_template.h"

#include <algorithm>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::feedback {
namespace {

constexpr std::size_t own_chars_min = 60;
constexpr auto npos = std::string_view::npos;

std::size_t place_of_hole(std::string_view name) {
  const auto at = std::ranges::find(template_holes, name);
  return at == template_holes.end() ? npos : static_cast<std::size_t>(at - template_holes.begin());
}

bool has_strange_brace(std::string_view text) {
  for (std::size_t at = 0; (at = text.find_first_of("{}", at)) != npos;) {
    const std::size_t end = text.find('}', at);
    if (text[at] == '}' || end == npos || place_of_hole(text.substr(at + 1, end - at - 1)) == npos)
      return true;
    at = end + 1;
  }
  return false;
}

std::string only_words(std::string_view text) {
  std::string out;
  for (const char c : text::fold(text)) {
    const bool is_mark = std::string_view(" \n\r\t.,;:!?").find(c) != npos;
    if (!is_mark)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

}  // namespace

Result<Done> check_template(std::string_view name, std::string_view text) {
  FieldErrors errors;
  if (trimmed(name).empty() || count_chars(name) > template_name_chars_max)
    errors.add("name", "feedback.error.template_name"_t);
  if (trimmed(text).empty())
    errors.add("text", "feedback.error.text_empty"_t);
  else if (count_chars(text) > template_text_chars_max)
    errors.add("text", "feedback.error.text_long"_t);
  else if (has_strange_brace(text))
    errors.add("text", "feedback.error.template_hole"_t);
  if (!errors.empty()) return errors.take();
  return Done{};
}

std::string fill_template(std::string_view text, const TemplateValues& values) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('}');
    const std::size_t place = close == npos ? npos : place_of_hole(text.substr(1, close - 1));
    if (place == npos) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    out += values[place];
    text.remove_prefix(close + 1);
  }
  return out;
}

bool is_little_else(std::string_view letter, std::string_view filled) {
  const std::string all = only_words(letter), part = only_words(filled);
  if (part.empty() || all.find(part) == std::string::npos) return false;
  return all.size() - part.size() < own_chars_min;
}

}  // namespace ln::feedback
