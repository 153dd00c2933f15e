// A topic as the city sets it: what it is called, how long it may take, which unit gets it, and its
// extra questions; written as one value of the list "topic" (docs/formats/settings.md). Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feature/feedback/feedback.h"

namespace ln::feedback {

inline constexpr std::string_view topic_list = "topic";
inline constexpr std::string_view source_list = "source";  // feedback_foreign.h
inline constexpr std::size_t topic_name_chars_max = 100, topic_hint_chars_max = 200;
inline constexpr std::size_t question_chars_max = 200, choice_chars_max = 100;
inline constexpr std::size_t questions_max = 8, choice_count_max = 30;
inline constexpr int deadline_count_max = 365;

// What an answer to an extra question may be. A choice is answered with its Vietnamese words, so
// that the answer can be read when the list has changed.
enum class AnswerForm : std::uint8_t { text, number, day, choice };
inline constexpr std::array all_answer_forms = {AnswerForm::text, AnswerForm::number,
                                                AnswerForm::day, AnswerForm::choice};
std::string_view to_text(AnswerForm form);

// A Question, and how it is answered.
struct TopicQuestion {
  std::string topic_code{}, code{}, text_vi{}, text_en{};
  AnswerForm form = AnswerForm::text;
  bool is_required = false;
  // Of a choice, in the same order and as many.
  std::vector<std::string> choices_vi{}, choices_en{};
};

struct TopicSetting {
  Topic topic{};
  bool is_offered = true;                  // false: switched off; cases of it stay what they are
  std::vector<TopicQuestion> questions{};  // in the order in which they are asked
};

// 2 to 40 of a–z, 0–9 and '-', beginning with a letter: it stands in addresses and in the public
// log.
bool is_setting_code(std::string_view code);

// What is wrong beside each field: code, name_vi, name_en, hint_vi, hint_en, count, and for the
// question n (from 1) qn_code, qn_text_vi, qn_text_en, qn_choices_vi.
void check_topic(const TopicSetting& setting, FieldErrors& errors);

// What is wrong with an answer; none when it may be kept. Precondition: it is not empty.
TextKey wrong_with_answer(const TopicQuestion& question, std::string_view answer);

}  // namespace ln::feedback
