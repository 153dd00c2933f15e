// Writing a draft: the form, and the structure it has before anything is kept.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "core/people/people_units.h"
#include "core/units/units_store.h"
#include "feature/consultation/consultation_actions.h"
#include "feature/consultation/consultation_pages_import.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "feature/consultation/consultation_pages_staff.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

// The form, for a new draft or for one that is there.
struct Form {
  const http::Request& request;
  const people::Officer& officer;
  std::vector<units::Unit> units{};            // to choose from, for a new one
  std::optional<Consultation> consultation{};  // null: a new one
  std::string unit{};
  Typed typed{};

  View view() const { return people::view_of(request, officer.staff()); }
  bool is_open() const { return consultation && consultation->stage != Stage::editing; }
};

// Of a file that was sent, else of the field.
Result<std::string> text_in(const http::Request& request) {
  for (const http::Upload& each : request.uploads) {
    if (each.field != "file" || each.size == 0) continue;
    if (each.size > draft_file_size_max)
      return Error{ErrorKind::too_large,
                   "consultation.error.file_large"_t,
                   {{"file", "consultation.error.file_large"_t}}};
    std::ifstream file(each.path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return draft_text_of(bytes);
  }
  return std::string(request.form.text("text"));
}

Typed typed_in(const http::Fields& form) {
  const auto of = [&](std::string_view name) { return std::string(form.text(name)); };
  return {of("kind"),       of("title_vi"), of("title_en"), of("summary_vi"),
          of("summary_en"), of("text"),     of("note")};
}

Fragment kind_field(const View& view, const Form& form, const Error* error) {
  const bool en = view.voice.language() == i18n::Language::en;
  std::vector<std::string> texts, hints;
  for (const Period& each : periods()) {
    texts.push_back(en ? each.name_en : each.name_vi);
    hints.push_back(view.voice.counted("consultation.least_days"_t, each.days) + " – " +
                    each.source);
  }
  html::Choices group{.name = "kind",
                      .legend = {view("consultation.edit.kind"_t)},
                      .error = html::error_for(view, error, "kind"),
                      .choices = {},
                      .values = {form.typed.kind}};
  for (std::size_t i = 0; i < periods().size(); ++i)
    group.choices.push_back({.value = periods()[i].kind, .text = texts[i], .hint = hints[i]});
  return html::radios(view, group);
}

Fragment unit_field(const View& view, const Form& form, const Error* error) {
  html::Select select{.name = "unit",
                      .label = {view("consultation.edit.unit"_t)},
                      .error = html::error_for(view, error, "unit"),
                      .value = form.unit};
  for (const units::Unit& each : form.units) select.options.push_back({each.code, each.name});
  return html::select(view, select);
}

// Titles, summaries and kind, which stay as they are once it is open.
Fragment head_fields(const View& view, const Form& form, const Error* error) {
  const auto line = [&](std::string_view name, TextKey label, const std::string& value, bool free) {
    return html::input(view, {.name = name,
                              .label = {.text = view(label), .is_optional = free},
                              .error = html::error_for(view, error, name),
                              .value = value});
  };
  const auto area = [&](std::string_view name, TextKey label, const std::string& value, bool free) {
    return html::textarea(view, {.name = name,
                                 .label = {.text = view(label), .is_optional = free},
                                 .error = html::error_for(view, error, name),
                                 .value = value,
                                 .rows = 3,
                                 .chars_max = static_cast<int>(summary_chars_max)});
  };
  const Typed& t = form.typed;
  Fragment out;
  if (!form.consultation) out += unit_field(view, form, error);
  out += kind_field(view, form, error);
  out += line("title_vi", "consultation.edit.title_vi"_t, t.title_vi, false);
  out += line("title_en", "consultation.edit.title_en"_t, t.title_en, true);
  out += area("summary_vi", "consultation.edit.summary_vi"_t, t.summary_vi, false);
  out += area("summary_en", "consultation.edit.summary_en"_t, t.summary_en, true);
  return out;
}

Fragment fields(const View& view, const Form& form, const Error* error, bool may_keep) {
  Fragment out;
  if (!form.is_open()) {
    out += head_fields(view, form, error);
  } else {
    out += html::textarea(view,
                          {.name = "note",
                           .label = {.text = view("consultation.edit.note"_t), .is_optional = true},
                           .error = html::error_for(view, error, "note"),
                           .value = form.typed.note,
                           .rows = 3,
                           .chars_max = static_cast<int>(note_chars_max)});
  }
  out += html::file_upload(
      view, {.name = "file",
             .label = {.text = view("consultation.edit.file"_t), .is_optional = true},
             .hint = view("consultation.edit.file_hint"_t),
             .error = html::error_for(view, error, "file"),
             .accept = ".docx,.odt,.md,.txt,text/plain,text/markdown",
             .size_max = draft_file_size_max,
             .files_max = 1});
  out += html::textarea(view, {.name = "text",
                               .label = {view("consultation.edit.text"_t)},
                               .hint = view("consultation.edit.text_hint"_t),
                               .error = html::error_for(view, error, "text"),
                               .value = form.typed.text,
                               .rows = 20});
  out +=
      html::hidden("revision", std::to_string(form.consultation ? form.consultation->revision : 0));
  out += html::button({.text = view("consultation.edit.check"_t),
                       .kind = may_keep ? html::ButtonKind::secondary : html::ButtonKind::primary,
                       .name = "step",
                       .value = "check"});
  if (may_keep)
    out += html::button(
        {.text = view("consultation.edit.keep"_t), .name = "step", .value = "keep", .once = true});
  return out;
}

Fragment structure(const View& view, const draft::Draft& draft) {
  Fragment list;
  for (const draft::Clause& each : draft.clauses) {
    if (each.level > draft::Level::clause) continue;
    const std::string_view words =
        each.heading.empty() ? std::string_view(each.text) : std::string_view(each.heading);
    constexpr std::size_t shown_chars = 90;
    list.add("<li><b>{}</b> {}</li>", cited(view, each.key), first_chars(words, shown_chars));
  }
  const std::string counts = view.voice(
      "consultation.edit.counts"_t,
      {{"chapters",
        view.voice.number(std::ssize(draft.clauses) == 0
                              ? 0
                              : static_cast<std::int64_t>(draft.count(draft::Level::chapter)))},
       {"articles",
        view.voice.number(static_cast<std::int64_t>(draft.count(draft::Level::article)))},
       {"clauses", view.voice.number(static_cast<std::int64_t>(draft.count(draft::Level::clause)))},
       {"points", view.voice.number(static_cast<std::int64_t>(draft.count(draft::Level::point)))}});
  Fragment out = fill(R"(<h2 class="h-m" id="structure">{}</h2><p>{}</p>)",
                      view("consultation.edit.structure"_t), counts);
  if (!draft.notes.empty()) {
    Fragment notes;
    for (const draft::Note& each : draft.notes)
      notes.add("<li>{} <q lang=\"vi\">{}</q></li>", view(draft::key_of(each.doubt)), each.text);
    out += html::note({.kind = html::NoteKind::warn,
                       .heading = view("consultation.edit.doubts"_t),
                       .body = fill("<ul>{}</ul>", notes)});
  }
  out += html::details(view("consultation.edit.all_pieces"_t),
                       fill(R"(<ul class="plain" lang="vi">{}</ul>)", list), true);
  return out;
}

http::Response show(const Form& form, const Error* error, const draft::Draft* draft) {
  const View view = form.view();
  const TextKey title = form.is_open()      ? "consultation.edit.next_title"_t
                        : form.consultation ? "consultation.edit.title"_t
                                            : "consultation.edit.new_title"_t;
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view(title), view("consultation.edit.lead"_t));
  if (draft != nullptr) body += structure(view, *draft);
  const Url here = form.consultation ? Url::in(view, "/staff/consultations/",
                                               form.consultation->id.value, "/text")
                                     : Url::in(view, "/staff/consultations/new");
  body += html::form(
      view,
      {.action = here, .body = fields(view, form, error, draft != nullptr), .is_multipart = true});
  return http::form_page(view, {.title = view(title),
                                .here = "/staff/consultations",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true});
}

