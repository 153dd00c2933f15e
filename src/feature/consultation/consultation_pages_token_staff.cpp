// Taking a token with a session, and printing slips.
#include <utility>

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "feature/consultation/consultation_actions_token.h"
#include "feature/consultation/consultation_pages_token.h"
#include "feature/consultation/consultation_pages_token_parts.h"
#include "platform/html/asset.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/http/form_page.h"
#include "platform/i18n/i18n.h"
#include "platform/json/json.h"

namespace ln::consultation::staff {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t printed_by_default = 10;

Url desk_url_of(const View& view, const Consultation& c, std::string_view what) {
  return Url::in(view, "/staff/consultations/", c.id.value, "/", what);
}

http::Response show_page(
    const View& view, TextKey title, Fragment body, const Error* error, bool is_once = false) {
  return http::form_page(view, {.title = view(title),
                                .here = "/staff/consultations",
                                .body = std::move(body),
                                .error = error,
                                .is_staff = true,
                                .is_once = is_once});
}

// What the script needs. It stands in a form for its CSRF token alone: the form is never sent, and
// the token that comes out of it stands outside.
Fragment script_part(const View& view, const TokenSheet& sheet) {
  Fragment body = fill(R"(<p data-off>{}</p>)", view("consultation.token.no_script"_t));
  body += html::form(
      view, {.action = desk_url_of(view, sheet.c, "token"),
             .body = fill(R"(<button type="submit" class="govuk-button" hidden>{}</button>)",
                          view("consultation.token.take"_t))});
  body.add(R"(<p role="status"></p><div hidden><h2 class="h-m">{}</h2><p>{}</p>)"
           R"(<p class="hash" id="token-text" translate="no" tabindex="-1"></p>)"
           R"(<p class="no-print">)"
           R"(<button type="button" class="govuk-button btn--quiet" data-copy="token-text" hidden>)"
           R"({}</button> <button type="button" class="govuk-button btn--quiet" data-print hidden>)"
           R"({}</button> <a href="{}" data-file="{}">{}</a></p></div>)",
           view("consultation.token.yours"_t), view("consultation.token.yours_lead"_t),
           view("consultation.token.copy"_t), view("consultation.token.print"_t),
           Url::anchor("token-text"), "token-" + std::to_string(sheet.c.id.value) + ".txt",
           view("consultation.token.download"_t));
  const std::string fact(Url::in(view, "/ledger/facts/", sheet.key.line).view());
  Fragment out = fill(R"(<div data-token="{}" data-draft="{}" data-fact="{}" data-working="{}" )"
                      R"(data-swapped="{}" data-failed="{}">{}</div>)",
                      to_base64(as_bytes(sheet.key.public_key)), sheet.c.id.value, fact,
                      view("consultation.token.working"_t), view("consultation.token.swapped"_t),
                      view("consultation.token.failed"_t), body);
  out.add(R"(<script type="module" src="{}"></script>)", html::asset("token.js"));
  return out;
}

http::Response answer_json(int status, std::string_view name, std::string_view text) {
  http::Response response = http::json(status, {});
  json::Writer out(response.body);
  out.object().member(name, text).end_object();
  return response;
}

http::Response show_slips(const View& view,
                          const TokenSheet& sheet,
                          const std::string& count,
                          const Error* error,
                          bool is_open) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)",
           view("consultation.token.slips.title"_t), view("consultation.token.slips.lead"_t),
           view("consultation.token.slips.how"_t));
  if (is_open) {
    Fragment fields = html::input(view, {.name = "count",
                                         .label = {view("consultation.token.slips.count"_t)},
                                         .hint = view("consultation.token.slips.count_hint"_t),
                                         .error = html::error_for(view, error, "count"),
                                         .value = count,
                                         .width = 3});
    fields += html::button(
        {.text = view("consultation.token.slips.do"_t), .icon_before = "printer", .once = true});
    body += html::form(view,
                       {.action = desk_url_of(view, sheet.c, "slips"), .body = std::move(fields)});
  }
  body += token_facts(view, sheet);
  return show_page(view, "consultation.token.slips.title"_t, std::move(body), error);
}

