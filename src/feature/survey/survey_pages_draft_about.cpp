// What a draft says about itself, how a new form begins, and the file for machines.
#include "base/text.h"
#include "feature/survey/survey_pages_draft.h"
#include "feature/survey/survey_pages_draft_parts.h"
#include "platform/db/once.h"
#include "platform/html/parts.h"
#include "platform/http/once_key.h"

namespace ln::survey::draft {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

TypedAbout about_in(const http::Fields& form) {
  const auto text = [&](std::string_view name) { return std::string(form.text(name)); };
  return {.name_vi = text("name_vi"),
          .name_en = text("name_en"),
          .source = text("source"),
          .unconfirmed = text("unconfirmed"),
          .formula = text("formula"),
          .formula_vi = text("formula_vi"),
          .formula_en = text("formula_en"),
          .formula_source = text("formula_source"),
          .sections = text("sections"),
          .is_formula_unconfirmed = form.has("formula_unconfirmed")};
}

Fragment formula_fields(const View& view, const TypedAbout& typed, const Error* error) {
  std::vector<html::Choice> choices;
  for (const FormulaKind each : all_formulas)
    choices.push_back({.value = to_text(each), .text = view(key_of(each))});
  Fragment out =
      html::radios(view, {.name = "formula",
                          .legend = {.text = view("survey.draft.formula"_t), .size = html::Size::s},
                          .hint = view("survey.draft.formula_hint"_t),
                          .error = html::error_for(view, error, "formula"),
                          .choices = std::move(choices),
                          .values = {typed.formula}});
  out += entry(view, {"formula_vi", "survey.draft.formula_vi"_t, {}, typed.formula_vi}, error);
  out +=
      entry(view, {"formula_en", "survey.draft.formula_en"_t, {}, typed.formula_en, true}, error);
  out += entry(view,
               {"formula_source", "survey.draft.formula_source"_t, {}, typed.formula_source, true},
               error);
  out += html::checkboxes(view, {.name = "formula_unconfirmed",
                                 .choices = {{.value = "1",
                                              .text = view("survey.draft.formula_unconfirmed"_t),
                                              .name = "formula_unconfirmed",
                                              .id = "formula_unconfirmed",
                                              .is_checked = typed.is_formula_unconfirmed}}});
  return out;
}

struct AboutPage {
  View view;
  Url action, back;
  TextKey title{};
  TypedAbout typed{};
  const Desk* desk = nullptr;  // null: a new form
  std::string once{};          // of a new form: what is sent twice is one
};

http::Response write_about(const AboutPage& page, const Error* error) {
  const View& view = page.view;
  const TypedAbout& typed = page.typed;
  Fragment body = html::back_link(view, page.back);
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>)", view(page.title));
  if (error != nullptr && error->kind == ErrorKind::conflict)
    body.add(R"(<p><a href="{}">{}</a></p>)", page.back, view("survey.draft.see_now"_t));
  Fragment fields;
  if (page.desk != nullptr) fields += seen_fields(*page.desk);
  if (page.desk == nullptr) fields += html::hidden("once", page.once);
  fields += entry(view, {"name_vi", "survey.draft.name_vi"_t, {}, typed.name_vi}, error);
  fields += entry(view, {"name_en", "survey.draft.name_en"_t, {}, typed.name_en, true}, error);
  fields += entry(
      view, {"source", "survey.draft.source"_t, "survey.draft.source_hint"_t, typed.source}, error);
  fields += entry(view,
                  {"unconfirmed", "survey.draft.unconfirmed"_t, "survey.draft.unconfirmed_hint"_t,
                   typed.unconfirmed, true},
                  error);
  fields += html::textarea(view, {.name = "sections",
                                  .label = {view("survey.draft.sections"_t)},
                                  .hint = view("survey.draft.sections_hint"_t),
                                  .error = html::error_for(view, error, "sections"),
                                  .value = typed.sections,
                                  .rows = 4});
  fields += formula_fields(view, typed, error);
  fields += html::button({.text = view("survey.draft.save_about"_t), .once = true});
  body += html::form(view, {.action = page.action, .body = std::move(fields)});
  return staff_survey_page(view,
                           {.title = view(page.title), .body = std::move(body), .error = error});
}

AboutPage new_form(const View& view, TypedAbout typed) {
  return {.view = view,
          .action = Url::in(view, "/staff/surveys/drafts/new"),
          .back = Url::in(view, "/staff/surveys/forms"),
          .title = "survey.draft.new"_t,
          .typed = std::move(typed)};
}
AboutPage about_of(const Desk& desk, TypedAbout typed) {
  return {.view = desk.view,
          .action = desk.url("about"),
          .back = desk.url(),
          .title = "survey.draft.about"_t,
          .typed = std::move(typed),
          .desk = &desk};
}

struct FileTyped {
  std::string body{};
  std::optional<Fault> fault{};
  bool is_stale = false;
};

