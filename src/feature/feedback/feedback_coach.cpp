#include "feature/feedback/feedback_coach.h"

#include <string>

#include "base/text.h"
#include "engine/text/text_letter.h"
#include "feature/feedback/feedback_template.h"

namespace ln::feedback {

std::vector<TextKey> hints_for(std::string_view answer) {
  const text::LetterLook letter = text::look_at_letter(answer);
  std::vector<TextKey> hints;
  if (letter.chars < text::letter_chars_min) hints.push_back("feedback.coach.brief"_t);
  if (letter.has_formula) hints.push_back("feedback.coach.formula"_t);
  if (!letter.has_number) hints.push_back("feedback.coach.no_day"_t);
  if (letter.longest_words > text::sentence_words_max)
    hints.push_back("feedback.coach.long_sentence"_t);
  if (!letter.has_who) hints.push_back("feedback.coach.no_who"_t);
  if (!letter.has_done) hints.push_back("feedback.coach.no_done"_t);
  return hints;
}

std::vector<TextKey> hints_beside(std::string_view answer,
                                  std::string_view question,
                                  const std::vector<std::string>& earlier) {
  std::vector<TextKey> hints;
  const std::size_t chars = count_chars(trimmed(answer));
  if (chars >= text::letter_chars_min && chars < count_chars(trimmed(question)))
    hints.push_back("feedback.coach.shorter"_t);
  for (const std::string& each : earlier)
    if (count_chars(each) >= copied_chars_min && is_little_else(answer, each)) {
      hints.push_back("feedback.coach.copied"_t);
      break;
    }
  return hints;
}

}  // namespace ln::feedback
