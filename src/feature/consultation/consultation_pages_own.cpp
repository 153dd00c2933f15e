#include "feature/consultation/consultation_pages_own.h"

#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_store_tree.h"
#include "core/people/people_pages_secret.h"
#include "feature/consultation/consultation_pages.h"
#include "feature/consultation/consultation_pages_own_answer.h"
#include "feature/consultation/consultation_pages_parts.h"
#include "platform/html/forms.h"
#include "platform/html/parts.h"
#include "platform/html/qr.h"
#include "platform/html/sentence.h"
#include "platform/html/spoken.h"
#include "platform/http/download.h"
#include "platform/http/form_page.h"

namespace ln::consultation {
namespace {

using html::fill;
using html::Fragment;
using html::Url;
using html::View;

Error none() { return {ErrorKind::not_found, "consultation.error.code_or_secret"_t}; }

Url own_url(const View& view, const Code& code) {
  return Url::in(view, "/consultations/comments/", code.text());
}

// The comment of the code in the path, when its secret came with the request.
Result<Comment> held(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  const auto citizen = people::citizen_of(request);
  if (!code || !citizen) return none();
  return open_comment(read, *citizen, *code);
}

http::Response whole(const View& view, TextKey title, Fragment body, const Error* error) {
  return http::form_page(view, {.title = view(title),
                                .here = "/consultations",
                                .body = std::move(body),
                                .error = error,
                                .is_narrow = true});
}

// Asks for the secret; the same page whether the code exists or not.
http::Response ask_page(const View& view, std::string_view code, const Error* error) {
  Fragment fields = people::secret_field(view, view("consultation.own.secret"_t),
                                         view("consultation.own.secret_hint"_t), error);
  fields += html::button({.text = view("consultation.own.open"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1>{})", view("consultation.own.title"_t),
           html::form(view, {.action = Url::in(view, "/consultations/comments/", code, "/open"),
                             .body = std::move(fields)}));
  return whole(view, "consultation.own.title"_t, std::move(body), error);
}

Fragment act_form(const View& view, const Comment& comment, std::string_view act, Fragment body) {
  return html::form(
      view, {.action = Url::in(view, "/consultations/comments/", comment.code->text(), "/", act),
             .body = std::move(body)});
}

Fragment change_form(const View& view,
                     const Comment& comment,
                     const std::string& body,
                     const std::string& wording,
                     const Error* error) {
  Fragment fields = html::textarea(view, {.name = "body",
                                          .label = {view("consultation.form.body"_t)},
                                          .error = html::error_for(view, error, "body"),
                                          .value = body,
                                          .chars_max = static_cast<int>(body_chars_max)});
  if (comment.clause != whole_draft)
    fields += html::textarea(
        view, {.name = "wording",
               .label = {.text = view("consultation.form.wording"_t), .is_optional = true},
               .error = html::error_for(view, error, "wording"),
               .value = wording,
               .chars_max = static_cast<int>(wording_chars_max)});
  fields += html::button({.text = view("consultation.own.change"_t), .once = true});
  return act_form(view, comment, "change", std::move(fields));
}

struct OwnSheet {
  Comment comment;
  Consultation consultation;
  Instant now;
  Fragment answer{};  // what became of it, and what may be done about that
};

http::Response show(const http::Request& request,
                    const OwnSheet& sheet,
                    const std::string& body_typed,
                    const std::string& wording_typed,
                    const Error* error) {
  const View& view = request.view;
  const Comment& comment = sheet.comment;
  const Consultation& c = sheet.consultation;
  const html::Spoken title = title_of(view, c);
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p><p><a href="{}" lang="{}">{}</a></p>)",
           view("consultation.own.title"_t), html::code(comment.code->shown()), page_of(view, c),
           title.lang, title.text);
  body.add(R"(<ul class="plain">{}</ul>)", comment_item(view, comment, c.version));
  body.add(R"(<p><a href="{}">{}</a></p>)",
           Url::path("/consultations/comments/", comment.code->text(), "/receipt.tlog-proof"),
           view("consultation.own.receipt"_t));
  body += sheet.answer;
  if (c.takes_comments(sheet.now) && comment.state != Sight::withdrawn) {
    body.add(R"(<h2 class="h-m">{}</h2><p>{}</p>)", view("consultation.own.change_title"_t),
             view.voice("consultation.own.until"_t, {{"day", view.voice.date(*c.closes_on)}}));
    body += change_form(view, comment, body_typed, wording_typed, error);
    body.add(R"(<h2 class="h-m">{}</h2><p>{}</p>)", view("consultation.own.withdraw_title"_t),
             view("consultation.own.withdraw_lead"_t));
    body += act_form(view, comment, "withdraw",
                     html::button({.text = view("consultation.own.withdraw"_t),
                                   .kind = html::ButtonKind::warning,
                                   .once = true}));
  }
  body += act_form(view, comment, "close",
                   html::button({.text = view("consultation.own.close"_t),
                                 .kind = html::ButtonKind::secondary}));
  return whole(view, "consultation.own.title"_t, std::move(body), error);
}

Result<OwnSheet> own_sheet(const http::Request& request, db::Read& read, Instant now) {
  TRY(Comment comment, held(request, read));
  auto c = find(read, comment.consultation);
  if (!c) return none();
  Fragment answer = own_answer_part(request.view, read, comment, {}, nullptr);
  return OwnSheet{std::move(comment), *std::move(c), now, std::move(answer)};
}

// Objecting, and where letters go.
Result<http::Pending> about_answer(const http::Request& request,
                                   db::Read& read,
                                   OwnSheet sheet,
                                   CitizenAct doing,
                                   const std::string& token) {
  const std::string_view act = request.path_text("act");
  const OwnTyped typed{.objection = std::string(request.form.text("objection")),
                       .contact = std::string(request.form.text("contact"))};
  const auto fine = check_answer_act(act, typed);
  if (fine.ok())
    return answer_act_post(request, std::move(doing), act, typed, token,
                           std::string(own_url(request.view, *sheet.comment.code).view()));
  sheet.answer = own_answer_part(request.view, read, sheet.comment, typed, &fine.error());
  return http::Pending::answer(
      show(request, sheet, sheet.comment.body, sheet.comment.wording, &fine.error()));
}

}  // namespace

