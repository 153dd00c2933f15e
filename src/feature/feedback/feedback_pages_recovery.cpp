#include "feature/feedback/feedback_pages_recovery.h"

#include <string>

#include "base/text.h"
#include "core/notice/notice_destination.h"
#include "core/people/people_citizen_session.h"
#include "feature/feedback/feedback_actions_recovery.h"
#include "feature/feedback/feedback_invitation.h"
#include "feature/feedback/feedback_pages_case_parts.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::feedback {
namespace {

using html::Fragment;
using html::Url;
using html::View;

http::Response sheet(
    const View& view, int status, std::string_view title, Fragment body, bool has_errors = false) {
  Fragment all = html::fill(R"(<h1 class="h-l">{}</h1>)", title);
  all += std::move(body);
  return http::page(
             status,
             html::page(view, {.title = title,
                               .body = html::columns({.body = std::move(all), .is_narrow = true}),
                               .has_errors = has_errors,
                               .is_unlisted = true}))
      .with_header("Cache-Control", "no-store");
}

http::Response link_is_over(const View& view) {
  Fragment body = html::fill(R"(<p class="lead">{}</p><p><a href="{}">{}</a></p>)",
                             view("feedback.error.link_over"_t), Url::in(view, "/recover"),
                             view("feedback.recover.title"_t));
  return sheet(view, 404, view("feedback.recover.over"_t), std::move(body));
}

std::string drawn_token(Random& random) { return to_hex(random.bytes<link_token_size / 2>()); }

http::Response recover_sheet(const http::Request& request, const Error* error) {
  const View& view = request.view;
  Fragment fields = html::input(view, {.name = "code",
                                       .label = {view("feedback.find.code"_t)},
                                       .hint = view("feedback.recover.code_hint"_t),
                                       .error = html::error_for(view, error, "code"),
                                       .value = first_chars(request.form.text("code"), 50),
                                       .width = 20,
                                       .autocomplete = "off",
                                       .autocapitalize = "characters",
                                       .spellcheck = false,
                                       .more_class = "code-input"});
  fields += html::input(view, {.name = "contact",
                               .label = {view("feedback.recover.contact"_t)},
                               .hint = view("feedback.recover.contact_hint"_t),
                               .error = html::error_for(view, error, "contact"),
                               .value = first_chars(request.form.text("contact"), 200),
                               .width = 30});
  fields += html::button({.text = view("feedback.recover.send"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<p class="lead">{}</p><ul><li>{}</li><li>{}</li><li>{}</li></ul>)",
           view("feedback.recover.lead"_t), view("feedback.recover.only_confirmed"_t),
           view("feedback.recover.never_protected"_t), view("feedback.recover.earlier_stops"_t));
  body += html::form(view, {.action = Url::in(view, "/recover"), .body = std::move(fields)});
  return sheet(view, error == nullptr ? 200 : 422, view("feedback.recover.title"_t),
               std::move(body), error != nullptr);
}

http::Response secret_sheet(const View& view, const Code& code, const std::string& secret) {
  Fragment body = html::fill(
      R"(<div class="done"><div><p>{}</p><p class="ref" id="code" translate="no">{}</p>)"
      R"(<p>{}</p><p class="secret" id="secret" translate="no">{}</p><p>{}</p></div></div>)",
      view("feedback.sent.code"_t), code.shown(), view("feedback.sent.secret"_t),
      people::shown_secret(secret), view("feedback.recover.keep"_t));
  body.add(
      R"(<div class="actions">{}</div>)",
      html::link_button(Url::in(view, "/feedback/", code.text()),
                        {.text = view("feedback.sent.follow"_t), .icon_after = "arrow-right"}));
  return people::remember_secret(sheet(view, 200, view("feedback.recover.done"_t), std::move(body)),
                                 code.text(), secret);
}

http::Response confirm_sheet(const http::Request& request,
                             const Code& code,
                             bool is_holder,
                             const Error* error) {
  const View& view = request.view;
  Fragment fields;
  if (!is_holder)
    fields += html::input(view, {.name = "secret",
                                 .label = {view("feedback.find.secret"_t)},
                                 .hint = view("feedback.find.secret_hint"_t),
                                 .error = html::error_for(view, error, "secret"),
                                 .width = 30,
                                 .autocomplete = "off",
                                 .autocapitalize = "characters",
                                 .spellcheck = false,
                                 .more_class = "code-input"});
  fields += html::button({.text = view("feedback.confirm.send"_t), .once = true});
  Fragment body = html::error_summary(view, error);
  body.add(R"(<p class="lead">{}</p><p>{}</p>)",
           view.voice("feedback.confirm.lead"_t, {{"code", code.shown()}}),
           view("feedback.confirm.stranger"_t));
  body += html::form(
      view, {.action = Url::in(view, "/confirm/", code.text(), "/", request.path_text("token")),
             .body = std::move(fields)});
  return sheet(view, error == nullptr ? 200 : 422, view("feedback.confirm.title"_t),
               std::move(body), error != nullptr);
}

CitizenAct act_of(people::Citizen citizen, const Code& code, Random& random, Instant now) {
  return {.citizen = std::move(citizen),
          .code = code,
          .salts = ledger::draw(random),
          .now = now,
          .text = {}};
}

}  // namespace

Result<http::Response> recover_page(const http::Request& request) {
  return recover_sheet(request, nullptr);
}

Result<http::Pending> recover_post(const http::Request& request, Random& random, Instant now) {
  const std::string code(request.form.text("code")), contact(request.form.text("contact"));
  FieldErrors errors;
  if (!Code::parse(code)) errors.add("code", "feedback.error.code_form"_t);
  if (!notice::destination_of(contact)) errors.add("contact", "feedback.error.contact_form"_t);
  if (!errors.empty()) {
    const Error error = errors.take();
    return http::Pending::answer(recover_sheet(request, &error));
  }
  return http::Pending::commit(
      [code, contact, now, token = drawn_token(random)](db::Write& write) -> Result<Done> {
        ask_to_recover(write, code, contact, token, now);
        return Done{};
      },
      [&request](const Result<Done>&, std::string_view) {
        const View& view = request.view;
        return sheet(
            view, 200, view("feedback.recover.asked"_t),
            html::fill(R"(<p class="lead">{}</p><p>{}</p>)", view("feedback.recover.asked_text"_t),
                       view("feedback.recover.asked_none"_t)));
      });
}

Result<http::Response> new_secret_page(const http::Request& request, db::Read& read, Instant now) {
  const View& view = request.view;
  const auto feedback = recoverable(read, request.path_text("token"), now);
  if (!feedback.ok()) return link_is_over(view);
  Fragment body =
      html::fill(R"(<p class="lead">{}</p><p>{}</p>)",
                 view.voice("feedback.recover.for"_t, {{"code", feedback.value().code.shown()}}),
                 view("feedback.recover.earlier_stops"_t));
  body += html::form(view, {.action = Url::in(view, "/recover/", request.path_text("token")),
                            .body = html::button({.text = view("feedback.recover.make"_t),
                                                  .icon_before = "key-round",
                                                  .once = true})});
  return sheet(view, 200, view("feedback.recover.title"_t), std::move(body));
}

Result<http::Pending> new_secret_post(const http::Request& request,
                                      db::Read& read,
                                      Random& random,
                                      Instant now) {
  const std::string token(request.path_text("token"));
  if (!recoverable(read, token, now).ok()) return http::Pending::answer(link_is_over(request.view));
  const std::string secret = draw_secret(random);
  return http::Pending::commit(
      [token, fresh = people::Citizen(secret).key().public_key(), salts = ledger::draw(random),
       now](db::Write& write) { return recover(write, token, fresh, salts, now); },
      [&request, secret](const Result<Feedback>& done, std::string_view) {
        if (done.ok()) return secret_sheet(request.view, done.value().code, secret);
        if (done.error().kind == ErrorKind::not_found) return link_is_over(request.view);
        return http::error_response(request, done.error());
      });
}

Result<http::Pending> confirm_ask_post(const http::Request& request, Random& random, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  auto citizen = code ? people::citizen_of(request, code->text()) : std::nullopt;
  if (!citizen) return Error{ErrorKind::not_found, "feedback.error.code_or_secret"_t};
  return http::Pending::commit(
      [act = act_of(*std::move(citizen), *code, random, now),
       token = drawn_token(random)](db::Write& write) { return ask_to_confirm(write, act, token); },
      [&request, code = *code](const Result<Done>& done, std::string_view) {
        const View& view = request.view;
        if (!done.ok()) return http::error_response(request, done.error());
        return sheet(
            view, 200, view("feedback.confirm.asked"_t),
            html::fill(R"(<p class="lead">{}</p><p><a href="{}">{}</a></p>)",
                       view("feedback.confirm.asked_text"_t),
                       Url::in(view, "/feedback/", code.text()), view("feedback.sent.follow"_t)));
      });
}

Result<http::Response> confirm_page(const http::Request& request, db::Read& read) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code || request.path_text("token").size() != link_token_size)
    return link_is_over(request.view);
  const auto citizen = people::citizen_of(request, code->text());
  return confirm_sheet(request, *code, citizen && open(read, *citizen, *code).ok(), nullptr);
}

