#include "feature/survey/survey_pages_form.h"

#include "base/text.h"
#include "feature/survey/survey_actions.h"
#include "feature/survey/survey_pages_parts.h"
#include "platform/html/charts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::survey {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Fragment about_form(const View& view, const Form& form) {
  std::vector<html::Fact> facts;
  facts.push_back(
      {view("survey.form.source"_t), fill(R"(<span lang="vi">{}</span>)", form.source)});
  if (!form.unconfirmed.empty())
    facts.push_back(
        {view("survey.form.unconfirmed"_t),
         fill(R"({} <span lang="vi">{}</span>)", unconfirmed_badge(view), form.unconfirmed)});
  const html::Spoken name = words_of(view, form.formula.name);
  Fragment formula = fill(R"(<span lang="{}">{}</span>: {} )", name.lang, name.text,
                          view(key_of(form.formula.kind)));
  if (!form.formula.source.empty())
    formula.add(R"(<span lang="vi">({})</span> )", form.formula.source);
  if (form.formula.is_unconfirmed) formula += unconfirmed_badge(view);
  facts.push_back({view("survey.result.formula"_t), std::move(formula)});
  facts.push_back({view("survey.form.hash"_t), hash_shown(form.hash)});
  return html::facts(facts, true);
}

std::string answers_of(const View& view, const Question& question) {
  std::string out;
  for (const std::int64_t each : question.classes()) {
    if (!out.empty()) out += " · ";
    out += class_name(view, question, each).text;
    for (const Option& option : question.options)
      if (option.value == each && option.points > 0)
        out += " (" + view.voice.number(option.points) + ")";
  }
  if (question.kind == Kind::number)
    out = view.voice.number(question.min) + "–" + view.voice.number(question.max);
  return out.empty() ? std::string(view(key_of(question.kind))) : out;
}

Fragment questions_table(const View& view, const Form& form) {
  const html::Column columns[] = {{view("survey.form.question"_t)},
                                  {view("survey.form.answers"_t)},
                                  {view("survey.form.weight"_t), true}};
  Fragment rows;
  for (const Question& each : form.questions) {
    const html::Spoken words = words_of(view, each.words);
    Fragment head = fill(R"(<span lang="{}">{}</span> <span translate="no">({})</span> )",
                         words.lang, words.text, each.code);
    if (each.is_unconfirmed) head += unconfirmed_badge(view);
    if (each.show_if)
      head.add("<br>{}", view.voice("survey.form.only_if"_t, {{"code", each.show_if->question}}));
    Fragment row;
    html::add_head_cell(row, head);
    html::add_cell(row, columns[1], answers_of(view, each));
    html::add_cell(row, columns[2], view.voice.number(each.weight));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("survey.form.questions"_t), .columns = columns, .rows = std::move(rows)});
}

Result<Form> form_in(const http::Request& request, db::Read& read) {
  auto form = find_form(read, FormId{request.path_number("id")});
  if (!form) return Error{ErrorKind::not_found, "survey.error.form"_t};
  return *std::move(form);
}

struct Edited {
  Form form{};
  std::string body{};
  std::string_view step{};
};
http::Response edit(const View& view, const Edited& edited) {
  const auto read = read_form(edited.body);
  const html::Spoken name = words_of(view, edited.form.name);
  Error error{ErrorKind::invalid, {}};
  std::string wrong;
  if (read.fault) {
    error.text = read.fault->text;
    error.fields.push_back({"body", read.fault->text});
    wrong = view.voice("survey.fault.at"_t,
                       {{"what", view(read.fault->text)}, {"where", read.fault->where}});
  }
  Fragment body = html::back_link(view, form_url(view, edited.form));
  if (read.fault)
    body +=
        html::error_summary(view, html::ErrorSummary{.errors = {{.text = wrong, .id = "body"}}});
  body.add(R"(<h1 class="h-l">{}</h1><p lang="{}">{}</p><p>{}</p>)", view("survey.form.edit"_t),
           name.lang, name.text, view("survey.form.edit_lead"_t));
  if (read.form && edited.step == "check") {
    Fragment seen = fill("<p>{}</p>", view("survey.form.looks_so"_t));
    seen += questions_table(view, *read.form);
    body += html::note(
        {.heading = view("survey.form.fine"_t), .body = std::move(seen), .is_status = true});
  }
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("survey.form.text"_t)},
                                          .hint = view("survey.form.text_hint"_t),
                                          .error = wrong,
                                          .value = edited.body,
                                          .rows = 30,
                                          .spellcheck = false});
  fields += html::button({.text = view("survey.form.check"_t),
                          .kind = html::ButtonKind::secondary,
                          .name = "step",
                          .value = "check"});
  fields += html::button(
      {.text = view("survey.form.save"_t), .name = "step", .value = "save", .once = true});
  Fragment file =
      html::form(view, {.action = Url::in(view, "/staff/surveys/forms/", edited.form.id.value),
                        .body = std::move(fields)});
  body += html::form(
      view, {.action = Url::in(view, "/staff/surveys/forms/", edited.form.id.value, "/draft"),
             .body = html::button({.text = view("survey.draft.begin"_t)})});
  body += html::details(view("survey.draft.machines"_t), file, !edited.step.empty());
  return staff_survey_page(view, {.title = view("survey.form.edit"_t),
                                  .body = std::move(body),
                                  .error = read.fault ? &error : nullptr});
}

}  // namespace

