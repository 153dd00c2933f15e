#include "core/people/people_pages.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/people/people_actions.h"
#include "core/people/people_password.h"
#include "core/units/units_store.h"
#include "platform/html/fill.h"
#include "platform/html/forms.h"
#include "platform/html/layout.h"
#include "platform/html/parts.h"

namespace ln::people {
namespace {

using html::Fragment;
using html::Url;

constexpr std::string_view home = "/staff";
constexpr std::size_t next_size_max = 500;

// Where to go after signing in: a path of this site, or the home of staff for anything else, lest
// a link to our sign-in lead to somebody else's page that asks for the password again.
std::string next_of(std::string_view wanted) {
  const bool is_plain = std::ranges::all_of(
      wanted, [](char c) { return c > 0x20 && c < 0x7F && c != '\\' && c != '"'; });
  const bool is_ours = Url::is_path(wanted) && is_plain && wanted.size() <= next_size_max &&
                       !wanted.starts_with("/staff/sign-");
  return std::string(is_ours ? wanted : home);
}

// Who leads begins at what is overdue, where trust is falling and what was promised; the queue is
// one link further. Where somebody asked for a page, there.
std::string begin_of(const std::string& next, bool is_head) {
  if (is_head && (next == home || next == "/en" + std::string(home))) return next + "/desk";
  return next;
}

// The path in the language the account prefers, unless the reader has chosen English already.
std::string in_language(const std::string& path, std::string_view language) {
  const bool has_prefix = path == "/en" || path.starts_with("/en/");
  return language == "en" && !has_prefix ? "/en" + path : path;
}

// What is wrong with the sign-in form: nothing, or a sentence already spoken.
std::string sign_in_form(const html::View& view,
                         std::string_view next,
                         std::string_view login,
                         std::string_view wrong) {
  Fragment body;
  if (!wrong.empty()) body += html::error_summary(view, {.errors = {{wrong, "login"}}});
  body.add("<h1>{}</h1><p>{}</p>", view("people.sign_in.title"_t), view("people.sign_in.who"_t));
  Fragment fields;
  fields += html::hidden("next", next);
  fields += html::input(view, {.name = "login",
                               .label = {view("people.sign_in.login"_t)},
                               .error = wrong,
                               .value = login,
                               .width = 20,
                               .autocomplete = "username",
                               .autocapitalize = "none",
                               .spellcheck = false});
  fields += html::input(view, {.name = "password",
                               .label = {view("people.sign_in.password"_t)},
                               .type = "password",
                               .width = 20,
                               .autocomplete = "current-password"});
  fields += html::button({.text = view("people.sign_in.send"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/sign-in"), .body = std::move(fields)});
  body.add("<p>{}</p>", view("people.sign_in.forgotten"_t));
  return html::page(view, {.title = view("people.sign_in.title"_t),
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .has_errors = !wrong.empty(),
                           .is_unlisted = true});
}

// What to tell about a sign-in that did not work.
std::string spoken(const html::View& view, const SignInOutcome& outcome) {
  if (outcome.kind != SignInOutcome::Kind::locked)
    return std::string(view("people.sign_in.wrong"_t));
  return view.voice("people.sign_in.locked"_t,
                    {{"time", view.voice.moment(outcome.locked_until.value())}});
}

// The present password is guessed at no cheaper here than at the door: failures count alike.
Result<SignInOutcome> finish_change(db::Write& write,
                                    const Staff& staff,
                                    const SignInCheck& check,
                                    std::string_view new_hash,
                                    std::string_view token,
                                    Instant now) {
  if (!check.is_right) return finish_sign_in(write, check, now);
  TRY(const Done changed, change_password(write, staff, check.password_hash, new_hash, token));
  static_cast<void>(changed);
  return SignInOutcome{SignInOutcome::Kind::signed_in, std::nullopt, {}};
}

Fragment password_form(const html::View& view, const Error* error, std::string_view wrong_present) {
  const auto field = [&](std::string_view name, TextKey text, std::string_view wrong,
                         std::string_view autocomplete) {
    return html::input(view, {.name = name,
                              .label = {view(text)},
                              .error = wrong,
                              .type = "password",
                              .width = 20,
                              .autocomplete = autocomplete});
  };
  Fragment fields;
  fields += field("present", "people.account.present"_t,
                  wrong_present.empty() ? html::error_for(view, error, "present") : wrong_present,
                  "current-password");
  fields +=
      field("new", "people.account.new"_t, html::error_for(view, error, "new"), "new-password");
  fields += field("again", "people.account.again"_t, html::error_for(view, error, "again"),
                  "new-password");
  fields += html::button({.text = view("people.account.change"_t), .once = true});
  return html::form(
      view, {.action = Url::in(view, "/staff/account/password"), .body = std::move(fields)});
}

Fragment language_form(const html::View& view, const Staff& staff) {
  Fragment fields = html::radios(
      view, {.name = "language",
             .legend = {view("people.account.language"_t)},
             .choices = {{.value = "vi", .text = "Tiếng Việt"}, {.value = "en", .text = "English"}},
             .values = {staff.language()},
             .arrangement = html::Arrangement::in_line});
  fields +=
      html::button({.text = view("people.account.save"_t), .kind = html::ButtonKind::secondary});
  return html::form(
      view, {.action = Url::in(view, "/staff/account/language"), .body = std::move(fields)});
}

// A role and the place it holds for: "Xử lý – Phường Ba Đình".
Fragment role_list(const html::View& view, db::Read& read, const Staff& staff) {
  if (staff.grants().empty()) return html::fill("<p>{}</p>", view("people.account.no_role"_t));
  return html::fill("<ul>{}</ul>", [&](Fragment& list) {
    for (const Grant& grant : staff.grants()) {
      const auto unit = units::find(read, grant.unit);
      list.add(R"(<li>{} – <span lang="vi">{}</span></li>)", view(name_of(grant.role)),
               unit ? unit->name : std::string());
    }
  });
}

// The account page, with what was just saved or what is wrong.
struct AccountPage {
  Fragment roles = {};
  std::string_view saved = {};
  const Error* error = nullptr;
  std::string_view wrong_present = {};  // already spoken
};
std::string account_html(const html::View& view, const Staff& staff, const AccountPage& with) {
  Fragment body;
  if (!with.wrong_present.empty())
    body += html::error_summary(view, {.errors = {{with.wrong_present, "present"}}});
  else
    body += html::error_summary(view, with.error);
  if (with.saved == "password" || with.saved == "language")
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("people.account.saved"_t)),
                        .is_status = true});
  body.add("<h1>{}</h1><p>{} · {}</p>", view("people.account.title"_t), staff.name(),
           html::code(staff.login()));
  body.add("<h2>{}</h2>{}", view("people.account.roles"_t), with.roles);
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, "/staff/notices"),
           view("people.account.notices"_t));
  body.add("<h2>{}</h2><p>{}</p>{}", view("people.account.password"_t),
           view("people.account.password_hint"_t),
           password_form(view, with.error, with.wrong_present));
  body.add("<h2>{}</h2>{}", view("people.account.language"_t), language_form(view, staff));
  body += html::form(view, {.action = Url::in(view, "/staff/sign-out"),
                            .body = html::button({.text = view("people.sign_out"_t),
                                                  .kind = html::ButtonKind::secondary})});
  const bool has_errors = with.error != nullptr || !with.wrong_present.empty();
  return html::page(view, {.title = view("people.account.title"_t),
                           .here = "/staff/account",
                           .body = html::columns({.body = std::move(body), .is_narrow = true}),
                           .is_staff = true,
                           .has_errors = has_errors,
                           .is_unlisted = true});
}

}  // namespace

