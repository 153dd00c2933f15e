// Plain text and Markdown, as people type and paste them, to paragraphs.
#include <algorithm>

#include "base/text.h"
#include "engine/draft/draft.h"

namespace ln::draft {
namespace {

constexpr std::string_view list_marks[] = {"- ", "* ", "+ ", "• "};

bool is_figure(char c) { return c >= '0' && c <= '9'; }

// Emphasis is taken off; a backslash lets a sign stand for itself, as "1\." does.
std::string without_marks(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() &&
        std::string_view("\\.*_#)-+[]`").find(line[i + 1]) != std::string_view::npos) {
      out += line[++i];
      continue;
    }
    if (line.substr(i).starts_with("**") || line.substr(i).starts_with("__")) {
      ++i;
      continue;
    }
    if (line[i] == '*') continue;
    out += line[i] == '\t' ? ' ' : line[i];
  }
  return out;
}

bool is_rule(std::string_view line) {
  return line.size() >= 3 &&
         (line.front() == '-' || line.front() == '*' || line.front() == '_' ||
          line.front() == '=') &&
         std::ranges::all_of(line, [&](char c) { return c == line.front() || c == ' '; });
}

// Whether a line begins something of its own rather than going on with the one before.
bool begins(std::string_view line) {
  for (const std::string_view word : {"Phần ", "PHẦN ", "Chương ", "CHƯƠNG ", "Mục ", "MỤC ",
                                      "Điều ", "ĐIỀU ", "Căn cứ", "Theo đề nghị"})
    if (line.starts_with(word)) return true;
  const std::size_t digits =
      static_cast<std::size_t>(std::ranges::find_if_not(line, is_figure) - line.begin());
  if (digits > 0 && digits < 5 && line.substr(digits).starts_with(".")) return true;
  // "a)", and "đ)", which has two bytes.
  const std::size_t end = line.find(')');
  return end != std::string_view::npos && end <= 2 && end > 0 &&
         count_chars(line.substr(0, end)) == 1;
}

}  // namespace

std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> all;
  bool may_join = false;  // the line before was text of a paragraph that is not ended
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || is_rule(line)) {
      may_join = false;
      continue;
    }
    bool is_heading = false;
    while (line.starts_with('#') || line.starts_with('>')) {
      is_heading = is_heading || line.front() == '#';
      line = trimmed(line.substr(1));
    }
    bool is_item = false;
    for (const std::string_view mark : list_marks)
      if (line.starts_with(mark)) {
        is_item = true;
        if (begins(without_marks(trimmed(line.substr(mark.size())))))
          line = trimmed(line.substr(mark.size()));
      }
    const std::string plain(trimmed(without_marks(line)));
    if (plain.empty()) continue;
    const bool stands_alone =
        is_heading || is_item || begins(plain) || line.starts_with("**") || line.starts_with("__");
    if (may_join && !stands_alone)
      all.back() += " " + plain;
    else
      all.push_back(plain);
    // After a heading the next line is something else: the name of a chapter, or its text.
    may_join = !is_heading && !plain.starts_with("Chương ") && !plain.starts_with("CHƯƠNG ") &&
               !plain.starts_with("Mục ") && !plain.starts_with("MỤC ") &&
               !plain.starts_with("Điều ") && !plain.starts_with("Phần ") &&
               !line.starts_with("**");
  }
  return all;
}

std::string joined(std::span<const std::string> paragraphs) {
  std::string out;
  for (const std::string& each : paragraphs) {
    out += each;
    out += '\n';
  }
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    all.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

}  // namespace ln::draft