Result<http::Pending> confirm_post(const http::Request& request, Random& random, Instant now) {
  const auto code = Code::parse(request.path_text("code"));
  if (!code) return http::Pending::answer(link_is_over(request.view));
  const std::string_view typed = trimmed(request.form.text("secret"));
  auto citizen = typed.empty() ? people::citizen_of(request, code->text())
                               : std::optional(people::Citizen(people::plain_secret(typed)));
  const Error wrong{ErrorKind::invalid,
                    "feedback.error.code_or_secret"_t,
                    {{"secret", "feedback.error.code_or_secret"_t}}};
  if (!citizen) return http::Pending::answer(confirm_sheet(request, *code, false, &wrong));
  return http::Pending::commit(
      [act = act_of(*std::move(citizen), *code, random, now),
       token = std::string(request.path_text("token"))](db::Write& write) {
        return confirm_contact(write, act, token);
      },
      [&request, code = *code, wrong](const Result<Done>& done, std::string_view) {
        const View& view = request.view;
        if (!done.ok() && done.error().kind != ErrorKind::not_found)
          return http::error_response(request, done.error());
        if (!done.ok() && done.error().text.name() == "feedback.error.link_over")
          return link_is_over(view);
        if (!done.ok()) return confirm_sheet(request, code, false, &wrong);
        return sheet(
            view, 200, view("feedback.confirm.done"_t),
            html::fill(R"(<p class="lead">{}</p><p><a href="{}">{}</a></p>)",
                       view("feedback.confirm.done_text"_t),
                       Url::in(view, "/feedback/", code.text()), view("feedback.sent.follow"_t)));
      });
}

Fragment confirm_part(const View& view, const CaseShown& shown) {
  if (!shown.can_confirm_contact) return {};
  if (shown.is_contact_confirmed)
    return html::fill("<p>{}</p>", view("feedback.confirm.is_confirmed"_t));
  Fragment out = html::fill("<p>{}</p>", view("feedback.confirm.offer"_t));
  out += html::form(
      view, {.action = Url::in(view, "/feedback/", shown.feedback.code.text(), "/confirm-contact"),
             .body = html::button({.text = view("feedback.confirm.ask"_t),
                                   .kind = html::ButtonKind::secondary,
                                   .once = true})});
  return out;
}

}  // namespace ln::feedback