TextKey name_of(Role role) {
  switch (role) {
    case Role::clerk: return "people.role.clerk"_t;
    case Role::triage: return "people.role.triage"_t;
    case Role::handler: return "people.role.handler"_t;
    case Role::head: return "people.role.head"_t;
    case Role::ombudsman: return "people.role.ombudsman"_t;
    case Role::supervisor: return "people.role.supervisor"_t;
    case Role::administrator: return "people.role.administrator"_t;
  }
  return {};
}

namespace {

// What the browser did without a session stays without one: its marks of visits, of votes and of
// tokens, and the secrets of what it sent, are forgotten when somebody signs in and out. Otherwise
// each request would bear a name and, beside it, what was sent without one (decision 46).
http::Response parted(const http::Request& request, http::Response response) {
  constexpr std::string_view marks[] = {"ln_visit", "ln_part", "ln_token_", "ln_case_"};
  for (const auto& [header, value] : request.headers) {
    if (header != "cookie") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view one = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t from = std::min(one.find_first_not_of(' '), one.size());
      const std::string name(one.substr(from, std::min(one.find('='), one.size()) - from));
      const bool is_mark =
          std::ranges::any_of(marks, [&](std::string_view mark) { return name.starts_with(mark); });
      const bool is_plain = std::ranges::all_of(name, [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
      });
      if (is_mark && is_plain) static_cast<void>(std::move(response).with_cookie(name, "", -1));
    }
  }
  return response;
}

}  // namespace

