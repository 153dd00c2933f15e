#include "feature/feedback/feedback_pages_dispute.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/people/people_session.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions_dispute.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_store.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/html/spoken.h"

namespace ln::feedback::staff {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t disputes_shown_max = 50;

Url dispute_url(const View& view, const Feedback& feedback) {
  return Url::in(view, "/staff/feedback/", feedback.code.text(), "/dispute");
}

// Of all units the officer decides for, the oldest first.
std::vector<Disputed> waiting_for(db::Read& read,
                                  const people::Officer& officer,
                                  std::int64_t limit) {
  std::vector<Disputed> all;
  for (const std::string& top : officer.tops())
    for (Disputed& each : disputes_below(read, top, limit)) all.push_back(std::move(each));
  std::erase_if(all, [&](const Disputed& each) {
    const auto above = units::find(read, each.dispute.above);
    return !above || !stands_above(officer, above->path) || !may_see(each.feedback, officer);
  });
  const auto id = [](const Disputed& each) { return each.dispute.id; };
  std::ranges::sort(all, {}, id);
  const auto twice = std::ranges::unique(all, {}, id);  // one subtree may lie in another
  all.erase(twice.begin(), twice.end());
  return all;
}

Fragment name_tag(const std::string& name) {
  return html::fill(R"(<span lang="vi">{}</span>)", name);
}

Fragment row_of(const View& view, const Disputed& each, Names& names, Instant now) {
  const Feedback& feedback = each.feedback;
  const auto cell = [&](TextKey label, const Fragment& body) {
    return html::fill(R"(<td data-l="{}">{}</td>)", view(label), body);
  };
  Fragment cells = cell("feedback.dispute.has_it"_t, name_tag(names.of_unit(each.dispute.by)));
  cells += cell("feedback.dispute.had_it"_t, name_tag(names.of_unit(each.dispute.with)));
  cells +=
      cell("feedback.staff.column_due"_t, html::fill("{}", clock_of(view, feedback, now).words));
  cells += cell("feedback.dispute.since"_t, html::moment(view, each.dispute.at));
  cells += cell("feedback.staff.column_code"_t,
                html::fill(R"(<a href="{}" translate="no">{}</a>)", case_url(view, feedback),
                           feedback.code.shown()));
  return html::fill(R"(<tr><th scope="row" class="what"><a href="{}" lang="{}">{}</a></th>{}</tr>)",
                    dispute_url(view, feedback), lang_of(view, feedback), feedback.title, cells);
}

Fragment table_of(const View& view,
                  db::Read& read,
                  const std::vector<Disputed>& rows,
                  Instant now) {
  Names names(read);
  return html::fill(
      R"(<table class="tbl tbl--stack queue"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>)",
      [&](Fragment& out) {
        for (const TextKey key : {"feedback.staff.column_what"_t, "feedback.dispute.has_it"_t,
                                  "feedback.dispute.had_it"_t, "feedback.staff.column_due"_t,
                                  "feedback.dispute.since"_t, "feedback.staff.column_code"_t})
          out.add(R"(<th scope="col">{}</th>)", view(key));
      },
      [&](Fragment& out) {
        for (const Disputed& each : rows) out += row_of(view, each, names, now);
      });
}

// What the page shows, gathered before the transaction.
struct Sheet {
  const http::Request* request;
  people::Officer officer;
  Feedback feedback;
  units::Unit by, with, above;
  std::vector<Event> said;  // why it was passed on, each time
  std::vector<std::string> said_by;
  Instant now;

  View view() const { return people::view_of(*request, officer.staff()); }
};

Result<Sheet> sheet_of(const http::Request& request,
                       db::Read& read,
                       const people::Officer& officer,
                       Instant now) {
  TRY(Feedback feedback, visible_case(read, officer, request.path_text("code")));
  const auto open = open_dispute(read, feedback);
  if (!open) return Error{ErrorKind::not_found, "feedback.dispute.none"_t};
  const auto by = units::find(read, open->by), with = units::find(read, open->with),
             above = units::find(read, open->above);
  if (!by || !with || !above) throw db::Failure("a dispute names a unit that does not exist");
  if (!may_act(officer, Task::transfer, feedback) || !stands_above(officer, above->path))
    return Error{ErrorKind::forbidden, "feedback.error.not_your_part"_t};
  Sheet sheet{&request, officer, std::move(feedback), *by, *with, *above, {}, {}, now};
  Names names(read);
  units::UnitId holder{};
  for (Event& event : events_of(read, sheet.feedback.id)) {
    const bool passes_on = event.event == "transferred" && event.reason.empty();
    if (passes_on || shown_word(event) == disputed_word) {
      sheet.said_by.push_back(names.of_unit(passes_on && holder.value != 0 ? holder : open->by));
      sheet.said.push_back(event);
    }
    if (passes_on || event.event == "received") holder = event.unit;
  }
  return sheet;
}

Fragment decision_form(const Sheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  const std::string by = std::to_string(sheet.by.id.value);
  const std::string with = std::to_string(sheet.with.id.value);
  Fragment fields = html::hidden("revision", std::to_string(sheet.feedback.revision));
  fields += html::radios(
      view,
      {.name = "whose",
       .legend = {view("feedback.dispute.whose"_t), html::Size::s},
       .error = html::error_for(view, error, "whose"),
       .choices = {{.value = by, .text = sheet.by.name, .hint = view("feedback.dispute.stays"_t)},
                   {.value = with,
                    .text = sheet.with.name,
                    .hint = view("feedback.dispute.goes"_t)}},
       .values = {typed.text("whose")}});
  fields += html::textarea(view, {.name = "text",
                                  .label = {view("feedback.dispute.reason"_t)},
                                  .hint = view("feedback.dispute.reason_hint"_t),
                                  .error = html::error_for(view, error, "text"),
                                  .value = typed.text("text"),
                                  .rows = 4,
                                  .chars_max = static_cast<int>(reason_chars_max)});
  fields += html::button({.text = view("feedback.dispute.decide"_t), .once = true});
  return html::form(view, {.action = dispute_url(view, sheet.feedback), .body = std::move(fields)});
}

std::string sheet_html(const Sheet& sheet, const http::Fields& typed, const Error* error) {
  const View view = sheet.view();
  const std::string code = sheet.feedback.code.shown();
  const std::string_view title = view("feedback.dispute.title"_t);
  Fragment body = html::breadcrumbs(view,
                                    {{view("feedback.staff.queue"_t), Url::in(view, "/staff")},
                                     {code, case_url(view, sheet.feedback)}},
                                    title);
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p lang="{}"><b>{}</b></p><p>{}</p>)", title,
           lang_of(view, sheet.feedback), sheet.feedback.title, view("feedback.dispute.lead"_t));
  body.add(R"(<h2 class="h-m">{}</h2>)", view("feedback.dispute.said"_t));
  for (std::size_t i = 0; i < sheet.said.size(); ++i)
    body.add(R"(<p class="small muted"><span lang="vi">{}</span> · {}</p>
<div class="quote">{}</div>)",
             sheet.said_by[i], html::moment(view, sheet.said[i].at),
             html::paragraphs(sheet.said[i].text));
  body += decision_form(sheet, typed, error);
  return html::page(view, {.title = std::string(title) + " · " + code,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = error != nullptr,
                           .is_unlisted = true});
}

}  // namespace

