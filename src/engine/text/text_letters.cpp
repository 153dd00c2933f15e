#include "engine/text/text_letters.h"

#include <utf8proc.h>

#include "base/check.h"

namespace ln::text {
namespace {

// Each row: one vowel with the six tones in alphabetical order.
constexpr std::u32string_view vowels[] = {
    U"aàảãáạ", U"ăằẳẵắặ", U"âầẩẫấậ", U"eèẻẽéẹ", U"êềểễếệ", U"iìỉĩíị",
    U"oòỏõóọ", U"ôồổỗốộ", U"ơờởỡớợ", U"uùủũúụ", U"ưừửữứự", U"yỳỷỹýỵ",
};
constexpr std::u32string_view shaped = U"ăâêôơư";
constexpr std::size_t letters_max = 0x1F00;  // All Vietnamese letters lie below.

constexpr std::array<Letter, letters_max> make_letters() {
  std::array<Letter, letters_max> out{};
  for (std::size_t rank = 0; rank < alphabet.size(); ++rank)
    out[alphabet[rank]].rank = static_cast<std::int8_t>(rank);
  for (const std::u32string_view row : vowels) {
    for (std::size_t tone = 0; tone < row.size(); ++tone) {
      out[row[tone]] = {out[row[0]].rank, static_cast<Tone>(tone), true,
                        shaped.find(row[0]) != std::u32string_view::npos};
    }
  }
  return out;
}
constexpr std::array<Letter, letters_max> letters = make_letters();

Sort sort_by_unicode(char32_t code) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(code))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
    case UTF8PROC_CATEGORY_MC: return Sort::letter;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME: return Sort::mark;
    case UTF8PROC_CATEGORY_CF:
      // The zero-width space stands between words; the other format characters inside them.
      return code == 0x200B ? Sort::gap : Sort::nothing;
    default: return Sort::gap;
  }
}

char32_t lower_by_unicode(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
  const auto small = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(code)));
  return small == 0x00F0 || small == 0x0256 ? U'đ' : small;
}

// Both for the code points that occur in practice, asked of Unicode's data once: every case that is
// sent has a text, and each of its letters is looked at several times.
struct Known {
  Sort sort;
  char32_t lower;
};
constexpr std::size_t known_max = 0x2200;
using KnownLetters = std::array<Known, known_max>;

const KnownLetters& known_letters() {
  static const KnownLetters letters_known = [] {
    KnownLetters out{};
    for (std::size_t code = 0; code < known_max; ++code)
      out[code] = {sort_by_unicode(static_cast<char32_t>(code)),
                   lower_by_unicode(static_cast<char32_t>(code))};
    return out;
  }();
  return letters_known;
}

// Folds once: the parts of `code` are not folded again.
std::u32string fold_step(char32_t code) {
  switch (sort_of(code)) {
    case Sort::mark:
    case Sort::nothing: return U"";
    case Sort::gap: return U" ";
    case Sort::letter: break;
  }
  if (lower(code) == U'đ') return U"d";
  std::array<utf8proc_int32_t, 64> parts{};  // The longest decomposition there is has 18.
  int boundary = 0;
  constexpr auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  const utf8proc_ssize_t count =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), parts.data(),
                              static_cast<utf8proc_ssize_t>(parts.size()), options, &boundary);
  CHECK(count >= 0 && static_cast<std::size_t>(count) <= parts.size());
  std::u32string out;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto part = static_cast<char32_t>(parts[i]);
    const Sort sort = sort_of(part);
    if (sort == Sort::letter) out += part;
    if (sort == Sort::gap) out += U' ';
  }
  return out;
}

}  // namespace

Char decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const std::uint32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead < 0xE0 && tail(1)) return {(lead & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
  if (lead >= 0xE0 && lead < 0xF0 && tail(1) && tail(2)) {
    const std::uint32_t code = (lead & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    if (code >= 0x800 && (code < 0xD800 || code > 0xDFFF)) return {code, 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && tail(1) && tail(2) && tail(3)) {
    const std::uint32_t code = (lead & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U |
                               (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU);
    if (code >= 0x10000 && code <= 0x10FFFF) return {code, 4};
  }
  return {replacement, 1};
}

void append(std::string& out, char32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
  for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i)
    out += static_cast<char>(bytes[i]);
}

Sort sort_of(char32_t code) {
  return code < known_max ? known_letters()[code].sort : sort_by_unicode(code);
}

char32_t lower(char32_t code) {
  return code < known_max ? known_letters()[code].lower : lower_by_unicode(code);
}

std::string fold_of(char32_t code) {
  // Some letters fold to letters that fold again; three rounds reach the fixed point for every code
  // point of Unicode, which a test walks through.
  std::u32string codes(1, code);
  for (int round = 0; round < 3; ++round) {
    std::u32string next;
    for (const char32_t each : codes) next += each == U' ' ? U" " : fold_step(each);
    codes = next;
  }
  std::string out;
  for (const char32_t each : codes) append(out, each);
  return out;
}

Letter letter_of(char32_t code) { return code < letters_max ? letters[code] : Letter{}; }

char32_t with_tone(char32_t bare, Tone tone) {
  for (const std::u32string_view row : vowels)
    if (row[0] == bare) return row[static_cast<std::size_t>(tone)];
  return bare;
}

}  // namespace ln::text
