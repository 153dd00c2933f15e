// Asking about an item, and one's own question by its secret.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/people/people_citizen_session.h"
#include "core/people/people_code.h"
#include "core/people/people_pages_secret.h"
#include "feature/disclosure/disclosure_actions.h"
#include "feature/disclosure/disclosure_pages.h"
#include "feature/disclosure/disclosure_pages_parts.h"
#include "feature/disclosure/disclosure_store_views.h"
#include "platform/db/once.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"
#include "platform/http/once_key.h"

namespace ln::disclosure {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Error unknown_question() { return {ErrorKind::not_found, "disclosure.error.code_or_secret"_t}; }

http::Response narrow_page(
    const View& view, TextKey title, Fragment body, const Error* error, bool is_once = false) {
  return http::form_page(view, {.title = view(title),
                                .here = "/disclosure",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true,
                                .is_once = is_once});
}

http::Response show_asking(const View& view,
                           const Disclosure& d,
                           const std::string& typed,
                           const std::string& once,
                           const Error* error) {
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("disclosure.ask.body"_t)},
                                          .hint = view("disclosure.ask.hint"_t),
                                          .error = html::error_for(view, error, "body"),
                                          .value = typed,
                                          .chars_max = static_cast<int>(question_chars_max)});
  fields += html::hidden("once", once);
  fields += html::button({.text = view("disclosure.ask.do"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p><a href="{}" lang="vi">{}</a></p>{})",
           view("disclosure.ask.title"_t), item_url(view, d.id), d.title,
           html::form(view, {.action = Url::in(view, "/disclosure/", d.id.value, "/ask"),
                             .body = std::move(fields)}));
  return narrow_page(view, "disclosure.ask.title"_t, std::move(body), error);
}

