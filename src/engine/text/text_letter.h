// What can be seen in a letter without understanding it: how long it is and its sentences are, and
// whether it says who did what and when. For advice, never for a judgement.
#pragma once

#include <cstddef>
#include <string_view>

namespace ln::text {

struct LetterLook {
  std::size_t chars = 0;          // without spaces at the ends
  std::size_t longest_words = 0;  // words of the longest sentence
  bool has_formula = false;       // a phrase by which a letter says nothing
  bool has_number = false;        // a day, a count, a number of a document
  bool has_who = false;           // an office, a team or a person that acts
  bool has_done = false;          // that something was or will be done
};
LetterLook look_at_letter(std::string_view letter);

// So many characters are a brief letter, so many words a long sentence.
inline constexpr std::size_t letter_chars_min = 120, sentence_words_max = 40;

}  // namespace ln::text
