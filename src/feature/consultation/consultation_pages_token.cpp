#include "feature/consultation/consultation_pages_token.h"

#include <utility>

#include "core/units/units_store.h"
#include "feature/consultation/consultation_actions_token.h"
#include "feature/consultation/consultation_pages_token_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

constexpr std::int64_t token_cookie_lasts_s = std::int64_t{180} * 24 * 3600;

// Drawn when a token is spent and for that draft alone, so that it leads neither to what the same
// browser voted and supported before nor to another draft. Forgotten at every sign-in
// (core/people/people_pages.cpp).
std::string token_cookie(ConsultationId id) { return "ln_token_" + std::to_string(id.value); }

Url token_url(const View& view, const Consultation& c) {
  return Url::in(view, "/consultations/", c.id.value, "/token");
}

// What a reader finds on the page.
enum class Reader : std::uint8_t { signed_in, by_token, may_spend, too_late };

Reader reader_of(const http::Request& request,
                 db::Read& read,
                 const TokenSheet& sheet,
                 Instant now) {
  // The cookie alone decides: who it belongs to is not looked up here.
  if (!request.cookie(people::session_cookie).empty()) return Reader::signed_in;
  if (holds_token(request, read, sheet.c.id)) return Reader::by_token;
  return sheet.c.takes_comments(now) ? Reader::may_spend : Reader::too_late;
}

Fragment spending_part(const View& view,
                       const TokenSheet& sheet,
                       Reader reader,
                       const std::string& typed,
                       const Error* error) {
  if (reader == Reader::signed_in)
    return html::note({.kind = html::NoteKind::warn,
                       .heading = view("consultation.token.signed_in"_t),
                       .body = fill("<p>{}</p>", view("consultation.token.signed_in_lead"_t))});
  if (reader == Reader::by_token)
    return html::note({.kind = html::NoteKind::ok,
                       .heading = view("consultation.token.spent"_t),
                       .body = fill(R"(<p>{}</p><p><a href="{}">{}</a></p>)",
                                    view("consultation.token.spent_lead"_t), page_of(view, sheet.c),
                                    view("consultation.token.to_draft"_t)),
                       .is_status = true});
  if (reader == Reader::too_late)
    return html::note({.body = fill("<p>{}</p>", view("consultation.closed_lead"_t))});
  Fragment body = html::textarea(view, {.name = "token",
                                        .label = {view("consultation.token.field"_t)},
                                        .hint = view("consultation.token.field_hint"_t),
                                        .error = html::error_for(view, error, "token"),
                                        .value = typed,
                                        .rows = 4});
  body += html::button({.text = view("consultation.token.spend"_t), .once = true});
  return html::form(view, {.action = token_url(view, sheet.c), .body = std::move(body)});
}

http::Response show_token(const http::Request& request,
                          const TokenSheet& sheet,
                          Reader reader,
                          const std::string& typed,
                          const Error* error) {
  const View& view = request.view;
  const std::string_view title = view("consultation.token.title"_t);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p>)", title,
           view("consultation.token.lead"_t));
  body += spending_part(view, sheet, reader, typed, error);
  body.add(R"(<h2 class="h-m">{}</h2><p>{}</p><p><a href="{}">{}</a></p><p>{}</p><p>{}</p>)",
           view("consultation.token.how"_t), view("consultation.token.how_script"_t),
           Url::in(view, "/staff/consultations/", sheet.c.id.value, "/token"),
           view("consultation.token.take"_t),
           view(sheet.key.printed > 0 ? "consultation.token.how_slip"_t
                                      : "consultation.token.how_no_slip"_t),
           view("consultation.token.how_early"_t));
  body.add(R"(<h2 class="h-m">{}</h2><p>{}</p>{}<p>{}</p>)", view("consultation.token.told"_t),
           view("consultation.token.told_lead"_t), token_facts(view, sheet),
           view("consultation.token.key_why"_t));
  const html::Spoken name = title_of(view, sheet.c);
  return http::page(
      error == nullptr ? 200 : http::status_of(error->kind),
      html::page(view, {.title = title,
                        .here = "/consultations",
                        .body = html::columns(
                            {.before = html::breadcrumbs(
                                 view,
                                 {{view("consultation.title"_t), Url::in(view, "/consultations")},
                                  {name.text, page_of(view, sheet.c)}},
                                 title),
                             .body = std::move(body)}),
                        .has_errors = error != nullptr}));
}

}  // namespace

