#include "feature/feedback/feedback_store_settings.h"

#include <algorithm>
#include <optional>

#include "platform/db/recent.h"

namespace ln::feedback {
namespace {

TopicSetting setting_from_row(const db::Row& row) {
  const auto about = from_word(all_abouts, row.view(3));
  const auto kind = from_word(all_measures, row.view(8));
  const auto urgent = from_word(all_measures, row.view(13));
  if (!about || !kind || !urgent) throw db::Failure("unknown word in a topic");
  return {.topic = {.id = row.id<TopicId>(0),
                    .code = row.text(1),
                    .parent_code = row.maybe_text(2).value_or(""),
                    .about = *about,
                    .name_vi = row.text(4),
                    .name_en = row.text(5),
                    .hint_vi = row.text(6),
                    .hint_en = row.text(7),
                    .deadline = {*kind, static_cast<int>(row.integer(9))},
                    .urgent = {*urgent, static_cast<int>(row.integer(14))},
                    .is_smallest = row.flag(10),
                    .unit_code = row.maybe_text(11).value_or("")},
          .is_offered = row.is_null(12)};
}

// One choice a line.
std::vector<std::string> choices_from(std::string_view lines) {
  std::vector<std::string> all;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (end > 0) all.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return all;
}
std::string choice_lines(const std::vector<std::string>& choices) {
  std::string lines;
  for (const std::string& each : choices) lines += each + "\n";
  return lines;
}

TopicQuestion topic_question_from(const db::Row& row) {
  const auto form = from_word(all_answer_forms, row.view(4));
  if (!form) throw db::Failure("unknown word in a question");
  return {.topic_code = row.text(0),
          .code = row.text(1),
          .text_vi = row.text(2),
          .text_en = row.text(3),
          .form = *form,
          .is_required = row.flag(5),
          .choices_vi = choices_from(row.view(6)),
          .choices_en = choices_from(row.view(7))};
}

std::optional<std::string> nothing_if_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void insert_topic_question(db::Write& write, const TopicQuestion& question, int position) {
  write.run(
      "INSERT INTO feedback_question (topic_code, code, text_vi, text_en, position, form, "
      "is_required, choices_vi, choices_en) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      question.topic_code, question.code, question.text_vi, question.text_en, position,
      to_text(question.form), question.is_required, choice_lines(question.choices_vi),
      choice_lines(question.choices_en));
}

}  // namespace

std::vector<TopicSetting> every_topic(db::Read& read) {
  return read.all(
      "SELECT id, code, parent_code, about, name_vi, name_en, hint_vi, hint_en, deadline_kind, "
      "deadline_count, is_smallest, unit_code, valid_to, urgent_kind, urgent_count FROM "
      "feedback_topic "
      "ORDER BY about, position, code",
      setting_from_row);
}

std::vector<TopicQuestion> topic_questions(db::Read& read, std::string_view topic_code) {
  return read.all(
      "SELECT topic_code, code, text_vi, text_en, form, is_required, choices_vi, choices_en "
      "FROM feedback_question WHERE topic_code = $1 ORDER BY position, code",
      topic_question_from, topic_code);
}

void save_topic(db::Write& write, const TopicSetting& setting, Day today) {
  const Topic& topic = setting.topic;
  const auto all = every_topic(write);
  if (std::ranges::none_of(all, [&](const auto& each) { return each.topic.code == topic.code; }))
    insert_topic(write, topic, static_cast<int>(all.size()) + 1);
  write.run(
      "UPDATE feedback_topic SET parent_code = $1, name_vi = $2, name_en = $3, hint_vi = $4, "
      "hint_en = $5, deadline_kind = $6, deadline_count = $7, is_smallest = $8, unit_code = $9, "
      "valid_to = $10, urgent_kind = $11, urgent_count = $12 WHERE code = $13",
      nothing_if_empty(topic.parent_code), topic.name_vi, topic.name_en, topic.hint_vi,
      topic.hint_en, to_text(topic.deadline.measure), topic.deadline.count, topic.is_smallest,
      nothing_if_empty(topic.unit_code), setting.is_offered ? std::nullopt : std::optional(today),
      to_text(topic.urgent.measure), topic.urgent.count, topic.code);
  write.run("DELETE FROM feedback_question WHERE topic_code = $1", topic.code);
  int position = 0;
  for (const TopicQuestion& each : setting.questions)
    insert_topic_question(write, each, ++position);
  db::forget_recent(write);
}

std::vector<Extra> asked_of(db::Read& read, FeedbackId id) {
  return read.all(
      "SELECT question_code, answer, question_vi, question_en FROM feedback_extra "
      "WHERE feedback_id = $1 ORDER BY question_code",
      [](const db::Row& row) { return Extra{row.text(0), row.text(1), row.text(2), row.text(3)}; },
      id);
}

std::string_view question_of(const Extra& extra,
                             const std::vector<Question>& now,
                             bool in_english) {
  if (!extra.question_vi.empty()) return in_english ? extra.question_en : extra.question_vi;
  for (const Question& each : now)
    if (each.code == extra.code) return in_english ? each.text_en : each.text_vi;
  return {};
}

}  // namespace ln::feedback