Result<http::Response> disputes_page(const http::Request& request,
                                     db::Read& read,
                                     people::Officer officer,
                                     Instant now) {
  const View view = people::view_of(request, officer.staff());
  const auto rows = waiting_for(read, officer, disputes_shown_max);
  const std::string_view title = view("feedback.dispute.list"_t);
  Fragment body =
      html::breadcrumbs(view, {{view("feedback.staff.queue"_t), Url::in(view, "/staff")}}, title);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", title, view("feedback.dispute.list_lead"_t));
  body += rows.empty() ? html::nothing_here(view("feedback.dispute.nothing"_t))
                       : table_of(view, read, rows, now);
  return http::page(
      200, html::page(view, {.title = title,
                             .here = "/staff",
                             .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                             .is_staff = true,
                             .is_unlisted = true}));
}

Result<http::Response> dispute_page(const http::Request& request,
                                    db::Read& read,
                                    people::Officer officer,
                                    Instant now) {
  TRY(const Sheet sheet, sheet_of(request, read, officer, now));
  return http::page(200, sheet_html(sheet, {}, nullptr));
}

Result<http::Pending> dispute_post(const http::Request& request,
                                   db::Read& read,
                                   people::Officer officer,
                                   Random& random,
                                   Instant now) {
  TRY(Sheet sheet, sheet_of(request, read, officer, now));
  const OfficerAct act{.officer = officer,
                       .code = sheet.feedback.code,
                       .revision = request.form.number("revision").value_or(0),
                       .salts = ledger::draw(random),
                       .now = now};
  const units::UnitId whose{request.form.number("whose").value_or(0)};
  const std::string reason(trimmed(request.form.text("text")));
  return http::Pending::commit(
      [act, whose, reason](db::Write& write) { return decide(write, act, whose, reason); },
      [sheet = std::move(sheet)](const Result<Feedback>& result, std::string_view) {
        const View view = sheet.view();
        if (result.ok())
          return http::see_other(std::string(
              case_url(view, result.value()).with("done", to_text(Task::transfer)).view()));
        const ErrorKind kind = result.error().kind;
        if (kind == ErrorKind::invalid || kind == ErrorKind::conflict)
          return http::page(kind == ErrorKind::invalid ? 422 : 409,
                            sheet_html(sheet, sheet.request->form, &result.error()));
        return http::error_response(*sheet.request, result.error());
      });
}

Fragment dispute_note(const View& view,
                      db::Read& read,
                      const people::Officer& officer,
                      const Feedback& feedback) {
  const auto open = open_dispute(read, feedback);
  if (!open || is_over(feedback.state)) return {};
  Names names(read);
  const auto above = units::find(read, open->above);
  Fragment body = html::fill(
      "<p>{}</p>", view.voice("feedback.dispute.note"_t, {{"by", names.of_unit(open->by)},
                                                          {"with", names.of_unit(open->with)},
                                                          {"above", names.of_unit(open->above)}}));
  if (above && stands_above(officer, above->path))
    body.add(R"(<p><a href="{}">{}</a></p>)", dispute_url(view, feedback),
             view("feedback.dispute.decide_link"_t));
  return html::note({.kind = html::NoteKind::info, .body = std::move(body)});
}

Fragment disputes_note(const View& view, db::Read& read, const people::Officer& officer) {
  const auto waiting = waiting_for(read, officer, disputes_shown_max);
  if (waiting.empty()) return {};
  return html::fill(
      R"(<p><a href="{}">{} {}</a></p>)", Url::in(view, "/staff/disputes"), html::icon("scale"),
      view.voice.counted("feedback.dispute.waiting"_t, static_cast<std::int64_t>(waiting.size())));
}

}  // namespace ln::feedback::staff
