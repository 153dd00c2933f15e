#include "feature/feedback/feedback_settings.h"

#include <algorithm>

#include "base/text.h"

namespace ln::feedback {
namespace {

bool is_line(std::string_view text, std::size_t chars_min, std::size_t chars_max) {
  const std::size_t chars = count_chars(text);
  return chars >= chars_min && chars <= chars_max && text == trimmed(text) &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

void check_question(const TopicQuestion& question, const std::string& n, FieldErrors& errors) {
  if (!is_setting_code(question.code)) errors.add(n + "code", "settings.error.code"_t);
  if (!is_line(question.text_vi, 2, question_chars_max))
    errors.add(n + "text_vi", "settings.error.question"_t);
  if (!is_line(question.text_en, 2, question_chars_max))
    errors.add(n + "text_en", "settings.error.question"_t);
  const bool is_choice = question.form == AnswerForm::choice;
  const std::size_t count = question.choices_vi.size();
  const auto is_fine = [](const std::string& each) { return is_line(each, 1, choice_chars_max); };
  std::vector<std::string> sorted = question.choices_vi;
  std::ranges::sort(sorted);
  if (question.choices_en.size() != count || (count != 0) != is_choice || count == 1 ||
      count > choice_count_max || !std::ranges::all_of(question.choices_vi, is_fine) ||
      !std::ranges::all_of(question.choices_en, is_fine) ||
      std::ranges::adjacent_find(sorted) != sorted.end())
    errors.add(n + "choices_vi", "settings.error.choices"_t);
}

}  // namespace

std::string_view to_text(AnswerForm form) {
  switch (form) {
    case AnswerForm::text: return "text";
    case AnswerForm::number: return "number";
    case AnswerForm::day: return "day";
    case AnswerForm::choice: return "choice";
  }
  return "";
}

bool is_setting_code(std::string_view code) {
  return code.size() >= 2 && code.size() <= 40 && code.front() >= 'a' && code.front() <= 'z' &&
         std::ranges::all_of(code, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

void check_topic(const TopicSetting& setting, FieldErrors& errors) {
  const Topic& topic = setting.topic;
  if (!is_setting_code(topic.code)) errors.add("code", "settings.error.code"_t);
  if (!is_line(topic.name_vi, 2, topic_name_chars_max))
    errors.add("name_vi", "settings.error.name"_t);
  if (!is_line(topic.name_en, 2, topic_name_chars_max))
    errors.add("name_en", "settings.error.name"_t);
  if (!is_line(topic.hint_vi, 0, topic_hint_chars_max))
    errors.add("hint_vi", "settings.error.hint"_t);
  if (!is_line(topic.hint_en, 0, topic_hint_chars_max))
    errors.add("hint_en", "settings.error.hint"_t);
  if (topic.deadline.count < 1 || topic.deadline.count > deadline_count_max)
    errors.add("count", "settings.error.count"_t);
  if (topic.urgent.count < 1 || topic.urgent.count > deadline_count_max)
    errors.add("urgent_count", "settings.error.count"_t);
  if (topic.parent_code.size() > 64) errors.add("parent", "settings.error.parent"_t);
  if (topic.unit_code.size() > 64) errors.add("unit", "settings.error.unit"_t);
  if (setting.questions.size() > questions_max) errors.add("q1_code", "settings.error.many"_t);
  for (std::size_t i = 0; i < setting.questions.size(); ++i) {
    const TopicQuestion& question = setting.questions[i];
    const std::string n = "q" + std::to_string(i + 1) + "_";
    check_question(question, n, errors);
    for (std::size_t j = 0; j < i; ++j)
      if (setting.questions[j].code == question.code)
        errors.add(n + "code", "settings.error.code_twice"_t);
  }
}

TextKey wrong_with_answer(const TopicQuestion& question, std::string_view answer) {
  switch (question.form) {
    case AnswerForm::text: return {};
    case AnswerForm::number:
      return parse_number(answer) ? TextKey{} : "feedback.error.extra_number"_t;
    case AnswerForm::day: {
      // 24/11/2026, as it is written in Vietnam.
      const std::size_t first = answer.find('/'), last = answer.rfind('/');
      if (first == std::string_view::npos || first == last) return "feedback.error.extra_day"_t;
      const auto number = [](std::string_view text) {
        if (text.size() == 2 && text.front() == '0') text.remove_prefix(1);
        return parse_number(text).value_or(0);
      };
      const std::int64_t day = number(answer.substr(0, first)),
                         month = number(answer.substr(first + 1, last - first - 1)),
                         year = number(answer.substr(last + 1));
      if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1900 || year > 2100)
        return "feedback.error.extra_day"_t;
      const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)),
                                             std::chrono::month(static_cast<unsigned>(month)),
                                             std::chrono::day(static_cast<unsigned>(day)));
      return date.ok() ? TextKey{} : "feedback.error.extra_day"_t;
    }
    case AnswerForm::choice:
      return std::ranges::find(question.choices_vi, answer) != question.choices_vi.end()
                 ? TextKey{}
                 : "feedback.error.extra_choice"_t;
  }
  return {};
}

}  // namespace ln::feedback
