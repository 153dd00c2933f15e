#include "engine/text/text_letter.h"

#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::text {
namespace {

// Words and phrases are folded; each begins and ends at a word.
bool holds_any(std::string_view spaced, std::initializer_list<std::string_view> phrases) {
  return std::ranges::any_of(phrases, [&](std::string_view phrase) {
    const std::string whole = " " + std::string(phrase) + " ";
    return spaced.find(whole) != std::string_view::npos;
  });
}

// Folded, with one space around each word.
std::string spaced_words(std::string_view letter) {
  std::string out = " ";
  for (const char c : fold(letter)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80;
    if (is_word)
      out += c;
    else if (out.back() != ' ')
      out += ' ';
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

std::size_t longest_sentence_of(std::string_view text) {
  std::size_t longest = 0, words = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\n' || c == '\t';
    if (!is_space && !in_word) ++words;
    in_word = !is_space;
    longest = std::max(longest, words);
    if (c == '.' || c == '!' || c == '?' || c == '\n' || c == ';') words = 0;
  }
  return longest;
}

}  // namespace

LetterLook look_at_letter(std::string_view letter) {
  const std::string words = spaced_words(letter);
  return {.chars = count_chars(trimmed(letter)),
          .longest_words = longest_sentence_of(letter),
          .has_formula = holds_any(
              words,
              {"ghi nhan y kien", "dang xem xet", "se xem xet", "nghiem tuc rut kinh nghiem",
               "theo quy dinh cua phap luat", "theo quy dinh hien hanh", "theo chuc nang nhiem vu",
               "trong thoi gian toi", "mong nhan duoc su thong cam", "your opinion has been noted",
               "will be considered", "in accordance with regulations", "in due course"}),
          .has_number = letter.find_first_of("0123456789") != std::string_view::npos,
          .has_who = holds_any(
              words, {"ubnd",       "uy ban",  "phong",     "so",        "to",     "doi",
                      "ban",        "chi cuc", "cong ty",   "cong an",   "truong", "benh vien",
                      "thanh tra",  "can bo",  "nhan vien", "chung toi", "toi",    "ong",
                      "ba",         "anh",     "chi",       "we",        "team",   "office",
                      "department", "company", "officer",   "i"}),
          .has_done = holds_any(
              words, {"da", "se", "xong", "hoan thanh", "khac phuc", "sua", "thay", "don", "have",
                      "has", "was", "were", "will", "done", "fixed", "repaired", "replaced"})};
}

}  // namespace ln::text