SentNote note_of(const Sent& sent, const std::string& secret) {
  return {sent.comment.code->text(), secret, sent.appended.index, to_hex(sent.appended.leaf_hash),
          sent.comment.sent_at};
}

std::string packed(const SentNote& note) {
  return note.code + " " + note.secret + " " + std::to_string(note.index) + " " + note.fingerprint +
         " " + std::to_string(to_ms(note.at));
}

std::optional<SentNote> unpacked_sent(std::string_view text) {
  std::string_view pieces[5];
  for (std::string_view& piece : pieces) {
    const std::size_t end = std::min(text.find(' '), text.size());
    piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto index = parse_number(pieces[2]), at = parse_number(pieces[4]);
  if (!index || !at) return std::nullopt;
  return SentNote{std::string(pieces[0]), std::string(pieces[1]), *index, std::string(pieces[3]),
                  from_ms(*at)};
}

http::Response sent_page(const http::Request& request, const SentNote& note) {
  const View& view = request.view;
  const auto code = Code::parse(note.code);
  if (!code) return http::error_response(request, none());
  const std::string page = view.site->base_url + std::string(own_url(view, *code).view());
  Fragment body;
  body.add(R"(<div class="done" role="status"><div><h1 class="h-l">{}</h1><p>{}</p>)"
           R"(<p class="ref" id="code" translate="no">{}</p></div></div>)",
           view("consultation.sent.title"_t), view("consultation.sent.code"_t), code->shown());
  body.add(R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p><p>{}</p>)",
           view("consultation.sent.secret"_t), people::shown_secret(note.secret),
           view("consultation.sent.keep"_t));
  body.add(R"(<div class="qr">{}</div>)", html::qr(page, view("consultation.sent.qr"_t)));
  const html::Fact facts[] = {
      {view("consultation.sent.at"_t), html::moment(view, note.at)},
      {view("consultation.line"_t), html::code(view.voice.number(note.index))},
      {view("consultation.sent.fingerprint"_t),
       fill(R"(<span class="hash" translate="no">{}</span>)", note.fingerprint)}};
  body += html::facts(facts, true);
  body.add(R"(<p><a href="{}">{}</a></p><p><a href="{}">{}</a></p>)", own_url(view, *code),
           view("consultation.sent.own"_t), Url::in(view, "/consultations"),
           view("consultation.sent.back"_t));
  return whole(view, "consultation.sent.title"_t, std::move(body), nullptr);
}

Result<http::Response> own_page(const http::Request& request, db::Read& read, Instant now) {
  const auto sheet = own_sheet(request, read, now);
  if (!sheet.ok()) return ask_page(request.view, request.path_text("code"), nullptr);
  return show(request, sheet.value(), sheet.value().comment.body, sheet.value().comment.wording,
              nullptr);
}

Result<http::Response> own_receipt(const http::Request& request, db::Read& read) {
  TRY(const Comment comment, held(request, read));
  const auto receipt = ledger::first_receipt_of(read, {"consultation_comment", comment.id.value},
                                                comment.code->text());
  if (!receipt) return none();
  return http::download(http::text(200, receipt->text()), comment.code->text() + ".tlog-proof");
}

Result<http::Pending> own_post(const http::Request& request,
                               db::Read& read,
                               Random& random,
                               Instant now) {
  const View& view = request.view;
  const std::string_view act = request.path_text("act");
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return none();
  const std::string page(own_url(view, *code).view());
  if (act == "open")
    return http::Pending::answer(people::open_own(
        request, {code->text(), own_url(view, *code), "consultation.error.code_or_secret"_t},
        [&](const people::Citizen& by) { return open_comment(read, by, *code).ok(); },
        [&](const Error& wrong) { return ask_page(view, code->text(), &wrong); }));
  if (act == "close")
    return http::Pending::answer(people::close_own(code->text(), Url::in(view, "/consultations")));
  if (act != "change" && act != "withdraw" && !is_answer_act(act)) return none();
  TRY(const OwnSheet sheet, own_sheet(request, read, now));
  CitizenAct doing{.citizen = *people::citizen_of(request),
                   .code = *code,
                   .salts = ledger::draw(random),
                   .now = now};
  if (is_answer_act(act))
    return about_answer(request, read, sheet, std::move(doing), draw_token(random));
  const std::string body(request.form.text("body")), wording(request.form.text("wording"));
  const bool withdraws = act == "withdraw";
  return http::Pending::commit(
      [doing = std::move(doing), body, wording, withdraws](db::Write& write) {
        return withdraws ? withdraw_comment(write, doing)
                         : change_comment(write, doing, body, wording);
      },
      [&request, sheet, body, wording, page](const Result<Comment>& done, std::string_view) {
        if (done.ok()) return http::see_other(page);
        if (done.error().kind == ErrorKind::invalid)
          return show(request, sheet, body, wording, &done.error());
        return http::error_response(request, done.error());
      });
}

}  // namespace ln::consultation