bool holds_token(const http::Request& request, db::Read& read, ConsultationId id) {
  if (!request.cookie(people::session_cookie).empty()) return false;
  const std::string_view token = request.cookie(token_cookie(id));
  return !token.empty() && is_by_token(read, id, mark_of(id, token));
}

Result<TokenSheet> token_sheet(const http::Request& request, db::Read& read) {
  auto c = find(read, ConsultationId{request.path_number("id")});
  auto key = c && may_be_read(*c) ? find_token_key(read, c->id) : std::nullopt;
  if (!key) return Error{ErrorKind::not_found, "consultation.error.none"_t};
  const auto unit = units::find(read, key->audience);
  const TokenCounts counts = counts_of(read, *key);
  return TokenSheet{*std::move(c), *std::move(key), counts, unit ? unit->name : ""};
}

Fragment token_facts(const View& view, const TokenSheet& sheet) {
  const auto count = [&](std::int64_t number) {
    if (!sheet.key.spent) return fill("{}", view("consultation.token.later"_t));
    const auto may_tell = told(number);
    return fill("{}", may_tell ? std::string_view(view.voice.number(*may_tell))
                               : view("consultation.token.few"_t));
  };
  return html::facts(std::vector<html::Fact>{
      {view("consultation.token.audience"_t),
       fill("{}: {}", sheet.audience,
            view.voice.counted("consultation.token.people"_t, sheet.key.audience_count))},
      {view("consultation.token.printed"_t), fill("{}", view.voice.number(sheet.key.printed))},
      {view("consultation.token.issued"_t), count(sheet.counts.issued)},
      {view("consultation.token.spent_count"_t), count(sheet.counts.spent)},
      {view("consultation.token.hash"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", shown_hash(sheet.key))},
      {view("consultation.line"_t),
       fill(R"(<a href="{}">{}</a>)", Url::in(view, "/ledger/facts/", sheet.key.line),
            view.voice.number(sheet.key.line))}});
}

Result<http::Response> token_page(const http::Request& request, db::Read& read, Instant now) {
  TRY(const TokenSheet sheet, token_sheet(request, read));
  return show_token(request, sheet, reader_of(request, read, sheet, now), {}, nullptr);
}

Result<http::Pending> token_post(const http::Request& request,
                                 db::Read& read,
                                 Random& random,
                                 Instant now) {
  TRY(const TokenSheet sheet, token_sheet(request, read));
  const Reader reader = reader_of(request, read, sheet, now);
  const std::string typed(request.form.text("token"));
  if (reader != Reader::may_spend) {
    // Before anything is looked up: no answer here tells whether a token was spent.
    const Error refused{ErrorKind::conflict,
                        reader == Reader::too_late   ? "consultation.error.closed"_t
                        : reader == Reader::by_token ? "consultation.token.error.twice"_t
                        : typed.empty()              ? "consultation.token.signed_in"_t
                                                     : "consultation.token.error.signed_in"_t};
    return http::Pending::answer(show_token(request, sheet, reader, {}, &refused));
  }
  const auto brought = prepare_spending(read, sheet.c.id, typed, now);
  if (!brought.ok())
    return http::Pending::answer(show_token(request, sheet, reader, typed, &brought.error()));
  const std::string token = draw_token(random);
  const std::string back(token_url(request.view, sheet.c).view());
  return http::Pending::commit(
      [id = sheet.c.id, what = brought.value(), mark = mark_of(sheet.c.id, token),
       now](db::Write& write) { return spend(write, id, what, mark, now); },
      [&request, sheet, reader, typed, token, back](const Result<Done>& done, std::string_view) {
        if (!done.ok()) return show_token(request, sheet, reader, typed, &done.error());
        return http::see_other(back).with_cookie(token_cookie(sheet.c.id), token,
                                                 token_cookie_lasts_s);
      });
}

}  // namespace ln::consultation
