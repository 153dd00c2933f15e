// The draft of a form as a person sees it: its questions in their order, and what can be done.
#include "feature/survey/survey_pages_draft.h"

#include <algorithm>
#include <span>

#include "feature/survey/survey_pages_draft_parts.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::survey::draft {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

std::string answers_named(const View& view, const Question& other, const ShowIf& condition) {
  std::string answers;
  for (const std::int64_t each : condition.is) {
    if (!answers.empty()) answers += ", ";
    answers += class_name(view, other, each).text;
  }
  return answers;
}

// What stands below a question: its kind, and what is special about it.
std::string terms_of(const View& view, const Form& form, const Question& question) {
  std::string out(view(key_of(question.kind)));
  const auto add = [&](std::string_view more) { (out += " · ") += more; };
  if (question.is_required) add(view("survey.draft.required"_t));
  if (question.weight > 0)
    add(view.voice("survey.draft.weight_is"_t, {{"weight", view.voice.number(question.weight)}}));
  if (!question.options.empty())
    add(view.voice("survey.draft.options_are"_t,
                   {{"count", view.voice.number(std::ssize(question.options))}}));
  const Question* other = question.show_if ? form.find(question.show_if->question) : nullptr;
  if (other == nullptr) return out;
  add(view.voice("survey.draft.only_if"_t,
                 {{"n", view.voice.number(number_of(form, other->code))},
                  {"answers", answers_named(view, *other, *question.show_if)}}));
  return out;
}

void add_button(Fragment& out,
                std::string_view name,
                std::string_view code,
                std::string_view text,
                std::string_view of_what) {
  out.add(R"(<button type="submit" class="govuk-button govuk-button--secondary btn--quiet" )"
          R"(name="{}" value="{}">{} <span class="vh">{}</span></button> )",
          name, code, text, of_what);
}

Fragment question_row(const Desk& desk, const Question& question) {
  const View& view = desk.view;
  const Form& form = desk.draft.form;
  const html::Spoken words = words_of(view, question.words);
  const std::string which = view.voice("survey.draft.question_n"_t,
                                       {{"n", view.voice.number(number_of(form, question.code))}});
  Fragment marks;
  if (question.is_unconfirmed) marks += unconfirmed_badge(view);
  if (!question.matrix.vi.empty())
    marks.add(R"(<br><span class="small" lang="{}">{}</span>)",
              words_of(view, question.matrix).lang, words_of(view, question.matrix).text);
  Fragment ways;
  ways.add(R"(<a href="{}">{}<span class="vh"> {}</span></a> )", desk.question_url(question.code),
           view("survey.draft.edit"_t), which);
  add_button(ways, "up", question.code, view("survey.draft.up"_t), which);
  add_button(ways, "down", question.code, view("survey.draft.down"_t), which);
  add_button(ways, "copy", question.code, view("survey.draft.copy"_t), which);
  ways.add(R"(<a href="{}">{}<span class="vh"> {}</span></a>)", desk.out_url(question.code),
           view("survey.draft.out"_t), which);
  Fragment head = fill(R"({}. <a href="{}"><span lang="{}">{}</span></a> )", which,
                       desk.question_url(question.code), words.lang, words.text);
  head += marks;
  return fill(R"(<li id="{}"><p>{}<br><span class="small muted">{}</span></p>)"
              R"(<p class="row find__row">{}</p></li>)",
              "q-" + question.code, head, terms_of(view, form, question), ways);
}

Fragment question_list(const Desk& desk, std::size_t from) {
  const View& view = desk.view;
  const Form& form = desk.draft.form;
  const std::size_t end = std::min(from + listed_questions_max, form.questions.size());
  Fragment body = revision_field(desk.draft);
  for (std::size_t section = 0; section < form.sections.size(); ++section) {
    Fragment rows;
    for (std::size_t i = from; i < end; ++i)
      if (form.questions[i].section == section) rows += question_row(desk, form.questions[i]);
    const html::Spoken heading = words_of(view, form.sections[section]);
    body.add(R"(<h3 class="h-s sp" lang="{}">{}</h3>)", heading.lang, heading.text);
    if (!rows.empty()) body.add(R"(<ul class="list">{}</ul>)", rows);
  }
  Fragment out = html::form(view, {.action = desk.url("arrange"), .body = std::move(body)});
  if (form.questions.size() <= listed_questions_max) return out;
  const auto step = static_cast<std::int64_t>(listed_questions_max);
  const auto at = static_cast<std::int64_t>(from);
  html::PagerParts pager;
  if (from > 0) pager.previous = at > step ? desk.url().with("from", at - step) : desk.url();
  if (end < form.questions.size()) pager.next = desk.url().with("from", at + step);
  return std::move(out += html::pager(view, pager));
}

