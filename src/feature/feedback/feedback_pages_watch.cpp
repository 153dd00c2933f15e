#include "feature/feedback/feedback_pages_watch.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_pages_card.h"
#include "feature/feedback/feedback_pages_staff_parts.h"
#include "feature/feedback/feedback_pages_unit_choice.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_watch.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"
#include "platform/http/download.h"

namespace ln::feedback::watch {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t rows_max = 25;
constexpr std::size_t unit_chars_max = 100;

std::string whole_page(const View& view,
                       std::string_view title,
                       const Fragment& body,
                       bool has_errors) {
  return html::page(view, {.title = title,
                           .here = "/staff",
                           .body = html::fill(R"(<div class="wrap form-page">{}</div>)", body),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

// Takes off the row that only says that there are more.
bool has_more(std::vector<Feedback>& rows) {
  if (rows.size() <= static_cast<std::size_t>(rows_max)) return false;
  rows.pop_back();
  return true;
}

Fragment head_row(const View& view, std::initializer_list<TextKey> columns) {
  return html::fill("<thead><tr>{}</tr></thead>", [&](Fragment& out) {
    for (const TextKey key : columns) out.add(R"(<th scope="col">{}</th>)", view(key));
  });
}

// A case with a sealed identity, as the ombudsman has to know it.
struct Sealed {
  Feedback feedback;
  Contact contact;
  std::vector<Opening> openings;
};

Result<Sealed> sealed_case(db::Read& read, const http::Request& request) {
  const auto code = Code::parse(request.path_text("code"));
  auto found = code ? find(read, *code) : std::nullopt;
  auto contact = found ? contact_of(read, found->id) : std::nullopt;
  if (!contact || !contact->is_sealed())
    return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  auto openings = openings_of(read, found->id);
  return Sealed{*std::move(found), *std::move(contact), std::move(openings)};
}

// Whether this ombudsman has opened it less than 24 hours ago.
bool is_open(const Sealed& sealed, const people::Ombudsman& ombudsman, Instant now) {
  return std::ranges::any_of(sealed.openings, [&](const Opening& each) {
    return each.account_id == ombudsman.id().value && now < each.until;
  });
}

Url url_of(const View& view, const Feedback& feedback, std::string_view more = {}) {
  const Url url = Url::in(view, "/staff/protected/", feedback.code.text());
  return more.empty() ? url : Url::in(view, "/staff/protected/", feedback.code.text(), "/", more);
}

Fragment opening_list(const View& view, const Sealed& sealed, staff::Names& names) {
  if (sealed.openings.empty()) return html::nothing_here(view("feedback.watch.never_opened"_t));
  return html::fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const Opening& each : sealed.openings)
      list.add("<li>{} · {}: {}</li>", html::moment(view, each.at),
               names.of_account(each.account_id), each.reason);
  });
}

Fragment open_form(const View& view,
                   const Sealed& sealed,
                   std::string_view typed,
                   const Error* error) {
  Fragment fields = html::hidden("revision", std::to_string(sealed.feedback.revision));
  fields += html::textarea(view, {.name = "text",
                                  .label = {view("feedback.watch.reason"_t)},
                                  .hint = view("feedback.watch.reason_hint"_t),
                                  .error = html::error_for(view, error, "text"),
                                  .value = typed,
                                  .rows = 3,
                                  .chars_max = static_cast<int>(reason_chars_max)});
  fields += html::button({.text = view("feedback.watch.open"_t),
                          .kind = html::ButtonKind::warning,
                          .icon_before = "key-round",
                          .once = true});
  return html::form(view,
                    {.action = url_of(view, sealed.feedback, "open"), .body = std::move(fields)});
}

Fragment sealed_text(const View& view, const Sealed& sealed) {
  Fragment out = html::note({.kind = html::NoteKind::ok,
                             .heading = view("feedback.watch.opened"_t),
                             .body = html::fill("<p>{}</p>", view("feedback.watch.how"_t))});
  out += html::link_button(url_of(view, sealed.feedback, "sealed"),
                           {.text = view("feedback.watch.download"_t), .icon_before = "download"});
  return out;
}

// What the page is made of; the names are read while something can be.
struct OpeningPage {
  const Sealed& sealed;
  Fragment openings;
  bool is_open;
};
std::string opening_html(const View& view,
                         const OpeningPage& page,
                         std::string_view typed,
                         const Error* error) {
  const std::string code = page.sealed.feedback.code.shown();
  Fragment body = html::breadcrumbs(
      view, {{view("feedback.staff.protected_title"_t), Url::in(view, "/staff/protected")}}, code);
  body += html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", code, view("feedback.watch.lead"_t));
  body +=
      page.is_open ? sealed_text(view, page.sealed) : open_form(view, page.sealed, typed, error);
  body.add(R"(<h2 class="h-m sp">{}</h2>{})", view("feedback.watch.openings"_t), page.openings);
  return whole_page(view, code, body, error != nullptr);
}

TextKey name_of(Concern concern) {
  switch (concern) {
    case Concern::declined: return "feedback.watch.declined"_t;
    case Concern::late: return "feedback.watch.late"_t;
    case Concern::escalated: return "feedback.watch.escalated"_t;
    case Concern::reopened: return "feedback.watch.reopened"_t;
    case Concern::contested: return "feedback.watch.contested"_t;
  }
  return {};
}

Fragment concern_form(const View& view, Concern chosen, std::string_view unit) {
  Fragment body;
  body.add(R"(<div><label for="concern">{}</label>
<select class="govuk-select" id="concern" name="concern">{}</select></div>)",
           view("feedback.watch.concern"_t), [&](Fragment& out) {
             for (const Concern each : all_concerns)
               out += staff::choice(to_text(each), to_text(chosen), view(name_of(each)));
           });
  body.add(R"(<div><label for="unit">{}</label>
<input class="govuk-input" type="text" id="unit" name="unit" value="{}" maxlength="100"></div>)",
           view("feedback.register.unit"_t), unit);
  body +=
      html::button({.text = view("feedback.staff.filter"_t), .kind = html::ButtonKind::secondary});
  return html::query_form({.action = Url::in(view, "/staff/supervision"),
                           .body = std::move(body),
                           .css_class = "filter card card--tint",
                           .label = view("feedback.staff.filter_label"_t)});
}

