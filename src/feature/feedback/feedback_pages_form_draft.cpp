#include "feature/feedback/feedback_pages_form_draft.h"

#include <algorithm>

#include "base/text.h"

namespace ln::feedback {
namespace {

constexpr std::size_t token_letters = 26;
// Far above every limit, so that a text which is too long comes back whole to be shortened.
constexpr std::size_t kept_chars_max = 20'000;
constexpr std::string_view extra_prefix = "extra_";

constexpr std::array about_names = {"about", "kind", "from"};
constexpr std::array topic_names = {"topic"};
constexpr std::array where_names = {"unit", "procedure", "counter", "dossier", "place", "position"};
constexpr std::array story_names = {"body", "title", "happened-day", "happened-month",
                                    "happened-year"};
constexpr std::array nature_names = {"nature"};
constexpr std::array contact_names = {"contact", "protected", "public", "recurs_of"};

std::span<const char* const> fields_of(Step step) {
  switch (step) {
    case Step::about: return about_names;
    case Step::topic: return topic_names;
    case Step::where: return where_names;
    case Step::story: return story_names;
    case Step::nature: return nature_names;
    case Step::contact: return contact_names;
    case Step::check: return {};
  }
  return {};
}

std::optional<bool> choice_of(std::string_view word) {
  if (word == "yes") return true;
  if (word == "no") return false;
  return std::nullopt;
}

bool has_topics(db::Read& read, const Draft& draft) {
  const auto about = from_word(all_abouts, draft.text("about"));
  const auto topics = all_topics(read);
  return std::ranges::any_of(topics, [&](const Topic& t) { return !about || t.about == *about; });
}

bool is_asked(db::Read& read, const Draft& draft, Step step) {
  if (step == Step::topic) return has_topics(read, draft);
  if (step == Step::nature)
    return !draft.text("suspected").empty() || !draft.text("nature").empty();
  return step != Step::where || draft.text("from_qr").empty();
}

}  // namespace

std::string_view to_text(Step step) {
  switch (step) {
    case Step::about: return "about";
    case Step::topic: return "topic";
    case Step::where: return "where";
    case Step::story: return "story";
    case Step::nature: return "nature";
    case Step::contact: return "contact";
    case Step::check: return "check";
  }
  return "";
}

std::optional<Step> step_of(std::string_view word) {
  for (const Step step : all_steps)
    if (to_text(step) == word) return step;
  return std::nullopt;
}

TextKey heading_of(Step step) {
  switch (step) {
    case Step::about: return "feedback.form.about.heading"_t;
    case Step::topic: return "feedback.form.topic.heading"_t;
    case Step::where: return "feedback.form.where.heading"_t;
    case Step::story: return "feedback.form.story.heading"_t;
    case Step::nature: return "feedback.form.nature.heading"_t;
    case Step::contact: return "feedback.form.contact.heading"_t;
    case Step::check: return "feedback.form.check.heading"_t;
  }
  return {};
}

std::string_view Draft::text(std::string_view name) const {
  for (const auto& [key, value] : answers)
    if (key == name) return value;
  return {};
}

void Draft::set(std::string_view name, std::string_view value) {
  std::erase_if(answers, [&](const auto& each) { return each.first == name; });
  if (!value.empty()) answers.emplace_back(name, first_chars(value, kept_chars_max));
}

Typed Draft::typed(bool in_english) const {
  const auto copy = [&](std::string_view name) { return std::string(text(name)); };
  Typed typed{.about = copy("about"),
              .kind = copy("kind"),
              .from = copy("from"),
              .topic = copy("topic"),
              .unit = copy("unit"),
              .procedure = copy("procedure"),
              .title = copy("title"),
              .body = copy("body"),
              .place = copy("place"),
              .position = copy("position"),
              .contact = copy("contact"),
              .dossier = copy("dossier"),
              .counter = copy("counter"),
              .recurs_of = copy("recurs_of"),
              .day = copy("happened-day"),
              .month = copy("happened-month"),
              .year = copy("happened-year"),
              .is_public = choice_of(text("public")),
              .is_protected = choice_of(text("protected")),
              .in_english = in_english,
              .extras = {}};
  // What was asked about something else is not sent along.
  if (typed.about != "procedure") typed.procedure = typed.dossier = {};
  for (const auto& [name, value] : answers)
    if (name.starts_with(extra_prefix))
      typed.extras.emplace_back(name.substr(extra_prefix.size()), value);
  return typed;
}

std::string draw_draft_token(Random& random) {
  std::string token;
  for (std::size_t i = 0; i < token_letters; ++i)
    token += Code::letters[random.below(Code::letters.size())];
  return token;
}

std::optional<Draft> load_draft(db::Read& read, std::string_view token) {
  if (token.size() != token_letters) return std::nullopt;
  auto answers = find_draft(read, token);
  if (!answers) return std::nullopt;
  return Draft{.token = std::string(token), .answers = *std::move(answers)};
}

void take(Draft& draft, Step step, const http::Fields& form) {
  const std::string about_before(draft.text("about"));
  const std::string topic_before(draft.text("topic"));
  for (const char* field : fields_of(step))
    if (form.has(field)) draft.set(field, form.text(field));
  if (step == Step::story)
    for (const auto& [name, value] : form.items())
      if (name.starts_with(extra_prefix) && name.size() < 60) draft.set(name, value);
  // The list tells more than the choice that was there before it was opened.
  if (step == Step::where && !form.text("unit_list").empty())
    draft.set("unit", form.text("unit_list"));
  if (draft.text("about") != about_before) draft.set("topic", "");
  if (draft.text("topic") != topic_before)
    std::erase_if(draft.answers,
                  [](const auto& each) { return each.first.starts_with(extra_prefix); });
}

std::vector<Step> steps_of(db::Read& read, const Draft& draft) {
  std::vector<Step> steps;
  for (const Step step : all_steps)
    if (is_asked(read, draft, step)) steps.push_back(step);
  return steps;
}

Step next_step(const std::vector<Step>& steps, Step step) {
  for (const Step later : steps)
    if (later > step) return later;
  return Step::check;
}

std::optional<Step> step_before(const std::vector<Step>& steps, Step step) {
  std::optional<Step> before;
  for (const Step earlier : steps)
    if (earlier < step) before = earlier;
  return before;
}

Step step_asking(std::string_view field) {
  if (field == "day" || field.starts_with(extra_prefix)) return Step::story;
  for (const Step step : all_steps)
    for (const char* each : fields_of(step))
      if (field == each) return step;
  return Step::about;
}

std::optional<Error> wrong_in(const std::optional<Error>& all, Step step) {
  if (!all) return std::nullopt;
  FieldErrors own;
  for (const FieldError& each : all->fields)
    if (step_asking(each.field) == step) own.add(each.field, each.text);
  if (own.empty()) return std::nullopt;
  return own.take();
}

std::string path_of(const Draft& draft, Step step) {
  return "/feedback/new/" + draft.token + "/" + std::string(to_text(step));
}

}  // namespace ln::feedback