// The letters stand on this page and nowhere else.
http::Response printed_page(const View& view,
                            const TokenSheet& sheet,
                            const std::vector<std::string>& secrets) {
  const std::string address =
      view.site->base_url +
      std::string(Url::in(view, "/consultations/", sheet.c.id.value, "/token").view());
  Fragment body =
      fill(R"(<div class="no-print"><h1 class="h-l">{}</h1><p>{}</p>)"
           R"(<p><button type="button" class="govuk-button" data-print hidden>{}{}</button></p>)"
           R"(<p><a href="{}">{}</a></p></div>)",
           view("consultation.token.slips.printed"_t), view("consultation.token.slips.once"_t),
           html::icon("printer"), view("consultation.token.print"_t),
           desk_url_of(view, sheet.c, "slips"), view("consultation.token.slips.title"_t));
  for (const std::string& each : secrets)
    body += html::card(
        {.heading = view("consultation.token.slips.heading"_t),
         .body = fill(R"(<p lang="vi">{}</p><p><span class="secret" translate="no">{}</span></p>)"
                      R"(<p>{} <span translate="no">{}</span></p>)",
                      sheet.c.title_vi, people::shown_secret(each),
                      view("consultation.token.slips.where"_t), address)});
  return show_page(view, "consultation.token.slips.printed"_t, std::move(body), nullptr, true);
}

Result<TokenSheet> sheet_for_editor(const http::Request& request,
                                    db::Read& read,
                                    const people::Officer& officer) {
  TRY(TokenSheet sheet, token_sheet(request, read));
  if (!may_edit(officer, sheet.c.unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  return sheet;
}

}  // namespace

Result<http::Response> token_page(const http::Request& request,
                                  db::Read& read,
                                  people::Staff staff,
                                  Instant now) {
  TRY(const TokenSheet sheet, token_sheet(request, read));
  const View view = people::view_of(request, staff);
  const html::Spoken name = title_of(view, sheet.c);
  Fragment body = fill(R"(<h1 class="h-l">{}</h1><p lang="{}">{}</p><p class="lead">{}</p>)",
                       view("consultation.token.take"_t), name.lang, name.text,
                       view("consultation.token.take_lead"_t));
  const auto note = [&](TextKey text) {
    body += html::note({.body = fill("<p>{}</p>", view(text))});
  };
  if (!sheet.c.takes_comments(now))
    note("consultation.closed_lead"_t);
  else if (!is_in_audience(staff, sheet.key))
    note("consultation.token.error.audience"_t);
  else if (was_issued(read, sheet.c.id, staff.id()))
    note("consultation.token.error.issued"_t);
  else
    body += script_part(view, sheet);
  body.add(R"(<h2 class="h-m">{}</h2><p>{}</p>)", view("consultation.token.advice"_t),
           view("consultation.token.advice_lead"_t));
  body += token_facts(view, sheet);
  return show_page(view, "consultation.token.take"_t, std::move(body), nullptr);
}

Result<http::Pending> token_post(const http::Request& request,
                                 db::Read& read,
                                 people::Staff staff,
                                 Instant now) {
  const auto refused = [&request](const Error& error) {
    return answer_json(http::status_of(error.kind), "error", request.view(error.text));
  };
  const auto blinded = blind::from_base64url(request.form.text("blinded"));
  const IssueAct act{.staff = std::move(staff),
                     .id = ConsultationId{request.path_number("id")},
                     .blinded = blinded.value_or(std::string()),
                     .now = now};
  const auto signature = prepare_issue(read, act);
  if (!signature.ok()) return http::Pending::answer(refused(signature.error()));
  return http::Pending::commit([act](db::Write& write) { return issue(write, act); },
                               [refused, text = blind::to_base64url(signature.value())](
                                   const Result<Done>& done, std::string_view) {
                                 return done.ok() ? answer_json(200, "signature", text)
                                                  : refused(done.error());
                               });
}

Result<http::Response> slips_page(const http::Request& request,
                                  db::Read& read,
                                  people::Officer officer,
                                  Instant now) {
  TRY(const TokenSheet sheet, sheet_for_editor(request, read, officer));
  return show_slips(people::view_of(request, officer.staff()), sheet,
                    std::to_string(printed_by_default), nullptr, sheet.c.takes_comments(now));
}

Result<http::Pending> slips_post(const http::Request& request,
                                 db::Read& read,
                                 people::Officer officer,
                                 Random& random,
                                 Instant now) {
  TRY(const TokenSheet sheet, sheet_for_editor(request, read, officer));
  const std::int64_t count = request.form.number("count").value_or(0);
  SlipsAct act{.officer = officer, .id = sheet.c.id, .now = now};
  // Too many are refused by the action, without drawing them.
  for (std::int64_t n = 0; n < count && n <= slips_max; ++n)
    act.secrets.push_back(people::draw_secret(random));
  return http::Pending::commit(
      [act](db::Write& write) { return print_slips(write, act); },
      [&request, officer, sheet, act](const Result<Done>& done, std::string_view) {
        const View view = people::view_of(request, officer.staff());
        if (done.ok()) return printed_page(view, sheet, act.secrets);
        if (done.error().kind != ErrorKind::invalid)
          return http::error_response(request, done.error());
        return show_slips(view, sheet, std::string(request.form.text("count")), &done.error(),
                          true);
      });
}

}  // namespace ln::consultation::staff