// Texts that nobody has released are not shown: a title may name somebody. The code leads to what
// everybody may see of the case.
Fragment watched_row(const View& view, const Feedback& feedback, staff::Names& names) {
  const std::string_view title = feedback.published_at || feedback.erased_at
                                     ? public_title(view, feedback)
                                     : view("feedback.watch.unpublished"_t);
  return html::fill(
      R"(<tr><th scope="row" class="what" lang="{}">{}</th><td data-l="{}">{}</td>{})"
      R"(<td data-l="{}" lang="vi">{}</td></tr>)",
      feedback.published_at ? lang_of(view, feedback) : std::nullopt, title,
      view("feedback.staff.column_state"_t), staff::state_name(view, feedback.state),
      html::fill(R"(<td data-l="{}" class="num"><a href="{}" translate="no">{}</a></td>)",
                 view("feedback.staff.column_code"_t),
                 Url::in(view, "/feedback/", feedback.code.text()), feedback.code.shown()),
      view("feedback.staff.unit"_t), names.of_unit(feedback.unit));
}

}  // namespace

Result<http::Response> sealed_page(const http::Request& request,
                                   db::Read& read,
                                   people::Ombudsman ombudsman) {
  const View view = people::view_of(request, ombudsman.staff());
  auto rows = sealed_cases(read, request.query.number("before").value_or(0), rows_max + 1);
  const bool more = has_more(rows);
  staff::Names names(read);
  Fragment body =
      html::fill(R"(<div class="crumbs"><h1 class="h-l">{}</h1><p>{}</p></div>)",
                 view("feedback.staff.protected_title"_t), view("feedback.watch.lead"_t));
  body.add(R"(<p><a href="{}">{}</a></p><p><a href="{}">{}</a></p><p><a href="{}">{}</a></p>)",
           Url::in(view, "/staff/disclosures"), view("feedback.disclosure.title"_t),
           Url::in(view, "/staff/erasure"), view("feedback.erasing.title"_t),
           Url::in(view, "/staff/held"), view("feedback.held.list"_t));
  const auto one = [&](const Feedback& each) {
    const auto count = static_cast<std::int64_t>(openings_of(read, each.id).size());
    return html::fill(
        R"(<tr><th scope="row"><a href="{}" translate="no">{}</a></th>
<td data-l="{}">{}</td>{}{}</tr>)",
        url_of(view, each), each.code.shown(), view("feedback.staff.column_state"_t),
        staff::state_name(view, each.state),
        html::fill(R"(<td data-l="{}" lang="vi">{}</td>)", view("feedback.staff.fact_unit"_t),
                   names.of_unit(each.unit)),
        html::fill(R"(<td data-l="{}">{}</td>)", view("feedback.watch.openings"_t),
                   view.voice.number(count)));
  };
  if (rows.empty())
    body += html::nothing_here(view("feedback.watch.nothing_sealed"_t));
  else
    body.add(R"(<table class="tbl tbl--stack queue">{}<tbody>{}</tbody></table>)",
             head_row(view, {"feedback.staff.column_code"_t, "feedback.staff.column_state"_t,
                             "feedback.staff.fact_unit"_t, "feedback.watch.openings"_t}),
             [&](Fragment& out) {
               for (const Feedback& each : rows) out += one(each);
             });
  if (more)
    body += html::pager(
        view, {.next = Url::in(view, "/staff/protected").with("before", rows.back().id.value)});
  return http::page(200, whole_page(view, view("feedback.staff.protected_title"_t), body, false));
}

