#include "core/settings/settings_pages_people.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_pages.h"
#include "core/people/people_password.h"
#include "core/people/people_store_link.h"
#include "core/people/people_store_list.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_actions_people.h"
#include "core/settings/settings_pages_parts.h"
#include "core/settings/settings_store_people.h"
#include "core/units/units_store.h"
#include "platform/html/charts.h"
#include "platform/html/parts.h"

namespace ln::settings {
namespace {

using html::Fragment;
using html::Url;
using html::View;

constexpr std::string_view list_path = "/staff/administration/people";
constexpr std::int64_t people_per_page = 50;

Error people_city_only() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

// "Xử lý – Phường Ba Đình" of each role, and in a form the mark by which it is kept.
std::string role_text(const View& view, db::Read& read, const RolePlace& place) {
  const auto unit = units::find(read, place.unit, place.unit_from);
  return std::string(view(people::name_of(place.role))) + " – " +
         (unit ? unit->name : std::string()) + " (" + place.unit + ")";
}

std::string mark_of(const RolePlace& place) {
  return std::string(people::to_text(place.role)) + "/" + place.unit + "/" +
         to_iso(place.unit_from);
}

Fragment state_badge(const View& view, bool is_open) {
  return is_open ? html::badge(html::Tone::ok, "check", view("settings.person.open"_t))
                 : html::badge(html::Tone::plain, "minus", view("settings.person.closed"_t));
}

Fragment role_options(const Filled& form, bool may_be_none) {
  const View& view = form.view;
  html::Select select{.name = "role",
                      .label = {view("settings.person.role"_t)},
                      .error = html::error_for(view, form.error, "role"),
                      .value = form.typed.text("role")};
  if (may_be_none) select.options.push_back({"", view("settings.person.no_more_role"_t)});
  for (const people::Role each : people::roles)
    select.options.push_back({people::to_text(each), view(people::name_of(each))});
  Fragment fields = html::select(view, select);
  fields += form.line("unit", "settings.person.unit"_t, {}, 10);
  return fields;
}

// Shown once, after it has been stored: only its hash is kept.
std::string link_shown_html(const View& view, std::string_view login, const std::string& token) {
  Fragment body;
  body.add(R"(<h1 class="h-l">{}</h1>)", view("settings.person.link_title"_t));
  Fragment inside = html::fill("<p>{}</p>", view("settings.person.link_once"_t));
  const html::Fact facts[] = {
      {view("people.sign_in.login"_t), html::code(login)},
      {view("settings.person.link"_t),
       html::code(view.site->base_url + "/staff/password/" + token)},
  };
  inside += html::facts(facts);
  body += html::note({.kind = html::NoteKind::warn, .body = std::move(inside), .is_status = true});
  body.add(R"(<p><a href="{}">{}</a></p>)", Url::in(view, list_path), view("settings.people"_t));
  return frame(view, view("settings.person.link_title"_t), std::move(body), false, true);
}

// A password that nobody knows, and the token of the link by which one is set.
LinkMade make_link(Random& random, const std::string& cost_like) {
  return {.password_hash = people::hash_password(people::make_password(random), random,
                                                 people::cost_of(cost_like)),
          .token = to_hex(random.bytes<people::password_token_size / 2>())};
}

Fragment people_table(const View& view,
                      db::Read& read,
                      const std::vector<people::Account>& accounts) {
  const html::Column columns[] = {{view("people.sign_in.login"_t)},
                                  {view("settings.person.name"_t)},
                                  {view("settings.person.roles"_t)},
                                  {view("settings.state"_t)}};
  Fragment rows;
  for (const people::Account& each : accounts) {
    const auto setting = account_setting(read, each.login);
    Fragment row, roles;
    for (const RolePlace& place : setting->roles)
      roles.add("<li>{}</li>", role_text(view, read, place));
    html::add_head_cell(row, html::fill(R"(<a href="{}">{}</a>)",
                                        Url::in(view, "/staff/administration/people/",
                                                std::to_string(each.id.value)),
                                        each.login));
    html::add_cell(row, columns[1], html::fill(R"(<span lang="vi">{}</span>)", each.name));
    html::add_cell(row, columns[2],
                   roles.empty() ? html::fill("{}", view("settings.person.no_role"_t))
                                 : html::fill(R"(<ul lang="vi">{}</ul>)", roles));
    html::add_cell(row, columns[3], state_badge(view, setting->is_open));
    rows.add("<tr>{}</tr>", row);
  }
  return html::table(
      {.caption = view("settings.people"_t), .columns = columns, .rows = std::move(rows)});
}

std::string new_person_html(const Filled& form) {
  const View& view = form.view;
  Fragment body = html::back_link(view, Url::in(view, list_path));
  body += html::error_summary(view, form.error);
  body.add(R"(<h1 class="h-l">{}</h1><p>{}</p>)", view("settings.person.new"_t),
           view("settings.person.new_lead"_t));
  Fragment fields =
      form.line("login", "people.sign_in.login"_t, "settings.person.login_hint"_t, 20);
  fields += form.line("name", "settings.person.name"_t);
  html::Select language{.name = "language",
                        .label = {view("people.account.language"_t)},
                        .value = form.typed.text("language")};
  language.options = {{"vi", "Tiếng Việt"}, {"en", "English"}};
  fields += html::select(view, language);
  fields += role_options(form, false);
  fields += form.reason();
  fields += html::button({.text = view("settings.person.make"_t), .once = true});
  body += html::form(view, {.action = Url::in(view, "/staff/administration/people/new"),
                            .body = std::move(fields)});
  return frame(view, view("settings.person.new"_t), std::move(body), form.error != nullptr);
}

// What the page of one account shows beside the form, read while reading is possible.
struct PersonShown {
  people::Account account;
  AccountSetting setting{};
  std::vector<std::pair<std::string, std::string>> roles{};  // mark, text
  std::int64_t sessions = 0;
  bool is_own = false;
};

PersonShown shown_person(const View& view,
                         db::Read& read,
                         const people::Administrator& administrator,
                         const people::Account& account,
                         Instant now) {
  PersonShown shown{.account = account,
                    .setting = account_setting(read, account.login).value(),
                    .sessions = people::count_sessions(read, account.id, now),
                    .is_own = account.id == administrator.id()};
  for (const RolePlace& each : shown.setting.roles)
    shown.roles.emplace_back(mark_of(each), role_text(view, read, each));
  return shown;
}

Fragment person_form(const Filled& form, const PersonShown& shown) {
  const View& view = form.view;
  Fragment fields = html::hidden("seen", value_of(shown.setting));
  if (!shown.roles.empty()) {
    html::Choices kept{.name = "keep",
                       .legend = {view("settings.person.roles"_t), html::Size::s},
                       .hint = view("settings.person.roles_hint"_t)};
    for (const auto& [mark, text] : shown.roles)
      kept.choices.push_back({.value = mark, .text = text});
    kept.values = form.typed.all("keep");
    fields += html::checkboxes(view, kept);
  }
  Fragment more = role_options(form, true);
  fields += html::fieldset(view, {.legend = {view("settings.person.add_role"_t), html::Size::s},
                                  .body = std::move(more)});
  fields += form.reason();
  const auto button = [&](std::string_view act, TextKey text, html::ButtonKind kind) {
    return html::button(
        {.text = view(text), .kind = kind, .name = "do", .value = act, .once = true});
  };
  Fragment buttons = button("roles", "settings.person.save"_t, html::ButtonKind::primary);
  buttons += button("password", "settings.person.reset"_t, html::ButtonKind::secondary);
  if (shown.sessions > 0)
    buttons += button("sessions", "settings.person.sign_out"_t, html::ButtonKind::secondary);
  buttons += shown.setting.is_open
                 ? button("close", "settings.person.close"_t, html::ButtonKind::warning)
                 : button("open", "settings.person.reopen"_t, html::ButtonKind::secondary);
  fields.add(R"(<p class="small">{}</p><div class="actions">{}</div>)",
             view("settings.person.acts_hint"_t), buttons);
  return html::form(view, {.action = Url::in(view, "/staff/administration/people/",
                                             std::to_string(shown.account.id.value)),
                           .body = std::move(fields)});
}

std::string person_html(const Filled& form, const PersonShown& shown) {
  const View& view = form.view;
  Fragment body = html::back_link(view, Url::in(view, list_path));
  body += html::error_summary(view, form.error);
  body.add(R"(<h1 class="h-l" lang="vi">{}</h1><p class="row">{} {}</p><p>{}</p>)",
           shown.account.name, html::code(shown.account.login),
           state_badge(view, shown.setting.is_open),
           view.voice.counted("settings.person.sessions"_t, shown.sessions));
  if (!shown.is_own) {
    body += person_form(form, shown);
  } else {
    Fragment roles;
    for (const auto& [mark, text] : shown.roles) roles.add("<li>{}</li>", text);
    body.add(R"(<ul lang="vi">{}</ul>)", roles);
    body += html::note({.body = html::fill("<p>{}</p>", view("settings.error.own_account"_t))});
  }
  return frame(view, shown.account.name, std::move(body), form.error != nullptr);
}

// The roles that are kept and the one that is added; refuses (invalid) beside "role" and "unit".
Result<AccountSetting> setting_typed(db::Read& read,
                                     const http::Fields& form,
                                     const AccountSetting& before,
                                     Instant now) {
  AccountSetting after{.is_open = before.is_open};
  const auto kept = form.all("keep");
  for (const RolePlace& each : before.roles)
    if (std::ranges::find(kept, mark_of(each)) != kept.end()) after.roles.push_back(each);
  const std::string word = typed(form, "role"), code = typed(form, "unit");
  if (word.empty() && code.empty()) return after;
  const auto role = people::role_of(word);
  const auto unit = units::find_on(read, code, local_day(now));
  FieldErrors errors;
  if (!role) errors.add("role", "people.error.role"_t);
  if (!unit) errors.add("unit", "settings.error.unit"_t);
  if (!errors.empty()) return errors.take();
  after.roles.push_back({unit->code, unit->valid_from, *role});
  std::ranges::sort(after.roles);
  after.roles.erase(std::ranges::unique(after.roles).begin(), after.roles.end());
  return after;
}

std::string own_hash(db::Read& read, const people::Administrator& administrator) {
  const auto account = people::find_account(read, administrator.id());
  return account ? account->password_hash : std::string();
}

}  // namespace

Result<http::Response> people_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator,
                                   Instant now) {
  if (!may_change(administrator)) return people_city_only();
  const View view = people::view_of(request, administrator.staff());
  const std::string code = typed(request.query, "unit");
  const auto unit = units::find_on(read, code, local_day(now));
  const bool is_wrong = !code.empty() && !unit;
  Fragment body = html::back_link(view, Url::in(view, "/staff/administration"));
  if (request.query.has("done"))
    body += html::note({.kind = html::NoteKind::ok,
                        .body = html::fill("<p>{}</p>", view("settings.done"_t)),
                        .is_status = true});
  body.add(R"(<h1 class="h-l">{}</h1><p class="lead">{}</p><p>{}</p>)", view("settings.people"_t),
           view("settings.people_lead"_t),
           html::link_button(Url::in(view, "/staff/administration/people/new"),
                             {.text = view("settings.person.new"_t)}));
  Fragment filter =
      html::input(view, {.name = "unit",
                         .label = {view("settings.person.unit"_t)},
                         .hint = view("settings.person.filter_hint"_t),
                         .error = is_wrong ? view("settings.error.unit"_t) : std::string_view(),
                         .value = code,
                         .width = 10});
  filter +=
      html::button({.text = view("settings.person.filter"_t), .kind = html::ButtonKind::secondary});
  body += html::query_form({.action = Url::in(view, list_path),
                            .body = std::move(filter),
                            .label = view("settings.person.filter"_t)});
  if (unit) body.add(R"(<h2 class="h-m" lang="vi">{}</h2>)", unit->name);
  auto accounts = is_wrong
                      ? std::vector<people::Account>()
                      : people::search_accounts(read,
                                                {.unit_path = unit ? unit->path : std::string(),
                                                 .after = typed(request.query, "after")},
                                                people_per_page + 1);
  const bool has_more = std::ssize(accounts) > people_per_page;
  if (has_more) accounts.pop_back();
  if (accounts.empty())
    body.add("<p>{}</p>", view("settings.person.none"_t));
  else
    body += people_table(view, read, accounts);
  if (has_more)
    body += html::pager(
        view,
        {.next = Url::in(view, list_path).with("unit", code).with("after", accounts.back().login)});
  return http::page(200, frame(view, view("settings.people"_t), std::move(body)));
}

