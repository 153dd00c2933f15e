#include "feature/feedback/feedback_pages_topics.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "core/settings/settings_actions.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_pages_day.h"
#include "feature/feedback/feedback_pages_form_steps.h"
#include "feature/feedback/feedback_store_settings.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback::administration {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view new_topic = "new";

Error only_city() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

std::string topics_frame(const View& view, std::string_view title, Fragment body, bool has_errors) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

// What the form holds: the names of its fields and what stands in them.
http::Fields fields_of(const TopicSetting& setting) {
  const Topic& topic = setting.topic;
  http::Fields fields;
  fields.add("code", topic.code);
  fields.add("about", std::string(to_text(topic.about)));
  fields.add("parent", topic.parent_code);
  fields.add("name_vi", topic.name_vi);
  fields.add("name_en", topic.name_en);
  fields.add("hint_vi", topic.hint_vi);
  fields.add("hint_en", topic.hint_en);
  fields.add("measure", std::string(calendar::to_text(topic.deadline.measure)));
  fields.add("count", std::to_string(topic.deadline.count));
  fields.add("urgent_measure", std::string(calendar::to_text(topic.urgent.measure)));
  fields.add("urgent_count", std::to_string(topic.urgent.count));
  fields.add("unit", topic.unit_code);
  if (topic.is_smallest) fields.add("smallest", "1");
  if (setting.is_offered) fields.add("offered", "1");
  for (std::size_t i = 0; i < setting.questions.size(); ++i) {
    const TopicQuestion& question = setting.questions[i];
    const std::string n = "q" + std::to_string(i + 1) + "_";
    const auto lines = [](const std::vector<std::string>& all) {
      std::string text;
      for (const std::string& each : all) text += each + "\n";
      return text;
    };
    fields.add(n + "code", question.code);
    fields.add(n + "text_vi", question.text_vi);
    fields.add(n + "text_en", question.text_en);
    fields.add(n + "form", std::string(to_text(question.form)));
    if (question.is_required) fields.add(n + "required", "1");
    fields.add(n + "choices_vi", lines(question.choices_vi));
    fields.add(n + "choices_en", lines(question.choices_en));
  }
  return fields;
}

std::vector<std::string> lines_typed(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty() && all.size() <= choice_count_max) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const auto line = trimmed(text.substr(0, end)); !line.empty()) all.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

// A question without any words is none: that is how one is taken out.
std::vector<TopicQuestion> questions_typed(const http::Fields& form,
                                           const std::string& topic_code) {
  std::vector<TopicQuestion> questions;
  for (std::size_t i = 1; i <= questions_max; ++i) {
    const std::string n = "q" + std::to_string(i) + "_";
    const auto typed = [&](const char* name) { return std::string(trimmed(form.text(n + name))); };
    TopicQuestion question{
        .topic_code = topic_code,
        .code = typed("code"),
        .text_vi = typed("text_vi"),
        .text_en = typed("text_en"),
        .form = from_word(all_answer_forms, form.text(n + "form")).value_or(AnswerForm::text),
        .is_required = form.has(n + "required")};
    if (question.form == AnswerForm::choice) {
      question.choices_vi = lines_typed(form.text(n + "choices_vi"));
      question.choices_en = lines_typed(form.text(n + "choices_en"));
    }
    if (!question.code.empty() || !question.text_vi.empty() || !question.text_en.empty())
      questions.push_back(std::move(question));
  }
  return questions;
}

// Null when it is no date. Nothing typed is today.
std::optional<Day> from_typed(const http::Fields& form, Instant now) {
  return is_day_empty(form, "from") ? local_day(now) : day_typed(form, "from");
}

// A count of 0, which is refused, for what is no number.
calendar::Deadline deadline_typed(const http::Fields& form,
                                  std::string_view measure,
                                  std::string_view count) {
  const std::int64_t number = form.number(count).value_or(0);
  return {from_word(all_measures, form.text(measure)).value_or(calendar::Measure::working_days),
          number > 0 && number <= deadline_count_max ? static_cast<int>(number) : 0};
}

