// One question of a draft: its kind first, then its fields, each in words of everyday.
#include <algorithm>

#include "base/text.h"
#include "feature/survey/survey_pages_draft.h"
#include "feature/survey/survey_pages_draft_parts.h"
#include "platform/html/parts.h"

namespace ln::survey::draft {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr TextKey kind_hints[] = {"survey.draft.kind.scale"_t, "survey.draft.kind.yes_no"_t,
                                  "survey.draft.kind.choice"_t, "survey.draft.kind.number"_t,
                                  "survey.draft.kind.text"_t};

// One question being written.
struct Pen {
  Kind kind = Kind::scale;
  std::string code{};  // empty: a new one
  TypedQuestion typed{};
};

TypedQuestion typed_in(const http::Fields& form) {
  const auto text = [&](std::string_view name) { return std::string(form.text(name)); };
  TypedQuestion typed{.vi = text("vi"),
                      .en = text("en"),
                      .help_vi = text("help_vi"),
                      .help_en = text("help_en"),
                      .matrix_vi = text("matrix_vi"),
                      .matrix_en = text("matrix_en"),
                      .section = text("section"),
                      .weight = text("weight"),
                      .min = text("min"),
                      .max = text("max"),
                      .options = text("options"),
                      .if_question = text("if_question"),
                      .is_required = form.has("required"),
                      .is_unconfirmed = form.has("unconfirmed")};
  // The boxes are those of the question that was chosen when the page was made: under another one
  // the same numbers would mean something else.
  if (form.text("if_seen") == typed.if_question)
    for (const std::string_view each : form.all("if_is")) typed.if_is.emplace_back(each);
  return typed;
}

Fragment box(const View& view, std::string_view name, TextKey text, bool is_checked) {
  return html::checkboxes(view, {.name = name,
                                 .choices = {{.value = "1",
                                              .text = view(text),
                                              .name = name,
                                              .id = name,
                                              .is_checked = is_checked}}});
}

Fragment kind_fields(const View& view, const Pen& pen, const Error* error) {
  const TypedQuestion& typed = pen.typed;
  if (pen.kind == Kind::choice)
    return html::textarea(view, {.name = "options",
                                 .label = {view("survey.draft.options"_t)},
                                 .hint = view("survey.draft.options_hint"_t),
                                 .error = html::error_for(view, error, "options"),
                                 .value = typed.options,
                                 .rows = 6});
  Fragment out;
  if (pen.kind == Kind::number) {
    out += entry(view, {"min", "survey.draft.min"_t, {}, typed.min}, error);
    out += entry(view, {"max", "survey.draft.max"_t, {}, typed.max}, error);
  }
  if (pen.kind == Kind::scale) {
    out += entry(view,
                 {"matrix_vi", "survey.draft.matrix_vi"_t, "survey.draft.matrix_hint"_t,
                  typed.matrix_vi, true},
                 error);
    out += entry(view, {"matrix_en", "survey.draft.matrix_en"_t, {}, typed.matrix_en, true}, error);
  }
  return out;
}

Fragment section_field(const Desk& desk, std::string_view typed, const Error* error) {
  const View& view = desk.view;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < desk.draft.form.sections.size(); ++i)
    values.push_back(std::to_string(i));
  std::vector<html::Option> options;
  for (std::size_t i = 0; i < values.size(); ++i)
    options.push_back({values[i], words_of(view, desk.draft.form.sections[i]).text});
  return html::select(view, {.name = "section",
                             .label = {view("survey.draft.section"_t)},
                             .hint = view("survey.draft.section_hint"_t),
                             .error = html::error_for(view, error, "section"),
                             .value = typed,
                             .options = std::move(options)});
}

// The answers of the question that is chosen. Without a script they come with the next page.
Fragment answers_field(const Desk& desk, const TypedQuestion& typed, const Error* error) {
  const View& view = desk.view;
  const Question* other = desk.draft.form.find(typed.if_question);
  if (other == nullptr || other->classes().empty()) return {};
  std::vector<std::string> values;
  const auto classes = other->classes();
  for (const std::int64_t each : classes) values.push_back(std::to_string(each));
  std::vector<html::Choice> choices;
  for (std::size_t i = 0; i < values.size(); ++i)
    choices.push_back({.value = values[i], .text = class_name(view, *other, classes[i]).text});
  return html::checkboxes(
      view, {.name = "if_is",
             .legend = {.text = view.voice("survey.draft.if_is"_t,
                                           {{"question", words_of(view, other->words).text}}),
                        .size = html::Size::s},
             .error = html::error_for(view, error, "if_is"),
             .choices = std::move(choices),
             .values = {typed.if_is.begin(), typed.if_is.end()}});
}

