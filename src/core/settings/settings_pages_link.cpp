#include "core/settings/settings_pages_link.h"

#include "core/people/people_password.h"
#include "core/people/people_store_link.h"
#include "core/settings/settings_actions_people.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::settings {
namespace {

using html::Fragment;
using html::Url;
using html::View;

Error no_link() { return {ErrorKind::not_found, "settings.error.no_link"_t}; }

std::string link_frame(const View& view, Fragment body, bool has_errors, bool is_once = false) {
  return html::page(view, {.title = view("settings.link.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = has_errors,
                           .is_unlisted = true,
                           .is_once = is_once});
}

std::string link_html(const View& view,
                      std::string_view token,
                      const people::Account& account,
                      const Error* error) {
  Fragment body = html::error_summary(view, error);
  body.add(R"(<h1>{}</h1><p><span lang="vi">{}</span> · {}</p><p>{}</p>)",
           view("settings.link.title"_t), account.name, html::code(account.login),
           view("people.account.password_hint"_t));
  const auto field = [&](std::string_view name, TextKey text) {
    return html::input(view, {.name = name,
                              .label = {view(text)},
                              .error = html::error_for(view, error, name),
                              .type = "password",
                              .width = 20,
                              .autocomplete = "new-password"});
  };
  Fragment fields = field("new", "people.account.new"_t);
  fields += field("again", "people.account.again"_t);
  fields += html::button({.text = view("settings.link.set"_t), .once = true});
  body += html::form(
      view, {.action = Url::in(view, "/staff/password/", token), .body = std::move(fields)});
  return link_frame(view, std::move(body), error != nullptr);
}

std::string done_html(const View& view) {
  Fragment body = html::fill("<h1>{}</h1>", view("settings.link.title"_t));
  body += html::note({.kind = html::NoteKind::ok,
                      .body = html::fill("<p>{}</p>", view("settings.link.done"_t)),
                      .is_status = true});
  body +=
      html::link_button(Url::in(view, "/staff/sign-in"), {.text = view("people.sign_in.title"_t)});
  return link_frame(view, std::move(body), false, true);
}

// Whose link it is; null for every token that opens nothing.
std::optional<people::Account> account_of_link(db::Read& read,
                                               std::string_view token,
                                               Instant now) {
  const auto link = people::find_link(read, token, now);
  return link ? people::find_account(read, link->account) : std::nullopt;
}

}  // namespace

Result<http::Response> link_page(const http::Request& request, db::Read& read, Instant now) {
  const std::string_view token = request.path_text("token");
  const auto account = account_of_link(read, token, now);
  if (!account) return no_link();
  return http::page(200, link_html(request.view, token, *account, nullptr));
}

Result<http::Pending> link_post(const http::Request& request,
                                db::Read& read,
                                Random& random,
                                Instant now) {
  const std::string token(request.path_text("token"));
  const auto account = account_of_link(read, token, now);
  if (!account) return no_link();
  const std::string_view wanted = request.form.text("new");
  FieldErrors errors;
  if (const TextKey wrong = people::wrong_with_password(wanted, account->login); !wrong.is_none())
    errors.add("new", wrong);
  else if (wanted != request.form.text("again"))
    errors.add("again", "people.error.password_differs"_t);
  if (!errors.empty()) {
    const Error error = errors.take();
    return http::Pending::answer(http::page(422, link_html(request.view, token, *account, &error)));
  }
  const std::string hash =
      people::hash_password(wanted, random, people::cost_of(account->password_hash));
  return http::Pending::commit(
      [token, hash, now](db::Write& write) { return use_link(write, token, hash, now); },
      [&request](const Result<std::int64_t>& done, std::string_view) {
        if (!done.ok()) return http::error_response(request, done.error());
        return http::page(200, done_html(request.view));
      });
}

}  // namespace ln::settings