Result<Form> form_for(const http::Request& request,
                      db::Read& read,
                      const people::Officer& officer,
                      Instant now) {
  Form form{.request = request, .officer = officer};
  form.units = people::headed_units(read, officer, local_day(now));
  if (form.units.empty()) return Error{ErrorKind::forbidden, "consultation.error.not_editor"_t};
  return form;
}

// One that is there, for its editor.
Result<Form> form_of(const http::Request& request, db::Read& read, const people::Officer& officer) {
  auto c = find(read, ConsultationId{request.path_number("id")});
  if (!c || !may_edit(officer, c->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  Form form{.request = request, .officer = officer};
  auto version = find_version(read, c->id, c->version + 1);
  if (!version) version = find_version(read, c->id, c->version);
  form.typed = {c->kind,
                c->title_vi,
                c->title_en,
                c->summary_vi,
                c->summary_en,
                version ? version->text : "",
                version && !version->published_at ? version->note : ""};
  form.consultation = *std::move(c);
  return form;
}

// Reads what was sent into the form; gives what is wrong, or the structure.
Result<Checked> take(Form& form, const http::Request& request) {
  const auto kept = form.typed;
  form.typed = typed_in(request.form);
  if (form.is_open()) {
    form.typed.kind = kept.kind;
    form.typed.title_vi = kept.title_vi;
    form.typed.title_en = kept.title_en;
    form.typed.summary_vi = kept.summary_vi;
    form.typed.summary_en = kept.summary_en;
  }
  TRY(form.typed.text, text_in(request));
  return check(form.typed);
}

http::Response after(const http::Request& request, const Result<Consultation>& done) {
  if (!done.ok()) return http::error_response(request, done.error());
  return http::see_other(
      std::string(Url::in(request.view, "/staff/consultations/", done.value().id.value).view()));
}

}  // namespace

Result<http::Response> new_page(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now) {
  TRY(const Form form, form_for(request, read, officer, now));
  return show(form, nullptr, nullptr);
}

Result<http::Pending> new_post(const http::Request& request,
                               db::Read& read,
                               people::Officer officer,
                               Instant now) {
  TRY(Form form, form_for(request, read, officer, now));
  form.unit = request.form.text("unit");
  const auto checked = take(form, request);
  if (!checked.ok()) return http::Pending::answer(show(form, &checked.error(), nullptr));
  const auto unit = std::ranges::find(form.units, form.unit, &units::Unit::code);
  if (unit == form.units.end())
    return Error{ErrorKind::forbidden, "consultation.error.not_editor"_t};
  if (request.form.text("step") != "keep")
    return http::Pending::answer(show(form, nullptr, &checked.value().draft));
  return http::Pending::commit(
      [act = EditAct{.officer = officer, .now = now}, unit = *unit,
       typed = form.typed](db::Write& write) { return create(write, act, unit, typed); },
      [&request](const Result<Consultation>& done, std::string_view) {
        return after(request, done);
      });
}

Result<http::Response> text_page(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer) {
  TRY(const Form form, form_of(request, read, officer));
  return show(form, nullptr, nullptr);
}

Result<http::Pending> text_post(const http::Request& request,
                                db::Read& read,
                                people::Officer officer,
                                Instant now) {
  TRY(Form form, form_of(request, read, officer));
  const auto checked = take(form, request);
  if (!checked.ok()) return http::Pending::answer(show(form, &checked.error(), nullptr));
  if (request.form.text("step") != "keep")
    return http::Pending::answer(show(form, nullptr, &checked.value().draft));
  const EditAct act{
      .officer = officer, .revision = request.form.number("revision").value_or(0), .now = now};
  return http::Pending::commit([act, id = form.consultation->id, typed = form.typed](
                                   db::Write& write) { return change(write, act, id, typed); },
                               [&request](const Result<Consultation>& done, std::string_view) {
                                 return after(request, done);
                               });
}

}  // namespace ln::consultation::staff