TopicChange change_typed(const http::Fields& form, const std::string& code, Instant now) {
  const auto typed = [&](const char* name) { return std::string(trimmed(form.text(name))); };
  TopicChange change{
      .setting = {.topic = {.code = code,
                            .parent_code = typed("parent"),
                            .about =
                                from_word(all_abouts, form.text("about")).value_or(About::place),
                            .name_vi = typed("name_vi"),
                            .name_en = typed("name_en"),
                            .hint_vi = typed("hint_vi"),
                            .hint_en = typed("hint_en"),
                            .is_smallest = form.has("smallest"),
                            .unit_code = typed("unit")},
                  .is_offered = form.has("offered"),
                  .questions = questions_typed(form, code)},
      .seen = std::string(form.text("seen")),
      // A date that is none is refused like one that is past.
      .from = from_typed(form, now).value_or(Day{}),
      .reason = typed("reason")};
  change.setting.topic.deadline = deadline_typed(form, "measure", "count");
  change.setting.topic.urgent = deadline_typed(form, "urgent_measure", "urgent_count");
  return change;
}

// What was typed, beside the value that is there now.
http::Fields form_again(const http::Fields& typed, const std::string& seen) {
  http::Fields fields;
  for (const auto& [name, value] : typed.items())
    if (name != "seen") fields.add(name, value);
  fields.add("seen", seen);
  return fields;
}

struct TopicForm {
  const View& view;
  const http::Fields& typed;
  const Error* error = nullptr;

  Fragment line(std::string_view name, TextKey label, TextKey hint = {}, int width = 0) const {
    return html::input(view, {.name = name,
                              .label = {view(label)},
                              .hint = hint.is_none() ? std::string_view() : view(hint),
                              .error = html::error_for(view, error, name),
                              .value = typed.text(name),
                              .width = width});
  }
  Fragment box(std::string_view name, TextKey text, TextKey hint = {}) const {
    html::Choices group{.name = name};
    group.choices.push_back({.value = "1",
                             .text = view(text),
                             .hint = hint.is_none() ? std::string_view() : view(hint),
                             .is_checked = typed.has(name)});
    return html::checkboxes(view, group);
  }
};

TextKey form_key(AnswerForm form) {
  switch (form) {
    case AnswerForm::text: return "settings.form.text"_t;
    case AnswerForm::number: return "settings.form.number"_t;
    case AnswerForm::day: return "settings.form.day"_t;
    case AnswerForm::choice: return "settings.form.choice"_t;
  }
  return "settings.form.text"_t;
}

TextKey measure_key(calendar::Measure measure) {
  switch (measure) {
    case calendar::Measure::working_hours: return "settings.measure.working_hours"_t;
    case calendar::Measure::working_days: return "settings.measure.working_days"_t;
    case calendar::Measure::calendar_days: return "settings.measure.calendar_days"_t;
  }
  return "settings.measure.working_days"_t;
}

Fragment question_fields(const TopicForm& form, std::size_t number) {
  const View& view = form.view;
  const std::string n = "q" + std::to_string(number) + "_";
  const std::string shown = view.voice.number(static_cast<std::int64_t>(number));
  Fragment fields = form.line(n + "text_vi", "settings.question_vi"_t);
  fields += form.line(n + "text_en", "settings.question_en"_t);
  fields += form.line(n + "code", "settings.question_code"_t, "settings.code_hint"_t, 20);
  const std::string form_name = n + "form";
  html::Select forms{.name = form_name,
                     .label = {view("settings.question_form"_t)},
                     .value = form.typed.text(form_name)};
  for (const AnswerForm each : all_answer_forms)
    forms.options.push_back({to_text(each), view(form_key(each))});
  fields += html::select(view, forms);
  fields += form.box(n + "required", "settings.required"_t);
  const auto choices = [&](const std::string& name, TextKey label) {
    fields += html::textarea(view, {.name = name,
                                    .label = {view(label)},
                                    .hint = view("settings.choices_hint"_t),
                                    .error = html::error_for(view, form.error, name),
                                    .value = form.typed.text(name),
                                    .rows = 3});
  };
  choices(n + "choices_vi", "settings.choices_vi"_t);
  choices(n + "choices_en", "settings.choices_en"_t);
  const std::string legend(view.voice("settings.question"_t, {{"number", shown}}));
  return html::fieldset(view, {.legend = {legend, html::Size::s}, .body = std::move(fields)});
}