Result<http::Response> sign_in_page(const http::Request& request) {
  const std::string next = next_of(request.query.text("next"));
  return http::page(200, sign_in_form(request.view, next, {}, {}));
}

Result<http::Pending> sign_in(const http::Request& request,
                              db::Read& read,
                              Random& random,
                              Instant now) {
  const std::string next = next_of(request.form.text("next"));
  const std::string login(first_chars(request.form.text("login"), 100));
  const std::string_view password = request.form.text("password");
  if (login.empty() || password.empty() || count_chars(password) > password_chars_max) {
    const std::string wrong(request.view("people.sign_in.wrong"_t));
    return http::Pending::answer(http::page(422, sign_in_form(request.view, next, login, wrong)));
  }
  const SignInCheck check = check_sign_in(read, login, password, random, now);
  return http::Pending::commit(
      [check, now](db::Write& write) { return finish_sign_in(write, check, now); },
      [&request, check, next, login](const Result<SignInOutcome>& result, std::string_view) {
        if (!result.ok()) return http::error_response(request, result.error());
        const SignInOutcome& outcome = result.value();
        if (outcome.kind == SignInOutcome::Kind::signed_in)
          return parted(request, http::see_other(
                                     in_language(begin_of(next, outcome.is_head), outcome.language))
                                     .with_cookie(std::string(session_cookie), check.token));
        const int status = outcome.kind == SignInOutcome::Kind::locked ? 429 : 422;
        const std::string wrong = spoken(request.view, outcome);
        return http::page(status, sign_in_form(request.view, next, login, wrong));
      });
}

Result<http::Pending> sign_out_page(const http::Request& request) {
  const std::string token(request.cookie(session_cookie));
  return http::Pending::commit([token](db::Write& write) { return sign_out(write, token); },
                               [&request](const Result<Done>&, std::string_view) {
                                 return parted(request, http::see_other("/").with_cookie(
                                                            std::string(session_cookie), "", -1));
                               });
}

Result<http::Response> account_page(const http::Request& request, db::Read& read, Staff staff) {
  const html::View view = view_of(request, staff);
  return http::page(200, account_html(view, staff,
                                      {.roles = role_list(view, read, staff),
                                       .saved = request.query.text("saved")}));
}

Result<http::Pending> change_password_page(
    const http::Request& request, db::Read& read, Staff staff, Random& random, Instant now) {
  const std::string_view next = request.form.text("new");
  // Made now: what is wrong may be known only after the transaction, when nothing can be read.
  Fragment role_lines = role_list(request.view, read, staff);
  FieldErrors errors;
  if (request.form.text("present").empty()) errors.add("present", "people.error.present_empty"_t);
  if (const TextKey wrong = wrong_with_password(next, staff.login()); !wrong.is_none())
    errors.add("new", wrong);
  else if (next != request.form.text("again"))
    errors.add("again", "people.error.password_differs"_t);
  if (!errors.empty()) {
    const Error error = errors.take();
    return http::Pending::answer(
        http::page(422, account_html(view_of(request, staff), staff,
                                     {.roles = std::move(role_lines), .error = &error})));
  }
  const SignInCheck check =
      check_sign_in(read, staff.login(), request.form.text("present"), random, now);
  const std::string hash =
      check.is_right ? hash_password(next, random, cost_of(check.password_hash)) : std::string();
  const std::string token(request.cookie(session_cookie));
  return http::Pending::commit(
      [=](db::Write& write) { return finish_change(write, staff, check, hash, token, now); },
      [&request, staff, role_lines](const Result<SignInOutcome>& result, std::string_view) {
        if (!result.ok()) return http::error_response(request, result.error());
        const SignInOutcome& outcome = result.value();
        if (outcome.kind == SignInOutcome::Kind::signed_in)
          return http::see_other("/staff/account?saved=password");
        const html::View view = view_of(request, staff);
        const bool is_locked = outcome.kind == SignInOutcome::Kind::locked;
        const std::string wrong =
            is_locked ? spoken(view, outcome) : std::string(view("people.error.present_wrong"_t));
        return http::page(is_locked ? 429 : 422,
                          account_html(view, staff, {.roles = role_lines, .wrong_present = wrong}));
      });
}

Result<http::Pending> choose_language_page(const http::Request& request, Staff staff) {
  const std::string language(request.form.text("language"));
  return http::Pending::commit(
      [=](db::Write& write) { return choose_language(write, staff, language); },
      [&request, language](const Result<Done>& result, std::string_view) {
        if (!result.ok()) return http::error_response(request, result.error());
        return http::see_other(in_language("/staff/account?saved=language", language));
      });
}

}  // namespace ln::people