Result<http::Response> new_person_page(const http::Request& request,
                                       people::Administrator administrator) {
  if (!may_change(administrator)) return people_city_only();
  const View view = people::view_of(request, administrator.staff());
  return http::page(200, new_person_html({view, request.query}));
}

Result<http::Pending> new_person_post(const http::Request& request,
                                      db::Read& read,
                                      people::Administrator administrator,
                                      Random& random,
                                      Instant now) {
  if (!may_change(administrator)) return people_city_only();
  const View view = people::view_of(request, administrator.staff());
  NewStaff staff{.login = people::to_login(request.form.text("login")),
                 .name = typed(request.form, "name"),
                 .language = typed(request.form, "language"),
                 .role = typed(request.form, "role"),
                 .unit = typed(request.form, "unit"),
                 .reason = typed(request.form, "reason")};
  if (const auto fine = check_staff(read, staff, now); !fine.ok())
    return http::Pending::answer(
        http::page(422, new_person_html({view, request.form, &fine.error()})));
  const LinkMade made = make_link(random, own_hash(read, administrator));
  staff.password_hash = made.password_hash;
  staff.token = made.token;
  return http::Pending::commit(
      [=](db::Write& write) { return add_staff(write, administrator, staff, now); },
      [&request, administrator, token = made.token, login = staff.login](
          const Result<std::int64_t>& done, std::string_view) {
        const View shown = people::view_of(request, administrator.staff());
        if (!done.ok())
          return http::page(status_of_form(done.error()),
                            new_person_html({shown, request.form, &done.error()}));
        return http::page(200, link_shown_html(shown, login, token));
      });
}