Result<http::Response> forms_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  Fragment body = html::breadcrumbs(view, {{view("survey.title"_t), Url::in(view, "/surveys")}},
                                    view("survey.form.title"_t));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("survey.form.title"_t),
           view("survey.form.lead"_t));
  const auto all = newest_forms(read);
  if (all.empty()) body += html::nothing_here(view("survey.form.none"_t));
  body.add(R"(<ul class="list">{}</ul>)", [&](Fragment& list) {
    for (const Form& each : all) {
      const html::Spoken name = words_of(view, each.name);
      list.add(
          R"(<li><h2 class="h-s"><a href="{}" lang="{}">{}</a></h2><p class="muted">{}</p></li>)",
          form_url(view, each), name.lang, name.text,
          view.voice("survey.form.version"_t, {{"version", view.voice.number(each.version)}}));
    }
  });
  return survey_page(view, view("survey.form.title"_t), std::move(body));
}

Result<http::Response> form_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  TRY(const Form form, form_in(request, read));
  const html::Spoken name = words_of(view, form.name);
  Fragment body =
      html::breadcrumbs(view,
                        {{view("survey.title"_t), Url::in(view, "/surveys")},
                         {view("survey.form.title"_t), Url::in(view, "/surveys/forms")}},
                        name.text);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p>{}</p>)", name.lang, name.text,
           view.voice("survey.form.version"_t, {{"version", view.voice.number(form.version)}}));
  body += about_form(view, form);
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("survey.form.questions"_t));
  body += questions_table(view, form);
  Fragment others;
  for (const Form& each : versions_of(read, form.code))
    others.add(R"(<li><a href="{}">{}</a></li>)", form_url(view, each),
               view.voice("survey.form.version"_t, {{"version", view.voice.number(each.version)}}));
  body.add(R"(<h2 class="h-m sp">{}</h2><ul>{}</ul><p><a href="{}">{}</a></p>)",
           view("survey.form.versions"_t), others,
           Url::in(view, "/surveys/forms/", form.id.value, "/file"), view("survey.form.file"_t));
  return survey_page(view, name.text, std::move(body));
}

Result<http::Response> form_file(const http::Request& request, db::Read& read) {
  TRY(const Form form, form_in(request, read));
  auto response = http::json(200, form.body);
  response.cacheable = true;
  return response;
}

Result<http::Response> edit_page(const http::Request& request,
                                 db::Read& read,
                                 people::Administrator administrator) {
  TRY(Form form, form_in(request, read));
  const std::string body = form.body;
  return edit(people::view_of(request, administrator.staff()),
              {.form = std::move(form), .body = body});
}

Result<http::Pending> edit_post(const http::Request& request,
                                db::Read& read,
                                people::Administrator administrator,
                                Instant now) {
  TRY(Form form, form_in(request, read));
  const View view = people::view_of(request, administrator.staff());
  const std::string body(trimmed(request.form.text("body")));
  const std::string_view step = request.form.text("step");
  const auto typed = read_form(body);
  if (step != "save" || !typed.form)
    return http::Pending::answer(edit(view, {.form = std::move(form), .body = body, .step = step}));
  return http::Pending::commit(
      [administrator, body, now](db::Write& write) {
        return save_form(write, administrator, body, now);
      },
      [&request, to = std::string(Url::in(view, "/surveys/forms").view())](const Result<Form>& done,
                                                                           std::string_view) {
        if (done.ok()) return http::see_other(to + "/" + std::to_string(done.value().id.value));
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::survey