// What still keeps it from being used, or the button that does.
Fragment use_part(const Desk& desk) {
  const View& view = desk.view;
  const auto fault = fault_in(desk.draft.form);
  if (fault) {
    const bool is_question = desk.draft.form.find(fault->where) != nullptr;
    const bool is_about = fault->text == "survey.fault.source"_t || fault->where == "name" ||
                          fault->where == "formula";
    const Url to = is_question                         ? desk.question_url(fault->where)
                   : is_about                          ? desk.url("about")
                   : desk.draft.form.questions.empty() ? desk.url("add")
                                                       : desk.url();
    return html::note({.kind = html::NoteKind::warn,
                       .heading = view("survey.draft.not_yet"_t),
                       .body = fill(R"(<p>{} <a href="{}">{}</a></p>)", view(fault->text), to,
                                    is_question || is_about ? where_of(desk, *fault)
                                    : desk.draft.form.questions.empty()
                                        ? std::string(view("survey.draft.add"_t))
                                        : std::string(view("survey.form.questions"_t)))});
  }
  Fragment fields = revision_field(desk.draft);
  fields += html::hidden("newest", std::to_string(desk.newest));
  fields += html::button(
      {.text = view.voice("survey.draft.use"_t, {{"version", view.voice.number(desk.newest + 1)}}),
       .once = true});
  fields.add(R"(<p class="small muted">{}</p>)", view("survey.draft.use_after"_t));
  return html::form(view, {.action = desk.url("use"), .body = std::move(fields)});
}

Fragment machines_part(const Desk& desk) {
  const View& view = desk.view;
  return html::details(
      view("survey.draft.machines"_t),
      fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)", view("survey.draft.machines_lead"_t),
           desk.url("file"), view("survey.draft.file"_t)));
}

Fragment drop_part(const Desk& desk) {
  const View& view = desk.view;
  Fragment fields = revision_field(desk.draft);
  fields += html::button(
      {.text = view("survey.draft.drop"_t), .kind = html::ButtonKind::warning, .once = true});
  Fragment inside = fill("<p>{}</p>", view("survey.draft.drop_lead"_t));
  inside += html::form(view, {.action = desk.url("drop"), .body = std::move(fields)});
  return html::details(view("survey.draft.drop_open"_t), inside);
}

std::size_t first_shown(const http::Request& request, const Form& form) {
  const std::int64_t from = request.query.number("from").value_or(0);
  if (from <= 0 || from >= std::ssize(form.questions)) return 0;
  return static_cast<std::size_t>(from) / listed_questions_max * listed_questions_max;
}

Result<const Question*> asked_about(const http::Request& request, const Desk& desk) {
  const Question* found = desk.draft.form.find(request.path_text("question"));
  if (found == nullptr) return Error{ErrorKind::not_found, "survey.draft.error.no_question"_t};
  return found;
}

// What a button of the list asks for; none for anything else.
std::optional<Edit> arranged(const http::Fields& form) {
  if (form.has("up")) return Move{std::string(form.text("up")), true};
  if (form.has("down")) return Move{std::string(form.text("down")), false};
  if (form.has("copy")) return Copy{std::string(form.text("copy"))};
  return std::nullopt;
}

http::Response show_conflict(const Desk& desk, const Error& conflict) {
  return show_draft(desk, &conflict);
}