// A line of the list of questions is as long as a phone can show.
std::string cut(std::string_view words) {
  constexpr std::size_t shown_chars = 60;
  const std::string_view shown = first_chars(words, shown_chars);
  return std::string(shown) + (shown.size() < words.size() ? "…" : "");
}

Fragment condition_fields(const Desk& desk, const Pen& pen, const Error* error) {
  const View& view = desk.view;
  const Form& form = desk.draft.form;
  const auto possible = possible_conditions(form, form.find(pen.code));
  if (possible.empty() && pen.typed.if_question.empty()) return {};
  std::vector<std::string> names;
  for (const Question* each : possible)
    names.push_back(view.voice("survey.draft.question_n"_t,
                               {{"n", view.voice.number(number_of(form, each->code))}}) +
                    ": " + cut(words_of(view, each->words).text));
  std::vector<html::Option> options = {{"", view("survey.draft.if_always"_t)}};
  for (std::size_t i = 0; i < names.size(); ++i) options.push_back({possible[i]->code, names[i]});
  Fragment out = html::select(view, {.name = "if_question",
                                     .label = {view("survey.draft.if_question"_t)},
                                     .hint = view("survey.draft.if_hint"_t),
                                     .error = html::error_for(view, error, "if_question"),
                                     .value = pen.typed.if_question,
                                     .options = std::move(options)});
  out += html::button({.text = view("survey.draft.if_show"_t),
                       .kind = html::ButtonKind::secondary,
                       .name = "step",
                       .value = "answers"});
  out += html::hidden("if_seen", pen.typed.if_question);
  out += answers_field(desk, pen.typed, error);
  return out;
}

Fragment all_fields(const Desk& desk, const Pen& pen, const Error* error) {
  const View& view = desk.view;
  const TypedQuestion& typed = pen.typed;
  Fragment out = seen_fields(desk);
  if (pen.code.empty()) out += html::hidden("kind", to_text(pen.kind));
  out += entry(view, {"vi", "survey.draft.vi"_t, {}, typed.vi}, error);
  out += entry(view, {"en", "survey.draft.en"_t, {}, typed.en, true}, error);
  out += entry(
      view, {"help_vi", "survey.draft.help_vi"_t, "survey.draft.help_hint"_t, typed.help_vi, true},
      error);
  out += entry(view, {"help_en", "survey.draft.help_en"_t, {}, typed.help_en, true}, error);
  out += kind_fields(view, pen, error);
  out += section_field(desk, typed.section, error);
  out += box(view, "required", "survey.draft.is_required"_t, typed.is_required);
  const bool may_count = pen.kind != Kind::text && pen.kind != Kind::number;
  if (may_count)
    out += html::input(view, {.name = "weight",
                              .label = {view("survey.draft.weight"_t)},
                              .hint = view("survey.draft.weight_hint"_t),
                              .error = html::error_for(view, error, "weight"),
                              .value = typed.weight,
                              .width = 4,
                              .inputmode = "numeric"});
  out += condition_fields(desk, pen, error);
  out += box(view, "unconfirmed", "survey.draft.is_unconfirmed"_t, typed.is_unconfirmed);
  out += html::button({.text = view("survey.draft.save_question"_t),
                       .name = "step",
                       .value = "save",
                       .once = true});
  return out;
}

http::Response write_question(const Desk& desk, const Pen& pen, const Error* error) {
  const View& view = desk.view;
  Fragment body = html::back_link(view, desk.url());
  body += html::error_summary(view, error);
  const std::string title =
      pen.code.empty() ? std::string(view("survey.draft.add"_t))
      // Somebody may just have taken the question out; what was typed about it stays here.
      : desk.draft.form.find(pen.code) == nullptr
          ? std::string(view("survey.draft.edit"_t))
          : view.voice("survey.draft.question_n"_t,
                       {{"n", view.voice.number(number_of(desk.draft.form, pen.code))}});
  const auto kind = static_cast<std::size_t>(pen.kind);
  body.add(R"(<h1 class="h-l">{}</h1><p><b>{}</b>: {}</p>)", title, view(key_of(pen.kind)),
           view(kind_hints[kind]));
  if (error != nullptr && error->kind == ErrorKind::conflict)
    body.add(R"(<p><a href="{}">{}</a></p>)", desk.url(), view("survey.draft.see_now"_t));
  body +=
      html::form(view, {.action = pen.code.empty() ? desk.url("add") : desk.question_url(pen.code),
                        .body = all_fields(desk, pen, error)});
  return staff_survey_page(view, {.title = title, .body = std::move(body), .error = error});
}

