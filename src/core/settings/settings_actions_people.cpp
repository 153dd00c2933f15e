#include "core/settings/settings_actions_people.h"

#include <algorithm>

#include "base/text.h"
#include "core/people/people_actions.h"
#include "core/people/people_store_link.h"
#include "core/people/people_store_list.h"
#include "core/settings/settings_actions.h"
#include "core/settings/settings_store_people.h"
#include "core/units/units_store.h"

namespace ln::settings {
namespace {

Error city_only() { return {ErrorKind::forbidden, "settings.error.city_only"_t}; }

Wish wish_for(std::string_view list, const std::string& login, Instant now) {
  return {.list = std::string(list), .code = account_code(login), .from = local_day(now)};
}

// Puts a value into force. Every value was made by value_of, and every unit in it is or was one.
void put_account(db::Write& write, const std::string& code, const std::string& value, Instant now) {
  const std::string login(login_of(code));
  const auto wanted = read_account_value(value);
  const auto account = people::find_account(write, login);
  const auto before = account_setting(write, login);
  if (!wanted.ok() || !account || !before)
    throw db::Failure("a change of an account cannot be applied");
  const auto unit_of = [&](const RolePlace& place) {
    const auto unit = units::find(write, place.unit, place.unit_from);
    if (!unit) throw db::Failure("a change of an account names no unit");
    return unit->id;
  };
  for (const RolePlace& each : before->roles)
    if (std::ranges::find(wanted.value().roles, each) == wanted.value().roles.end())
      people::revoke_role(write, account->id, each.role, unit_of(each), now);
  for (const RolePlace& each : wanted.value().roles)
    if (std::ranges::find(before->roles, each) == before->roles.end())
      people::insert_role(write, account->id, each.role, unit_of(each), now);
  if (wanted.value().is_open == before->is_open) return;
  people::set_disabled(write, account->id,
                       wanted.value().is_open ? std::nullopt : std::optional(now));
  people::remove_sessions(write, account->id, nullptr);
}

Apply apply_account(Instant now) {
  return [now](db::Write& write, const std::string& code, const std::string& value) {
    put_account(write, code, value, now);
  };
}

// Whose account it is, for somebody who may change it.
Result<people::Account> others_account(db::Read& read,
                                       const people::Administrator& administrator,
                                       std::string_view login) {
  if (!may_change(administrator)) return city_only();
  auto account = people::find_account(read, login);
  if (!account) return Error{ErrorKind::not_found, "settings.error.no_person"_t};
  if (account->id == administrator.id())
    return Error{ErrorKind::forbidden, "settings.error.own_account"_t};
  return *std::move(account);
}

bool administers_city(db::Read& read, const AccountSetting& setting) {
  return setting.is_open && std::ranges::any_of(setting.roles, [&](const RolePlace& each) {
           const auto unit = units::find(read, each.unit, each.unit_from);
           return each.role == people::Role::administrator && unit && units::is_top(unit->path);
         });
}

// Refuses when the city would be left without anybody to administer it.
Result<Done> check_one_is_left(db::Read& read,
                               const people::Account& account,
                               const AccountSetting& wanted) {
  const auto before = account_setting(read, account.login);
  const bool goes = before && administers_city(read, *before) && !administers_city(read, wanted);
  if (goes && people::count_city_administrators(read, account.id) == 0)
    return Error{ErrorKind::conflict, "settings.error.last_administrator"_t};
  return Done{};
}

std::string value_at(Instant now) { return R"({"at":")" + to_iso(now) + R"("})"; }

std::string value_by_owner(Instant now) {
  std::string value = value_at(now);
  value.pop_back();
  return value + std::string(set_by_owner);
}

void make_link(db::Write& write,
               people::AccountId account,
               const std::string& reason,
               const std::string& token,
               Instant now) {
  people::save_link(
      write, {.account = account, .reason = reason, .expires_at = now + people::link_good_for},
      people::hash_of(token));
}

}  // namespace

Result<Done> check_staff(db::Read& read, const NewStaff& staff, Instant now) {
  FieldErrors errors;
  if (const TextKey wrong = people::wrong_with_login(staff.login); !wrong.is_none())
    errors.add("login", wrong);
  else if (people::find_account(read, staff.login))
    errors.add("login", "people.error.login_taken"_t);
  if (!people::is_name(staff.name)) errors.add("name", "people.error.name"_t);
  if (staff.language != "vi" && staff.language != "en")
    errors.add("language", "people.error.language"_t);
  if (!people::role_of(staff.role)) errors.add("role", "people.error.role"_t);
  if (!units::find_on(read, staff.unit, local_day(now)))
    errors.add("unit", "settings.error.unit"_t);
  Wish wish = wish_for(account_list, staff.login, now);
  wish.after = "new";
  wish.reason = staff.reason;
  check(wish, now, errors);
  return errors.empty() ? Result<Done>(Done{}) : errors.take();
}

Result<std::int64_t> add_staff(db::Write& write,
                               const people::Administrator& administrator,
                               const NewStaff& staff,
                               Instant now) {
  if (!may_change(administrator)) return city_only();
  TRY([[maybe_unused]] const Done fine, check_staff(write, staff, now));
  const auto unit = units::find_on(write, staff.unit, local_day(now));
  const auto role = people::role_of(staff.role);
  const AccountSetting setting{.roles = {{unit->code, unit->valid_from, *role}}};
  Wish wish = wish_for(account_list, staff.login, now);
  wish.after = value_of(setting);
  wish.reason = staff.reason;
  const Apply make = [&](db::Write& w, const std::string& code, const std::string& value) {
    const auto made = people::insert(w, people::Account{.id = {},
                                                        .login = staff.login,
                                                        .name = staff.name,
                                                        .password_hash = staff.password_hash,
                                                        .language = staff.language,
                                                        .created_at = now,
                                                        .disabled_at = std::nullopt});
    put_account(w, code, value, now);
    make_link(w, made, staff.reason, staff.token, now);
  };
  return change(write, administrator, wish, make, now);
}

Result<std::int64_t> change_staff(db::Write& write,
                                  const people::Administrator& administrator,
                                  const StaffChange& change,
                                  Instant now) {
  TRY(const people::Account account, others_account(write, administrator, change.login));
  const auto before = account_setting(write, change.login);
  Wish wish = wish_for(account_list, change.login, now);
  wish.before = value_of(*before);
  wish.after = value_of(change.setting);
  wish.reason = change.reason;
  if (wish.before != change.seen)
    return Error{ErrorKind::conflict, "settings.error.changed_meanwhile"_t};
  FieldErrors errors;
  for (const RolePlace& each : change.setting.roles)
    if (!units::find(write, each.unit, each.unit_from)) errors.add("unit", "settings.error.unit"_t);
  check(wish, now, errors);
  if (!errors.empty()) return errors.take();
  TRY([[maybe_unused]] const Done left, check_one_is_left(write, account, change.setting));
  return settings::change(write, administrator, wish, apply_account(now), now);
}

Result<std::int64_t> send_staff_link(db::Write& write,
                                     const people::Administrator& administrator,
                                     const StaffAct& act,
                                     const LinkMade& made,
                                     Instant now) {
  TRY(const people::Account account, others_account(write, administrator, act.login));
  Wish wish = wish_for(password_list, act.login, now);
  wish.after = value_at(now);
  wish.reason = act.reason;
  const Apply set = [&](db::Write& w, const std::string&, const std::string&) {
    people::set_password(w, account.id, made.password_hash);
    people::remove_sessions(w, account.id, nullptr);
    people::remove_attempts(w, people::hash_of(account.login));
    make_link(w, account.id, act.reason, made.token, now);
  };
  return change(write, administrator, wish, set, now);
}

Result<std::int64_t> use_link(db::Write& write,
                              std::string_view token,
                              const std::string& password_hash,
                              Instant now) {
  const auto link = people::find_link(write, token, now);
  const auto account = link ? people::find_account(write, link->account) : std::nullopt;
  if (!account) return Error{ErrorKind::not_found, "settings.error.no_link"_t};
  Wish wish = wish_for(password_list, account->login, now);
  wish.after = value_by_owner(now);
  wish.reason = link->reason;
  TRY(const std::int64_t id, note(write, account->id, wish, now));
  people::set_password(write, account->id, password_hash);
  people::remove_sessions(write, account->id, nullptr);
  people::remove_attempts(write, people::hash_of(account->login));
  return id;
}

Result<std::int64_t> end_staff_sessions(db::Write& write,
                                        const people::Administrator& administrator,
                                        const StaffAct& act,
                                        Instant now) {
  TRY(const people::Account account, others_account(write, administrator, act.login));
  Wish wish = wish_for(sessions_list, act.login, now);
  wish.after = value_at(now);
  wish.reason = act.reason;
  const Apply end = [&](db::Write& w, const std::string&, const std::string&) {
    people::remove_sessions(w, account.id, nullptr);
  };
  return change(write, administrator, wish, end, now);
}

Result<Done> undo_staff(db::Write& write,
                        const people::Administrator& administrator,
                        const Change& change,
                        Instant now) {
  const std::string login(login_of(change.code));
  TRY(const people::Account account, others_account(write, administrator, login));
  const auto current = account_setting(write, login);
  // What the console or a reorganisation did since would be lost.
  if (!current || value_of(*current) != change.after)
    return Error{ErrorKind::conflict, "settings.error.changed_since"_t};
  AccountSetting wanted{.is_open = false};
  if (!change.before.empty()) {
    TRY(wanted, read_account_value(change.before));
  }
  TRY([[maybe_unused]] const Done left, check_one_is_left(write, account, wanted));
  return undo(write, administrator, change, value_of(wanted), apply_account(now), now);
}

}  // namespace ln::settings
