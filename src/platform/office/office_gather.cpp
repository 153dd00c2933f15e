#include "platform/office/office_gather.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

#include "base/plain_text.h"
#include "base/text.h"
#include "base/text_form.h"

namespace ln::office {
namespace {

std::string in_nfc(std::string text) {
  if (is_surely_nfc(text)) return text;
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(as_bytes(text).data(), static_cast<utf8proc_ssize_t>(text.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
  if (size < 0) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size)};
}

std::string roman(int number) {
  static constexpr std::pair<int, const char*> parts[] = {
      {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
      {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
  std::string out;
  for (const auto& [size, sign] : parts)
    for (; number >= size; number -= size) out += sign;
  return out;
}

std::string in_capitals(std::string text) {
  for (char& each : text)
    if (each >= 'a' && each <= 'z') each = static_cast<char>(each - 'a' + 'A');
  return text;
}

}  // namespace

std::string Block::shown() const {
  if (number.empty()) return text;
  return text.empty() ? number : number + " " + text;
}

std::string Gathering::cleaned(const std::string& text) {
  if (!is_utf8(text)) {
    is_broken_ = true;
    return {};
  }
  const std::string plain = plain_text(in_nfc(text));
  return std::string(trimmed(plain));
}

void Gathering::add(Block block) {
  if (is_full()) return;
  block.text = cleaned(block.text);
  if (block.kind == Block::Kind::row) {
    block.text.clear();
    bool has_text = false;
    for (std::size_t i = 0; i < block.cells.size(); ++i) {
      std::string& cell = block.cells[i];
      cell = cleaned(cell);
      has_text = has_text || !cell.empty();
      size_ += 8;
      if (i > 0) block.text += '\t';
      block.text += cell;
    }
    if (!has_text) return;
  }
  if (block.text.empty()) return;
  block.number = cleaned(block.number);
  block.style = cleaned(block.style);
  size_ += block.text.size() + block.number.size() + block.style.size();
  contents_.blocks.push_back(std::move(block));
}

void Gathering::add(Note note) {
  note.text = cleaned(note.text);
  note.mark = cleaned(note.mark);
  size_ += note.text.size() + 16;
  if (!is_full()) contents_.notes.push_back(std::move(note));
}

Result<Contents> Gathering::contents() && {
  if (is_full()) return Error{ErrorKind::too_large, "office.error.too_large"_t};
  if (is_broken_) return Error{ErrorKind::invalid, "office.error.broken"_t};
  return std::move(contents_);
}

std::string written(int number, Digits digits) {
  const std::string plain = std::to_string(number);
  switch (digits) {
    case Digits::decimal: return plain;
    case Digits::decimal_zero: return plain.size() < 2 ? "0" + plain : plain;
    case Digits::lower_letter:
      if (number < 1 || number > 26 * 20) return plain;
      return std::string(static_cast<std::size_t>((number - 1) / 26 + 1),
                         static_cast<char>('a' + (number - 1) % 26));
    case Digits::lower_roman: return number < 1 || number > 3999 ? plain : roman(number);
    case Digits::upper_letter: return in_capitals(written(number, Digits::lower_letter));
    case Digits::upper_roman: return in_capitals(written(number, Digits::lower_roman));
    case Digits::bullet:
    case Digits::none: return {};
  }
  return {};
}

void Counters::advance(std::size_t level, const LevelRules& rules) {
  for (std::size_t above = 0; above < level; ++above)
    if (!at[above]) at[above] = rules[above].start;
  at[level] = at[level] ? *at[level] + 1 : rules[level].start;
  for (std::size_t below = level + 1; below < levels_max; ++below)
    if (level < rules[below].restart) at[below].reset();
}

void append_line(std::string& text, const Block& block) {
  if (!text.empty()) text += '\n';
  if (block.kind == Block::Kind::paragraph) {
    text += block.shown();
    return;
  }
  for (std::size_t i = 0; i < block.cells.size(); ++i) {
    if (i > 0) text += '\t';
    text += block.cells[i];
  }
}

std::string bullet_of(std::string_view sign) {
  utf8proc_int32_t code = 0;
  const auto size =
      utf8proc_iterate(as_bytes(sign).data(), static_cast<utf8proc_ssize_t>(sign.size()), &code);
  if (size <= 0) return {};
  return code >= 0xE000 && code <= 0xF8FF ? "•" : std::string(sign);
}

}  // namespace ln::office