Result<http::Response> person_page(const http::Request& request,
                                   db::Read& read,
                                   people::Administrator administrator,
                                   Instant now) {
  if (!may_change(administrator)) return people_city_only();
  const View view = people::view_of(request, administrator.staff());
  const auto account = people::find_account(read, people::AccountId{request.path_number("number")});
  if (!account) return Error{ErrorKind::not_found, "settings.error.no_person"_t};
  const PersonShown shown = shown_person(view, read, administrator, *account, now);
  http::Fields fields;
  for (const auto& [mark, text] : shown.roles) fields.add("keep", mark);
  return http::page(200, person_html({view, fields}, shown));
}

Result<http::Pending> person_post(const http::Request& request,
                                  db::Read& read,
                                  people::Administrator administrator,
                                  Random& random,
                                  Instant now) {
  if (!may_change(administrator)) return people_city_only();
  const View view = people::view_of(request, administrator.staff());
  const auto account = people::find_account(read, people::AccountId{request.path_number("number")});
  if (!account) return Error{ErrorKind::not_found, "settings.error.no_person"_t};
  if (account->id == administrator.id())
    return Error{ErrorKind::forbidden, "settings.error.own_account"_t};
  const PersonShown shown = shown_person(view, read, administrator, *account, now);
  const std::string act(request.form.text("do"));
  StaffChange change{.login = account->login,
                     .setting = shown.setting,
                     .seen = std::string(request.form.text("seen")),
                     .reason = typed(request.form, "reason")};
  LinkMade made;
  if (act == "close" || act == "open") {
    change.setting.is_open = act == "open";
  } else if (act == "password") {
    made = make_link(random, account->password_hash);
  } else if (act == "roles") {
    auto wanted = setting_typed(read, request.form, shown.setting, now);
    if (!wanted.ok())
      return http::Pending::answer(
          http::page(422, person_html({view, request.form, &wanted.error()}, shown)));
    change.setting = std::move(wanted).value();
  } else if (act != "sessions") {
    return Error{ErrorKind::invalid, "settings.error.no_change"_t};
  }
  const std::string back(Url::in(view, list_path).with("done", "1").view());
  return http::Pending::commit(
      [=](db::Write& write) {
        const StaffAct of{change.login, change.reason};
        if (act == "password") return send_staff_link(write, administrator, of, made, now);
        if (act == "sessions") return end_staff_sessions(write, administrator, of, now);
        return change_staff(write, administrator, change, now);
      },
      [&request, administrator, shown, token = made.token, back](const Result<std::int64_t>& done,
                                                                 std::string_view) {
        const View again = people::view_of(request, administrator.staff());
        if (!done.ok())
          return http::page(status_of_form(done.error()),
                            person_html({again, request.form, &done.error()}, shown));
        if (token.empty()) return http::see_other(back);
        return http::page(200, link_shown_html(again, shown.account.login, token));
      });
}

}  // namespace ln::settings