// Which questions are now asked after which answers, where answers have got other words.
Fragment renamed_note(const Desk& desk, std::string_view code) {
  const View& view = desk.view;
  const Form& form = desk.draft.form;
  const Question* const named = form.find(code);
  const auto all = dependants_of(form, code);
  if (named == nullptr || all.empty()) return {};
  Fragment list;
  for (const Question* each : all)
    list.add("<li>{}</li>", view.voice("survey.draft.now_asked"_t,
                                       {{"n", view.voice.number(number_of(form, each->code))},
                                        {"other", view.voice.number(number_of(form, code))},
                                        {"answers", answers_named(view, *named, *each->show_if)}}));
  return html::note({.kind = html::NoteKind::warn,
                     .heading = view("survey.draft.renamed"_t),
                     .body = fill("<ul>{}</ul>", list)});
}

// A part of one of the two lists, and the ways to its neighbours; the other list begins anew there.
struct Part {
  std::size_t from = 0, count = 0;
  Fragment pager{};
};
Part listed_part(const http::Request& request,
                 const View& view,
                 std::string_view name,
                 std::size_t all) {
  constexpr std::size_t listed_max = 20;
  const std::int64_t asked = request.query.number(name).value_or(0);
  Part part;
  if (asked > 0 && static_cast<std::uint64_t>(asked) < all)
    part.from = static_cast<std::size_t>(asked) / listed_max * listed_max;
  part.count = std::min(listed_max, all - part.from);
  if (all <= listed_max) return part;
  const Url list = Url::in(view, "/staff/surveys/forms");
  html::PagerParts pager;
  if (part.from > 0)
    pager.previous = part.from > listed_max
                         ? list.with(name, static_cast<std::int64_t>(part.from - listed_max))
                         : list;
  if (part.from + part.count < all)
    pager.next = list.with(name, static_cast<std::int64_t>(part.from + listed_max));
  part.pager = html::pager(view, pager);
  return part;
}

}  // namespace

http::Response show_draft(const Desk& desk,
                          const Error* error,
                          std::size_t from,
                          std::string_view renamed) {
  const View& view = desk.view;
  const Form& form = desk.draft.form;
  const html::Spoken name = words_of(view, form.name);
  Fragment body = html::back_link(view, Url::in(view, "/staff/surveys/forms"));
  body += html::error_summary(view, error);
  body += renamed_note(desk, renamed);
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1><p>{} {}</p>)", name.lang, name.text,
           html::badge(html::Tone::info, "pencil", view("survey.draft.badge"_t)),
           desk.newest == 0
               ? std::string(view("survey.draft.first"_t))
               : view.voice("survey.draft.after"_t, {{"version", view.voice.number(desk.newest)}}));
  if (desk.draft.base < desk.newest)
    body += html::note({.kind = html::NoteKind::warn,
                        .heading = view("survey.draft.overtaken"_t),
                        .body = fill("<p>{}</p>", view("survey.draft.error.newer"_t))});
  body.add(R"(<p class="row"><a href="{}">{}</a> <a href="{}">{}</a> <a href="{}">{}</a></p>)",
           desk.url("about"), view("survey.draft.about"_t), desk.url("add"),
           view("survey.draft.add"_t), desk.url("preview"), view("survey.draft.preview"_t));
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("survey.form.questions"_t));
  if (form.questions.empty())
    body += html::nothing_here(view("survey.draft.no_questions"_t));
  else
    body += question_list(desk, from);
  body += html::link_button(
      desk.url("add"), {.text = view("survey.draft.add"_t), .kind = html::ButtonKind::secondary});
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("survey.draft.finish"_t));
  body += use_part(desk);
  body += machines_part(desk);
  body += drop_part(desk);
  return staff_survey_page(view, {.title = name.text, .body = std::move(body), .error = error});
}

