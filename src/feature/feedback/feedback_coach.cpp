#include "feature/feedback/feedback_coach.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "engine/text/text.h"

namespace ln::feedback {
namespace {

constexpr std::size_t short_chars = 120;
constexpr std::size_t long_words = 40;

// Phrases by which a letter says nothing; folded.
bool is_formula(std::string_view folded) {
  for (const std::string_view phrase :
       {"ghi nhan y kien", "dang xem xet", "se xem xet", "nghiem tuc rut kinh nghiem",
        "theo quy dinh cua phap luat", "theo quy dinh hien hanh", "theo chuc nang nhiem vu",
        "trong thoi gian toi", "mong nhan duoc su thong cam", "your opinion has been noted",
        "will be considered", "in accordance with regulations", "in due course"})
    if (folded.find(phrase) != std::string_view::npos) return true;
  return false;
}

// Words of the longest sentence.
std::size_t longest_sentence(std::string_view text) {
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

std::vector<TextKey> hints_for(std::string_view answer) {
  std::vector<TextKey> hints;
  if (count_chars(trimmed(answer)) < short_chars) hints.push_back("feedback.coach.brief"_t);
  if (is_formula(text::fold(answer))) hints.push_back("feedback.coach.formula"_t);
  if (answer.find_first_of("0123456789") == std::string_view::npos)
    hints.push_back("feedback.coach.no_day"_t);
  if (longest_sentence(answer) > long_words) hints.push_back("feedback.coach.long_sentence"_t);
  return hints;
}

}  // namespace ln::feedback