struct Receipt {
  std::string code, secret;
  std::int64_t line = 0;
  std::string fingerprint;
};
std::string packed_receipt(const Receipt& r) {
  return r.code + " " + r.secret + " " + std::to_string(r.line) + " " + r.fingerprint;
}
std::optional<Receipt> unpacked_receipt(std::string_view text) {
  std::string_view pieces[4];
  for (std::string_view& piece : pieces) {
    const std::size_t end = std::min(text.find(' '), text.size());
    piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto line = parse_number(pieces[2]);
  if (!line) return std::nullopt;
  return Receipt{std::string(pieces[0]), std::string(pieces[1]), *line, std::string(pieces[3])};
}

http::Response asked_page(const View& view, DisclosureId id, const Receipt& r) {
  const auto code = Code::parse(r.code);
  if (!code) return http::page(500, {});
  const Url own = own_url(view, *code);
  const std::string address = view.site->base_url + std::string(own.view());
  Fragment body =
      fill(R"(<div class="done" role="status"><h1 class="h-l">{}</h1><p>{}</p>)"
           R"(<p class="ref" id="code" translate="no">{}</p></div>)",
           view("disclosure.sent.title"_t), view("disclosure.sent.code"_t), code->shown());
  body.add(R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p>)"
           R"(<div class="qr">{}</div>)",
           view("disclosure.sent.secret"_t), people::shown_secret(r.secret),
           html::qr(address, view("disclosure.sent.qr"_t)));
  const html::Fact facts[] = {
      {view("disclosure.sent.line"_t), html::code(view.voice.number(r.line))},
      {view("disclosure.sent.fingerprint"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", r.fingerprint)}};
  body += html::facts(facts, true);
  body.add(
      R"(<p class="no-print"><a href="{}">{}</a></p><p class="no-print"><a href="{}">{}</a></p>)",
      own, view("disclosure.sent.own"_t), item_url(view, id), view("disclosure.sent.back"_t));
  return people::remember_secret(
      narrow_page(view, "disclosure.sent.title"_t, std::move(body), nullptr, true), r.code,
      r.secret);
}

// The same page whether the code exists or not.
http::Response ask_for_key(const View& view, std::string_view code, const Error* error) {
  Fragment fields =
      people::secret_field(view, view("disclosure.own.secret"_t), std::string_view(), error);
  fields += html::button({.text = view("disclosure.own.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("disclosure.own.title"_t),
           html::form(view, {.action = Url::in(view, "/disclosure/questions/", code, "/open"),
                             .body = std::move(fields)}));
  return narrow_page(view, "disclosure.own.title"_t, std::move(body), error);
}

}  // namespace

Result<http::Response> ask_page(const http::Request& request, db::Read& read, Random& random) {
  const auto d = find(read, DisclosureId{request.path_number("id")});
  if (!d) return Error{ErrorKind::not_found, "disclosure.error.none"_t};
  return show_asking(request.view, *d, "", http::once_key(request.form, random), nullptr);
}

Result<http::Pending> ask_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const auto d = find(read, DisclosureId{request.path_number("id")});
  if (!d) return Error{ErrorKind::not_found, "disclosure.error.none"_t};
  const std::string typed(request.form.text("body"));
  const std::string once = http::once_key(request.form, random);
  const std::string key = "disclosure.ask:" + once;
  if (const auto before = db::Once::find(read, key))
    if (const auto receipt = unpacked_receipt(*before))
      return http::Pending::answer(asked_page(request.view, d->id, *receipt));
  const auto prepared = prepare_question(read, d->id, typed, random, now);
  if (!prepared.ok())
    return http::Pending::answer(show_asking(request.view, *d, typed, once, &prepared.error()));
  if (!askers().may_ask(request.sender, d->id, now)) {
    const Error error{ErrorKind::conflict,
                      "disclosure.error.asked_enough"_t,
                      {{"body", "disclosure.error.asked_enough"_t}}};
    return http::Pending::answer(show_asking(request.view, *d, typed, once, &error));
  }
  return http::Pending::commit(
      [prepared = prepared.value(), key, now](db::Write& write) -> Result<Receipt> {
        if (const auto before = db::Once::find(write, key))
          if (auto receipt = unpacked_receipt(*before)) return *std::move(receipt);
        TRY(const Asked asked, ask(write, prepared));
        Receipt receipt{asked.question.code->text(), prepared.secret, asked.appended.index,
                        to_hex(asked.appended.leaf_hash)};
        db::Once::save(write, key, packed_receipt(receipt), now);
        return receipt;
      },
      [&request, id = d->id](const Result<Receipt>& done, std::string_view) {
        return done.ok() ? asked_page(request.view, id, done.value())
                         : http::error_response(request, done.error());
      });
}

Result<http::Response> own_page(const http::Request& request, db::Read& read) {
  const View& view = request.view;
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  const auto found = code && citizen ? open_question(read, *citizen, *code) : unknown_question();
  if (!found.ok()) return ask_for_key(view, request.path_text("code"), nullptr);
  const Question& q = found.value();
  Fragment body =
      fill(R"(<h1 class="h-l">{}</h1>{}<p><a href="{}">{}</a></p>)", view("disclosure.own.title"_t),
           question_words(view, q), item_url(view, q.disclosure), view("disclosure.sent.back"_t));
  body.add(R"(<p><a href="{}">{}</a></p>)",
           Url::path("/disclosure/questions/", code->text(), "/receipt.tlog-proof"),
           view("disclosure.own.receipt"_t));
  const auto form = [&](std::string_view act, TextKey text, html::ButtonKind kind) {
    return html::form(view,
                      {.action = Url::in(view, "/disclosure/questions/", code->text(), "/", act),
                       .body = html::button({.text = view(text), .kind = kind, .once = true})});
  };
  if (q.state != Sight::withdrawn && q.answer.empty())
    body +=
        html::details(view("disclosure.own.withdraw"_t),
                      form("withdraw", "disclosure.own.withdraw_do"_t, html::ButtonKind::warning));
  body += form("close", "disclosure.own.close"_t, html::ButtonKind::secondary);
  return narrow_page(view, "disclosure.own.title"_t, std::move(body), nullptr);
}

Result<http::Response> own_receipt(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return unknown_question();
  TRY(const Question question, open_question(read, *citizen, *code));
  const auto receipt =
      ledger::first_receipt_of(read, {"disclosure_question", question.id.value}, code->text());
  if (!receipt) return unknown_question();
  return http::download(http::text(200, receipt->text()), code->text() + ".tlog-proof");
}

Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const View& view = request.view;
  const std::string_view act = request.path_text("act");
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return unknown_question();
  const std::string page(own_url(view, *code).view());
  if (act == "open")
    return http::Pending::answer(people::open_own(
        request, {code->text(), own_url(view, *code), "disclosure.error.code_or_secret"_t},
        [&](const people::Citizen& by) { return open_question(read, by, *code).ok(); },
        [&](const Error& wrong) { return ask_for_key(view, code->text(), &wrong); }));
  if (act == "close")
    return http::Pending::answer(people::close_own(code->text(), Url::in(view, "/disclosure")));
  const auto citizen = people::citizen_of(request);
  if (act != "withdraw" || !citizen) return unknown_question();
  return http::Pending::commit(
      [citizen = *citizen, code = *code, salts = ledger::draw(random), now](db::Write& write) {
        return withdraw(write, citizen, code, salts, now);
      },
      [&request, page](const Result<Question>& done, std::string_view) {
        return done.ok() ? http::see_other(page) : http::error_response(request, done.error());
      });
}

}  // namespace ln::disclosure