Result<http::Response> list_page(const http::Request& request,
                                 db::Read& read,
                                 Administrator administrator) {
  const View view = people::view_of(request, administrator.staff());
  Fragment body = html::back_link(view, Url::in(view, "/staff/surveys"));
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", view("survey.draft.list"_t),
           view("survey.draft.list_lead"_t));
  body += html::link_button(Url::in(view, "/staff/surveys/drafts/new"),
                            {.text = view("survey.draft.new"_t)});
  const auto all = drafts(read);
  const Part begun_part = listed_part(request, view, "drafts", all.size());
  if (!all.empty()) body.add(R"(<h2 class="h-m sp">{}</h2>)", view("survey.draft.drafts"_t));
  Fragment begun_ones;
  for (const Draft& each : std::span(all).subspan(begun_part.from, begun_part.count)) {
    const html::Spoken name = words_of(view, each.form.name);
    begun_ones.add(
        R"(<li><a href="{}" lang="{}">{}</a><br><span class="small muted">{}</span></li>)",
        Url::in(view, "/staff/surveys/drafts/", each.id.value), name.lang, name.text,
        view.voice("survey.draft.changed"_t,
                   {{"when", view.voice.date(local_day(each.changed_at))}}));
  }
  if (!all.empty()) body.add(R"(<ul class="list">{}</ul>)", begun_ones);
  body += begun_part.pager;
  body.add(R"(<h2 class="h-m sp">{}</h2>)", view("survey.draft.in_use"_t));
  Fragment forms;
  const auto in_use = newest_forms(read);
  const Part used_part = listed_part(request, view, "forms", in_use.size());
  for (const Form& each : std::span(in_use).subspan(used_part.from, used_part.count)) {
    const html::Spoken name = words_of(view, each.name);
    Fragment button = fill(
        R"(<p class="row find__row"><button type="submit" )"
        R"(class="govuk-button govuk-button--secondary btn--quiet">{}<span class="vh">: {}</span>)"
        R"(</button></p>)",
        view("survey.draft.begin"_t), name.text);
    forms.add(
        R"(<li><p><a href="{}" lang="{}">{}</a> <span class="muted">{}</span></p>{}</li>)",
        form_url(view, each), name.lang, name.text,
        view.voice("survey.form.version"_t, {{"version", view.voice.number(each.version)}}),
        html::form(view, {.action = Url::in(view, "/staff/surveys/forms/", each.id.value, "/draft"),
                          .body = std::move(button)}));
  }
  body.add(R"(<ul class="list">{}</ul>)", forms);
  body += used_part.pager;
  return staff_survey_page(view, {.title = view("survey.draft.list"_t), .body = std::move(body)});
}

Result<http::Pending> begin_post(const http::Request& request,
                                 db::Read& read,
                                 Administrator administrator,
                                 Instant now) {
  const FormId id{request.path_number("id")};
  if (!find_form(read, id)) return Error{ErrorKind::not_found, "survey.error.form"_t};
  const View view = people::view_of(request, administrator.staff());
  return http::Pending::commit(
      [act = DraftAct{administrator, now}, id](db::Write& write) {
        return begin_draft(write, act, id);
      },
      [&request, to = std::string(Url::in(view, "/staff/surveys/drafts").view())](
          const Result<Draft>& done, std::string_view) {
        if (done.ok()) return http::see_other(to + "/" + std::to_string(done.value().id.value));
        return http::error_response(request, done.error());
      });
}

Result<http::Response> draft_page(const http::Request& request,
                                  db::Read& read,
                                  Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  return show_draft(desk, nullptr, first_shown(request, desk.draft.form),
                    request.query.text("renamed"));
}

Result<http::Pending> arrange_post(const http::Request& request,
                                   db::Read& read,
                                   Administrator administrator,
                                   Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const auto refused = [&](const Error& error) {
    return http::Pending::answer(show_draft(desk, &error));
  };
  if (is_stale(request, desk.draft)) return refused(stale());
  const auto edit = arranged(request.form);
  if (!edit) return Error{ErrorKind::not_found, "survey.draft.error.no_question"_t};
  const auto after = edited(desk.draft.form, *edit, desk.versions);
  if (!after.ok()) return refused(after.error());
  std::string code(request.form.has("up")     ? request.form.text("up")
                   : request.form.has("down") ? request.form.text("down")
                                              : request.form.text("copy"));
  // A copy stands below what it was made of.
  if (std::holds_alternative<Copy>(*edit))
    code = after.value().questions[static_cast<std::size_t>(number_of(after.value(), code))].code;
  return commit_edit(request, desk, act_of(desk, administrator, now), *edit,
                     desk.place_of(after.value(), code), show_conflict);
}