http::Response choose_kind(const Desk& desk) {
  const View& view = desk.view;
  Fragment body = html::back_link(view, desk.url());
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("survey.draft.add"_t),
           view("survey.draft.choose_kind"_t));
  Fragment list;
  for (const Kind each : all_kinds)
    list.add(R"(<li><p><a href="{}">{}</a><br><span class="small muted">{}</span></p></li>)",
             desk.url("add").with("kind", to_text(each)), view(key_of(each)),
             view(kind_hints[static_cast<std::size_t>(each)]));
  body.add(R"(<ul class="list">{}</ul>)", list);
  return staff_survey_page(view, {.title = view("survey.draft.add"_t), .body = std::move(body)});
}

// A new question stands in the last section, among those that were written last.
TypedQuestion blank(const Form& form) {
  return {.section = std::to_string(form.questions.empty() ? 0 : form.questions.back().section),
          .weight = "0"};
}

// What both posts do: shows the page again, or tries the edit and commits it.
http::Pending write_down(const http::Request& request,
                         const Desk& desk,
                         const DraftAct& act,
                         const Pen& pen) {
  const auto again = [&](const Error* error) {
    return http::Pending::answer(write_question(desk, pen, error));
  };
  // First of all: a page that is made here says which revision was seen.
  Error error = stale();
  if (is_stale(request, desk.draft)) return again(&error);
  // This button is also what Enter presses in a field; where no other question was chosen there is
  // nothing to show, and Enter saves.
  if (request.form.text("step") == "answers" &&
      request.form.text("if_seen") != pen.typed.if_question)
    return again(nullptr);
  Edit edit = Change{pen.code, pen.typed};
  if (pen.code.empty()) edit = Add{pen.kind, pen.typed};
  const auto after = edited(desk.draft.form, edit, desk.versions);
  if (!after.ok()) {
    error = after.error();
    return again(&error);
  }
  std::string code = pen.code;
  for (const Question& each : after.value().questions)
    if (code.empty() && desk.draft.form.find(each.code) == nullptr) code = each.code;
  std::string to = gives_new_meaning(desk.draft.form, after.value(), code)
                       ? desk.renamed_place(code)
                       : desk.place_of(after.value(), code);
  return commit_edit(request, desk, act, std::move(edit), std::move(to),
                     [pen](const Desk& now, const Error& conflict) {
                       return write_question(now, pen, &conflict);
                     });
}

Result<Pen> pen_in(const http::Request& request, const Desk& desk) {
  const Question* found = desk.draft.form.find(request.path_text("question"));
  if (found == nullptr) return Error{ErrorKind::not_found, "survey.draft.error.no_question"_t};
  return Pen{.kind = found->kind, .code = found->code, .typed = typed_of(*found)};
}

}  // namespace

Result<http::Response> add_page(const http::Request& request,
                                db::Read& read,
                                Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const auto kind = from_word(all_kinds, request.query.text("kind"));
  if (!kind) return choose_kind(desk);
  return write_question(desk, {.kind = *kind, .typed = blank(desk.draft.form)}, nullptr);
}

Result<http::Pending> add_post(const http::Request& request,
                               db::Read& read,
                               Administrator administrator,
                               Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const auto kind = from_word(all_kinds, request.form.text("kind"));
  if (!kind) return http::Pending::answer(choose_kind(desk));
  return write_down(request, desk, act_of(desk, administrator, now),
                    {.kind = *kind, .typed = typed_in(request.form)});
}

Result<http::Response> question_page(const http::Request& request,
                                     db::Read& read,
                                     Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  TRY(const Pen pen, pen_in(request, desk));
  return write_question(desk, pen, nullptr);
}

Result<http::Pending> question_post(const http::Request& request,
                                    db::Read& read,
                                    Administrator administrator,
                                    Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  TRY(Pen pen, pen_in(request, desk));
  pen.typed = typed_in(request.form);
  return write_down(request, desk, act_of(desk, administrator, now), pen);
}

}  // namespace ln::survey::draft