http::Response write_file(const Desk& desk, const FileTyped& typed) {
  const View& view = desk.view;
  Error error = stale();
  std::string wrong;
  if (typed.fault) {
    error = {ErrorKind::invalid, typed.fault->text, {{"body", typed.fault->text}}};
    wrong = view.voice("survey.fault.at"_t,
                       {{"what", view(typed.fault->text)}, {"where", typed.fault->where}});
  } else if (typed.is_stale) {
    wrong = std::string(view(error.text));
  }
  Fragment body = html::back_link(view, desk.url());
  if (!wrong.empty())
    body +=
        html::error_summary(view, html::ErrorSummary{.errors = {{.text = wrong, .id = "body"}}});
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("survey.draft.file"_t),
           view("survey.draft.file_lead"_t));
  Fragment fields = seen_fields(desk);
  fields += html::textarea(view, {.name = "body",
                                  .label = {view("survey.form.text"_t)},
                                  .hint = view("survey.form.text_hint"_t),
                                  .error = wrong,
                                  .value = typed.body,
                                  .rows = 20,
                                  .spellcheck = false});
  fields += html::button({.text = view("survey.draft.import"_t), .once = true});
  body += html::form(view, {.action = desk.url("file"), .body = std::move(fields)});
  return staff_survey_page(view, {.title = view("survey.draft.file"_t),
                                  .body = std::move(body),
                                  .error = wrong.empty() ? nullptr : &error});
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read&,
                                Administrator administrator,
                                Random& random) {
  const View view = people::view_of(request, administrator.staff());
  AboutPage page = new_form(view, {.formula = std::string(to_text(FormulaKind::scaled))});
  page.once = http::once_key(request.form, random);
  return write_about(page, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read&,
                               Administrator administrator,
                               Random& random,
                               Instant now) {
  const View view = people::view_of(request, administrator.staff());
  AboutPage page = new_form(view, about_in(request.form));
  page.once = http::once_key(request.form, random);
  const auto form = begun(code_for(page.typed.name_vi), page.typed);
  if (!form.ok()) return http::Pending::answer(write_about(page, &form.error()));
  return http::Pending::commit(
      [act = DraftAct{administrator, now}, typed = page.typed,
       key = "survey.draft:" + page.once](db::Write& write) -> Result<Draft> {
        if (const auto before = db::Once::find(write, key))
          if (auto made = find_draft(write, DraftId{parse_number(*before).value_or(0)}))
            return *std::move(made);
        TRY(Draft made, begin_form(write, act, typed));
        db::Once::save(write, key, std::to_string(made.id.value), act.now);
        return made;
      },
      [&request, to = std::string(Url::in(view, "/staff/surveys/drafts").view())](
          const Result<Draft>& done, std::string_view) {
        if (done.ok()) return http::see_other(to + "/" + std::to_string(done.value().id.value));
        return http::error_response(request, done.error());
      });
}

Result<http::Response> about_page(const http::Request& request,
                                  db::Read& read,
                                  Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  return write_about(about_of(desk, typed_of(desk.draft.form)), nullptr);
}

Result<http::Pending> about_post(const http::Request& request,
                                 db::Read& read,
                                 Administrator administrator,
                                 Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const TypedAbout typed = about_in(request.form);
  Error error = stale();
  if (!is_stale(request, desk.draft)) {
    const auto after = edited(desk.draft.form, SayAbout{typed}, desk.versions);
    if (after.ok())
      return commit_edit(request, desk, act_of(desk, administrator, now), SayAbout{typed},
                         std::string(desk.url().view()),
                         [typed](const Desk& there, const Error& conflict) {
                           return write_about(about_of(there, typed), &conflict);
                         });
    error = after.error();
  }
  return http::Pending::answer(write_about(about_of(desk, typed), &error));
}

Result<http::Response> file_page(const http::Request& request,
                                 db::Read& read,
                                 Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  return write_file(desk, {.body = file_of(desk.draft.form)});
}

Result<http::Pending> file_post(const http::Request& request,
                                db::Read& read,
                                Administrator administrator,
                                Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  FileTyped typed{.body = std::string(trimmed(request.form.text("body"))),
                  .is_stale = is_stale(request, desk.draft)};
  if (!typed.is_stale) typed.fault = read_import(typed.body, desk.draft.form.code).fault;
  if (typed.is_stale || typed.fault) return http::Pending::answer(write_file(desk, typed));
  return commit_seen(
      request, desk, administrator,
      [act = act_of(desk, administrator, now), id = desk.draft.id,
       body = typed.body](db::Write& write) { return import_draft(write, act, id, body); },
      [to = std::string(desk.url().view())](const Draft&) { return to; },
      [body = typed.body](const Desk& there, const Error&) {
        return write_file(there, {.body = body, .is_stale = true});
      });
}

}  // namespace ln::survey::draft
