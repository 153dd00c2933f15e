// A topic as one text, and back.
#include "core/settings/settings.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/json/json.h"

namespace ln::feedback {
namespace {

constexpr std::size_t value_depth_max = 5;

void write_texts(json::Writer& out, std::string_view name, const std::vector<std::string>& all) {
  out.name(name).array();
  for (const std::string& each : all) out.text(each);
  out.end_array();
}

std::vector<std::string> read_texts(const json::Value& value, std::string_view name) {
  std::vector<std::string> all;
  for (const json::Value each : value.items(name)) all.emplace_back(each.text().value_or(""));
  return all;
}

std::string text_of_member(const json::Value& value, std::string_view name) {
  return std::string(value.text(name).value_or(""));
}

void write_deadline(json::Writer& out, std::string_view name, const calendar::Deadline& deadline) {
  out.name(name).object().member("count", deadline.count);
  out.member("measure", calendar::to_text(deadline.measure)).end_object();
}

// Null when it is none.
std::optional<calendar::Deadline> read_deadline(const json::Value& value) {
  const auto measure = from_word(all_measures, value.text("measure").value_or(""));
  const std::int64_t count = value.integer("count").value_or(0);
  if (!measure || count < 1 || count > deadline_count_max) return std::nullopt;
  return calendar::Deadline{*measure, static_cast<int>(count)};
}

// Values of before there was an urgent deadline have none.
std::string write_value(const TopicSetting& setting, bool has_urgent) {
  const Topic& topic = setting.topic;
  std::string value;
  json::Writer out(value);
  out.object().member("about", to_text(topic.about));
  write_deadline(out, "deadline", topic.deadline);
  out.member("hint_en", topic.hint_en).member("hint_vi", topic.hint_vi);
  out.member("is_offered", setting.is_offered).member("is_smallest", topic.is_smallest);
  out.member("name_en", topic.name_en).member("name_vi", topic.name_vi);
  out.member("parent", topic.parent_code).name("questions").array();
  for (const TopicQuestion& question : setting.questions) {
    out.object();
    write_texts(out, "choices_en", question.choices_en);
    write_texts(out, "choices_vi", question.choices_vi);
    out.member("code", question.code).member("form", to_text(question.form));
    out.member("is_required", question.is_required);
    out.member("text_en", question.text_en).member("text_vi", question.text_vi).end_object();
  }
  out.end_array().member("unit", topic.unit_code);
  if (has_urgent) write_deadline(out, "urgent", topic.urgent);
  out.end_object();
  return value;
}

}  // namespace

std::string value_of(const TopicSetting& setting) { return write_value(setting, true); }

Result<TopicSetting> read_topic_value(std::string_view code, std::string_view value) {
  TRY(const json::Document document, json::parse(value, {.size_max = settings::value_size_max,
                                                         .depth_max = value_depth_max,
                                                         .form = json::Form::as_sent}));
  const json::Value root = document.root();
  const auto deadline = read_deadline(root.find("deadline"));
  const json::Value urgent_member = root.find("urgent");
  const bool has_urgent = urgent_member.is_object();
  const auto urgent = has_urgent ? read_deadline(urgent_member) : std::optional(Topic{}.urgent);
  const auto about = from_word(all_abouts, root.text("about").value_or(""));
  const Error no_value{ErrorKind::invalid, "settings.error.value"_t};
  if (!about || !deadline || !urgent) return no_value;
  TopicSetting setting{.topic = {.code = std::string(code),
                                 .parent_code = text_of_member(root, "parent"),
                                 .about = *about,
                                 .name_vi = text_of_member(root, "name_vi"),
                                 .name_en = text_of_member(root, "name_en"),
                                 .hint_vi = text_of_member(root, "hint_vi"),
                                 .hint_en = text_of_member(root, "hint_en"),
                                 .deadline = *deadline,
                                 .urgent = *urgent,
                                 .is_smallest = root.boolean("is_smallest").value_or(false),
                                 .unit_code = text_of_member(root, "unit")},
                       .is_offered = root.boolean("is_offered").value_or(true)};
  if (root.find("questions").count() > questions_max) return no_value;
  for (const json::Value each : root.items("questions")) {
    const auto form = from_word(all_answer_forms, each.text("form").value_or(""));
    if (!form) return no_value;
    setting.questions.push_back({.topic_code = std::string(code),
                                 .code = text_of_member(each, "code"),
                                 .text_vi = text_of_member(each, "text_vi"),
                                 .text_en = text_of_member(each, "text_en"),
                                 .form = *form,
                                 .is_required = each.boolean("is_required").value_or(false),
                                 .choices_vi = read_texts(each, "choices_vi"),
                                 .choices_en = read_texts(each, "choices_en")});
  }
  // What is left out or is more than a value has would be lost: it is no value of ours.
  if (write_value(setting, has_urgent) != value) return no_value;
  return setting;
}

}  // namespace ln::feedback