Result<http::Response> out_page(const http::Request& request,
                                db::Read& read,
                                Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  TRY(const Question* const question, asked_about(request, desk));
  const View& view = desk.view;
  const Form& form = desk.draft.form;
  const html::Spoken words = words_of(view, question->words);
  Fragment body = html::back_link(view, desk.url());
  body.add(R"(<h1 class="h-l">{}</h1><p lang="{}"><b>{}</b></p>)", view("survey.draft.out_title"_t),
           words.lang, words.text);
  const auto needing = dependants_of(form, question->code);
  if (!needing.empty()) {
    Fragment list;
    for (const Question* each : needing)
      list.add(R"(<li><a href="{}" lang="{}">{}</a></li>)", desk.question_url(each->code),
               words_of(view, each->words).lang, words_of(view, each->words).text);
    body.add("<p>{}</p><ul>{}</ul>", view("survey.draft.error.needed"_t), list);
  } else {
    Fragment fields = revision_field(desk.draft);
    fields += html::button(
        {.text = view("survey.draft.out_do"_t), .kind = html::ButtonKind::warning, .once = true});
    fields.add(R"(<p><a href="{}">{}</a></p>)", desk.url(), view("survey.draft.out_keep"_t));
    body += html::form(view, {.action = desk.out_url(question->code), .body = std::move(fields)});
  }
  return staff_survey_page(view,
                           {.title = view("survey.draft.out_title"_t), .body = std::move(body)});
}

Result<http::Pending> out_post(const http::Request& request,
                               db::Read& read,
                               Administrator administrator,
                               Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const TakeOut edit{std::string(request.path_text("question"))};
  Error error = stale();
  if (!is_stale(request, desk.draft)) {
    const auto after = edited(desk.draft.form, edit, desk.versions);
    if (after.ok())
      return commit_edit(request, desk, act_of(desk, administrator, now), edit,
                         std::string(desk.url().view()), show_conflict);
    error = after.error();
  }
  return http::Pending::answer(show_draft(desk, &error));
}

Result<http::Pending> use_post(const http::Request& request,
                               db::Read& read,
                               Administrator administrator,
                               Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const std::int64_t newest = request.form.number("newest").value_or(-1);
  std::optional<Error> error;
  if (is_stale(request, desk.draft))
    error = stale();
  else if (const auto fault = fault_in(desk.draft.form))
    error = Error{ErrorKind::invalid, fault->text};
  else if (newest != desk.newest)
    error = Error{ErrorKind::conflict, "survey.draft.error.newer"_t};
  if (error) return http::Pending::answer(show_draft(desk, &*error));
  return commit_seen(
      request, desk, administrator,
      [act = act_of(desk, administrator, now), id = desk.draft.id, newest](db::Write& write) {
        return put_into_use(write, act, id, newest);
      },
      [to = std::string(Url::in(desk.view, "/surveys/forms").view())](const Form& form) {
        return to + "/" + std::to_string(form.id.value);
      },
      show_conflict);
}

Result<http::Pending> drop_post(const http::Request& request,
                                db::Read& read,
                                Administrator administrator,
                                Instant now) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  if (is_stale(request, desk.draft)) {
    const Error error = stale();
    return http::Pending::answer(show_draft(desk, &error));
  }
  return commit_seen(
      request, desk, administrator,
      [act = act_of(desk, administrator, now), id = desk.draft.id](db::Write& write) {
        return throw_away(write, act, id);
      },
      [to = std::string(Url::in(desk.view, "/staff/surveys/forms").view())](const Draft&) {
        return to;
      },
      show_conflict);
}

Result<http::Response> preview_page(const http::Request& request,
                                    db::Read& read,
                                    Administrator administrator) {
  TRY(const Desk desk, desk_in(request, read, administrator));
  const View& view = desk.view;
  const html::Spoken name = words_of(view, desk.draft.form.name);
  Fragment body = html::back_link(view, desk.url());
  body += html::note({.kind = html::NoteKind::warn,
                      .heading = view("survey.draft.preview_title"_t),
                      .body = fill("<p>{}</p>", view("survey.draft.preview_lead"_t))});
  body.add(R"(<h1 class="h-l" lang="{}">{}</h1>)", name.lang, name.text);
  // The same fields as on the page that people answer, in no form: nothing here can be sent.
  body += fields_of(view, desk.draft.form, {}, nullptr);
  return staff_survey_page(
      view, {.title = view("survey.draft.preview_title"_t), .body = std::move(body)});
}

}  // namespace ln::survey::draft