Result<http::Response> opening_page(const http::Request& request,
                                    db::Read& read,
                                    people::Ombudsman ombudsman,
                                    Instant now) {
  TRY(const Sealed sealed, sealed_case(read, request));
  const View view = people::view_of(request, ombudsman.staff());
  staff::Names names(read);
  const OpeningPage page{sealed, opening_list(view, sealed, names),
                         is_open(sealed, ombudsman, now)};
  return http::page(200, opening_html(view, page, {}, nullptr));
}

Result<http::Pending> open_sealed(const http::Request& request,
                                  db::Read& read,
                                  people::Ombudsman ombudsman,
                                  Random& random,
                                  Instant now) {
  TRY(Sealed sealed, sealed_case(read, request));
  const View view = people::view_of(request, ombudsman.staff());
  const std::string there(url_of(view, sealed.feedback).view());
  // Pressed twice: it is open already, and one opening is logged once.
  if (is_open(sealed, ombudsman, now)) return http::Pending::answer(http::see_other(there));
  staff::Names names(read);
  Fragment openings = opening_list(view, sealed, names);
  const std::string reason(trimmed(request.form.text("text")));
  const std::int64_t revision = request.form.number("revision").value_or(0);
  const Code code = sealed.feedback.code;
  const ledger::Salts salts = ledger::draw(random);
  return http::Pending::commit(
      [=](db::Write& write) -> Result<OpenedIdentity> {
        const auto current = find(write, code);
        if (!current || current->revision != revision)
          return Error{ErrorKind::conflict, "feedback.error.changed_meanwhile"_t};
        return open_identity(write, ombudsman, code, reason, salts, now);
      },
      [&request, ombudsman, sealed = std::move(sealed), openings = std::move(openings), reason,
       there](const Result<OpenedIdentity>& result, std::string_view) {
        if (result.ok()) return http::see_other(there);
        if (result.error().kind != ErrorKind::invalid)
          return http::error_response(request, result.error());
        const View again = people::view_of(request, ombudsman.staff());
        return http::page(422,
                          opening_html(again, {sealed, openings, false}, reason, &result.error()));
      });
}

Result<http::Response> sealed_file(const http::Request& request,
                                   db::Read& read,
                                   people::Ombudsman ombudsman,
                                   Instant now) {
  TRY(const Sealed sealed, sealed_case(read, request));
  if (!is_open(sealed, ombudsman, now))
    return Error{ErrorKind::forbidden, "feedback.error.not_opened"_t};
  return http::download(http::text(200, sealed.contact.sealed),
                        sealed.feedback.code.shown() + ".sealed")
      .with_header("Cache-Control", "no-store");
}

Result<http::Response> supervision_page(const http::Request& request,
                                        db::Read& read,
                                        people::Supervisor supervisor,
                                        Instant now) {
  const View view = people::view_of(request, supervisor.staff());
  WatchFilter filter{.now = now, .limit = rows_max + 1};
  filter.concern =
      from_word(all_concerns, request.query.text("concern")).value_or(Concern::declined);
  filter.before = request.query.number("before").value_or(0);
  const std::string_view asked = trimmed(request.query.text("unit"));
  const std::vector<units::Unit> units = units_asked(read, asked, local_day(now));
  if (units.size() == 1) filter.unit_path = units.front().path;
  const bool is_understood = asked.empty() || units.size() == 1;
  auto rows = is_understood ? watched(read, filter) : std::vector<Feedback>();
  const bool more = has_more(rows);
  staff::Names names(read);
  Fragment body =
      html::fill(R"(<div class="crumbs"><h1 class="h-l">{}</h1><p>{}</p></div>)",
                 view("feedback.watch.supervision"_t), view("feedback.watch.supervision_lead"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/supervision/pressure"),
           view("feedback.pressure.list"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/supervision/programmes"),
           view("supervision.desk.title"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/surveys"),
           view("survey.title"_t));
  body += concern_form(view, filter.concern, first_chars(asked, unit_chars_max));
  const Url list = Url::in(view, "/staff/supervision").with("concern", to_text(filter.concern));
  if (units.size() > 1)
    body += which_unit(view, units, list);
  else if (!is_understood)
    body += html::nothing_here(view("feedback.register.no_unit"_t));
  else if (rows.empty())
    body += html::nothing_here(view("feedback.staff.nothing"_t));
  else
    body.add(R"(<table class="tbl tbl--stack queue">{}<tbody>{}</tbody></table>)",
             head_row(view, {"feedback.staff.column_what"_t, "feedback.staff.column_state"_t,
                             "feedback.staff.column_code"_t, "feedback.staff.unit"_t}),
             [&](Fragment& out) {
               for (const Feedback& each : rows) out += watched_row(view, each, names);
             });
  if (more)
    body +=
        html::pager(view, {.next = (asked.empty() ? list : list.with("unit", units.front().code))
                                       .with("before", rows.back().id.value)});
  return http::page(200, whole_page(view, view("feedback.watch.supervision"_t), body, false));
}

}  // namespace ln::feedback::watch