Fragment tree_fields(const TopicForm& form, const std::vector<TopicSetting>& all, bool is_new) {
  const View& view = form.view;
  Fragment fields;
  if (is_new) {
    fields += form.line("code", "settings.code"_t, "settings.code_hint"_t, 20);
    html::Select about{.name = "about",
                       .label = {view("feedback.rule.about"_t)},
                       .error = html::error_for(view, form.error, "about"),
                       .value = form.typed.text("about")};
    for (const About each : all_abouts)
      about.options.push_back({to_text(each), view(key_of(each))});
    fields += html::select(view, about);
  }
  html::Select parent{.name = "parent",
                      .label = {view("settings.parent"_t)},
                      .error = html::error_for(view, form.error, "parent"),
                      .value = form.typed.text("parent")};
  parent.options.push_back({"", view("settings.no_parent"_t)});
  for (const TopicSetting& setting : all) {
    const Topic& each = setting.topic;
    if (each.code != form.typed.text("code") &&
        (is_new || to_text(each.about) == form.typed.text("about")))
      parent.options.push_back({each.code, in_language(view, each.name_vi, each.name_en)});
  }
  fields += html::select(view, parent);
  return fields;
}

Fragment when_fields(const TopicForm& form) {
  const View& view = form.view;
  Fragment fields = html::date_input(view, {.name = "from",
                                            .legend = {view("settings.from"_t), html::Size::s},
                                            .hint = view("settings.from_hint"_t),
                                            .error = html::error_for(view, form.error, "from"),
                                            .day = form.typed.text("from-day"),
                                            .month = form.typed.text("from-month"),
                                            .year = form.typed.text("from-year")});
  fields += form.line("reason", "settings.reason"_t, "settings.reason_hint"_t);
  fields += html::button({.text = view("settings.save"_t), .once = true});
  return fields;
}

// `code` is "new" for a topic that is made.
Fragment topic_form(const TopicForm& form,
                    const std::vector<TopicSetting>& all,
                    std::string_view code) {
  const View& view = form.view;
  const bool is_new = code == new_topic;
  Fragment fields = html::hidden("seen", form.typed.text("seen"));
  if (!is_new) fields += html::hidden("about", form.typed.text("about"));
  fields += tree_fields(form, all, is_new);
  fields += form.line("name_vi", "settings.name_vi"_t);
  fields += form.line("name_en", "settings.name_en"_t);
  fields += form.line("hint_vi", "settings.hint_vi"_t);
  fields += form.line("hint_en", "settings.hint_en"_t);
  const auto measure = [&](std::string_view name, TextKey label) {
    html::Select select{.name = name, .label = {view(label)}, .value = form.typed.text(name)};
    for (const calendar::Measure each : all_measures)
      select.options.push_back({calendar::to_text(each), view(measure_key(each))});
    fields += html::select(view, select);
  };
  fields += form.line("count", "settings.count"_t, "settings.count_hint"_t, 3);
  measure("measure", "settings.measure"_t);
  fields += form.line("urgent_count", "settings.urgent_count"_t, "settings.urgent_hint"_t, 3);
  measure("urgent_measure", "settings.urgent_measure"_t);
  fields += form.line("unit", "settings.unit"_t, "feedback.rule.unit_hint"_t, 10);
  fields += form.box("smallest", "settings.smallest"_t, "settings.smallest_hint"_t);
  fields += form.box("offered", "settings.offered"_t, "settings.offered_hint"_t);
  fields.add(R"(<h2 class="h-m sp">{}</h2><p>{}</p>)", view("settings.questions"_t),
             view("settings.questions_lead"_t));
  std::size_t shown = 1;
  for (std::size_t i = 1; i <= questions_max; ++i)
    if (!form.typed.text("q" + std::to_string(i) + "_code").empty() ||
        !form.typed.text("q" + std::to_string(i) + "_text_vi").empty())
      shown = std::min(i + 1, questions_max);
  for (std::size_t i = 1; i <= shown; ++i) fields += question_fields(form, i);
  fields += when_fields(form);
  return html::form(view, {.action = Url::in(view, "/staff/administration/topics/", code),
                           .body = std::move(fields)});
}

std::string topic_html(const TopicForm& form,
                       const std::vector<TopicSetting>& all,
                       std::string_view code) {
  const View& view = form.view;
  const bool is_new = code == new_topic;
  const std::string name_vi(form.typed.text("name_vi")), name_en(form.typed.text("name_en"));
  const std::string heading(is_new ? view("settings.topic_new"_t)
                                   : in_language(view, name_vi, name_en));
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration/topics"));
  body += html::error_summary(view, form.error, {{"from", "from-day"}});
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>{})", heading, view("settings.topic_lead"_t),
           topic_form(form, all, code));
  return topics_frame(view, heading, std::move(body), form.error != nullptr);
}

Fragment topic_item(const View& view,
                    const std::vector<TopicSetting>& all,
                    const TopicSetting& setting) {
  const Topic& topic = setting.topic;
  const std::string limit = view.voice.number(topic.deadline.count) + " " +
                            std::string(view(measure_key(topic.deadline.measure)));
  Fragment out = html::fill(R"(<a href="{}">{}</a> <span class="small">{}</span> {})",
                            Url::in(view, "/staff/administration/topics/", topic.code),
                            in_language(view, topic.name_vi, topic.name_en), limit,
                            setting.is_offered
                                ? Fragment()
                                : html::badge(html::Tone::plain, "minus", view("settings.off"_t)));
  Fragment below;
  for (const TopicSetting& each : all)
    if (each.topic.parent_code == topic.code) below.add("<li>{}</li>", topic_item(view, all, each));
  if (!below.empty()) out.add("<ul>{}</ul>", below);
  return out;
}

}  // namespace

Result<http::Response> topics_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator) {
  if (!settings::may_change(administrator)) return only_city();
  const View view = people::view_of(request, administrator.staff());
  const auto all = every_topic(read);
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)", view("settings.topics"_t),
           view("settings.topics_lead"_t),
           html::link_button(Url::in(view, "/staff/administration/topics/", new_topic),
                             {.text = view("settings.topic_new"_t)}));
  for (const About about : all_abouts) {
    Fragment list;
    for (const TopicSetting& each : all)
      if (each.topic.about == about && each.topic.parent_code.empty())
        list.add("<li>{}</li>", topic_item(view, all, each));
    if (!list.empty()) body.add(R"(<h2 class="h-m">{}</h2><ul>{}</ul>)", view(key_of(about)), list);
  }
  return http::page(200, topics_frame(view, view("settings.topics"_t), std::move(body), false));
}

Result<http::Response> topic_page(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator) {
  if (!settings::may_change(administrator)) return only_city();
  const View view = people::view_of(request, administrator.staff());
  const std::string code(request.path_text("topic"));
  http::Fields fields;
  if (code == new_topic) {
    fields.add("offered", "1");
    fields.add("measure", "working_days");
    fields.add("urgent_measure", "working_hours");
    fields.add("urgent_count", "4");
  } else {
    const auto setting = find_topic_setting(read, code);
    if (!setting) return Error{ErrorKind::not_found, "settings.error.no_topic"_t};
    fields = fields_of(*setting);
    fields.add("seen", value_of(*setting));
  }
  return http::page(200, topic_html({view, fields}, every_topic(read), code));
}

Result<http::Pending> topic_post(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator,
                                 Instant now) {
  if (!settings::may_change(administrator)) return only_city();
  const View view = people::view_of(request, administrator.staff());
  const std::string path_code(request.path_text("topic"));
  const bool is_new = path_code == new_topic;
  if (!is_new && topic_value(read, path_code).empty())
    return Error{ErrorKind::not_found, "settings.error.no_topic"_t};
  const std::string code = is_new ? std::string(trimmed(request.form.text("code"))) : path_code;
  TopicChange change = change_typed(request.form, code, now);
  if (is_new) change.seen.clear();
  if (const auto fine = check_topic_change(read, change, now); !fine.ok()) {
    if (fine.error().kind != ErrorKind::invalid) return fine.error();
    return http::Pending::answer(http::page(
        422, topic_html({view, request.form, &fine.error()}, every_topic(read), path_code)));
  }
  const std::string back(Url::in(view, "/staff/administration").with("done", "1").view());
  const http::Fields again = form_again(request.form, is_new ? "" : topic_value(read, code));
  return http::Pending::commit(
      [=](db::Write& write) { return change_topic(write, administrator, change, now); },
      [&request, administrator, back, again, path_code, all = every_topic(read)](
          const Result<std::int64_t>& done, std::string_view) {
        // Somebody was faster: nothing that was typed is lost, and it counts from what is now.
        if (!done.ok() && done.error().kind == ErrorKind::conflict)
          return http::page(409, topic_html({people::view_of(request, administrator.staff()), again,
                                             &done.error()},
                                            all, path_code));
        if (!done.ok()) return http::error_response(request, done.error());
        http::forget_kept_answers();
        return http::see_other(back);
      });
}

}  // namespace ln::feedback::administration
