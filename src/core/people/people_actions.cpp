#include "core/people/people_actions.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/people/people_password.h"
#include "core/units/units_store.h"

namespace ln::people {
namespace {

constexpr std::size_t name_chars_max = 100;

Error no_account() { return {ErrorKind::not_found, "people.error.no_account"_t}; }

bool is_language(std::string_view language) { return language == "vi" || language == "en"; }

// What the failures of a login come to with one more.
Attempts one_more(const Attempts& before, Instant now) {
  const bool forgotten = before.failed_count == 0 || now - before.failed_at >= attempts_kept;
  Attempts after{forgotten ? 1 : before.failed_count + 1, now, std::nullopt};
  after.locked_until = locked_until(after.failed_count, now);
  return after;
}

bool is_locked(const Attempts& attempts, Instant now) {
  return attempts.locked_until && now < *attempts.locked_until;
}

}  // namespace

bool is_name(std::string_view name) {
  return is_utf8(name) && name == trimmed(name) && !name.empty() &&
         count_chars(name) <= name_chars_max;
}

SignInCheck check_sign_in(db::Read& read,
                          std::string_view login,
                          std::string_view password,
                          Random& random,
                          Instant now) {
  const std::string stored = to_login(login);
  SignInCheck check{.login_hash = hash_of(stored),
                    .account = {},
                    .password_hash = {},
                    .token = to_hex(random.bytes<32>())};
  // A lock holds for logins that exist and for others alike, so not working on it tells nothing.
  if (is_locked(find_attempts(read, check.login_hash), now)) return check;
  const auto account = find_account(read, stored);
  const auto hash = account ? account->password_hash : some_password_hash(read).value_or("");
  const bool matches = is_password(hash, password);
  if (!account || account->disabled_at) return check;
  check.account = account->id;
  check.password_hash = account->password_hash;
  check.is_right = matches;
  return check;
}

Result<SignInOutcome> finish_sign_in(db::Write& write, const SignInCheck& check, Instant now) {
  using Kind = SignInOutcome::Kind;
  const Attempts before = find_attempts(write, check.login_hash);
  if (is_locked(before, now)) return SignInOutcome{Kind::locked, before.locked_until, {}};
  const auto account = find_account(write, check.account);
  // The account may have been disabled or given another password since the check.
  const bool is_still_right = check.is_right && account && !account->disabled_at &&
                              account->password_hash == check.password_hash;
  if (!is_still_right) {
    const Attempts after = one_more(before, now);
    save(write, check.login_hash, after);
    return SignInOutcome{after.locked_until ? Kind::locked : Kind::wrong, after.locked_until, {}};
  }
  remove_attempts(write, check.login_hash);
  TRY(const Done opened, open_session(write, account->id, check.token, now));
  static_cast<void>(opened);
  const bool is_head = std::ranges::any_of(
      grants(write, account->id), [](const Grant& each) { return each.role == Role::head; });
  return SignInOutcome{Kind::signed_in, std::nullopt, account->language, is_head};
}

Result<Done> open_session(db::Write& write, AccountId id, std::string_view token, Instant now) {
  const auto account = find_account(write, id);
  if (!account || account->disabled_at) return no_account();
  insert(write, Session{hash_of(token), id, now, now, now + session_lasts});
  return Done{};
}

Result<Done> sign_out(db::Write& write, std::string_view token) {
  remove_session(write, hash_of(token));
  return Done{};
}

Result<Done> change_password(db::Write& write,
                             const Staff& staff,
                             std::string_view checked_hash,
                             std::string_view new_hash,
                             std::string_view token) {
  const auto account = find_account(write, staff.id());
  if (!account || account->password_hash != checked_hash)
    return Error{ErrorKind::conflict, "people.error.password_changed"_t};
  set_password(write, staff.id(), new_hash);
  const Hash kept = hash_of(token);
  remove_sessions(write, staff.id(), &kept);
  return Done{};
}

Result<Done> choose_language(db::Write& write, const Staff& staff, std::string_view language) {
  if (!is_language(language)) return Error{ErrorKind::invalid, "people.error.language"_t};
  set_language(write, staff.id(), language);
  return Done{};
}

Result<AccountId> add_account(db::Write& write, const NewAccount& account, Instant now) {
  FieldErrors errors;
  if (const TextKey wrong = wrong_with_login(account.login); !wrong.is_none())
    errors.add("login", wrong);
  if (!is_name(account.name)) errors.add("name", "people.error.name"_t);
  if (!is_language(account.language)) errors.add("language", "people.error.language"_t);
  if (!errors.empty()) return errors.take();
  if (find_account(write, account.login))
    return Error{ErrorKind::conflict, "people.error.login_taken"_t};
  return insert(write, Account{.id = {},
                               .login = std::string(account.login),
                               .name = std::string(account.name),
                               .password_hash = std::string(account.password_hash),
                               .language = std::string(account.language),
                               .created_at = now,
                               .disabled_at = std::nullopt});
}

Result<Done> reset_password(db::Write& write,
                            std::string_view login,
                            std::string_view password_hash) {
  const auto account = find_account(write, login);
  if (!account) return no_account();
  set_password(write, account->id, password_hash);
  remove_sessions(write, account->id, nullptr);
  remove_attempts(write, hash_of(login));
  return Done{};
}

Result<Done> disable_account(db::Write& write, std::string_view login, Instant now) {
  const auto account = find_account(write, login);
  if (!account) return no_account();
  if (!account->disabled_at) set_disabled(write, account->id, now);
  remove_sessions(write, account->id, nullptr);
  return Done{};
}

Result<Done> enable_account(db::Write& write, std::string_view login) {
  const auto account = find_account(write, login);
  if (!account) return no_account();
  set_disabled(write, account->id, std::nullopt);
  return Done{};
}

Result<Done> grant(db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now) {
  if (!find_account(write, id)) return no_account();
  if (!units::find(write, unit)) return Error{ErrorKind::not_found, "people.error.no_unit"_t};
  for (const Grant& held : grants(write, id))
    if (held.role == role && held.unit == unit) return Done{};
  insert_role(write, id, role, unit, now);
  return Done{};
}

Result<Done> revoke(db::Write& write, AccountId id, Role role, units::UnitId unit, Instant now) {
  revoke_role(write, id, role, unit, now);
  return Done{};
}

Result<Done> install_holder(db::Write& write, const Holder& holder, Instant now) {
  const bool is_slot = holder.slot == 'A' || holder.slot == 'B' || holder.slot == 'C';
  if (!is_slot) return Error{ErrorKind::invalid, "people.error.slot"_t};
  if (!is_name(holder.name)) return Error{ErrorKind::invalid, "people.error.name"_t};
  for (const Holder& other : holders(write))
    if (other.slot != holder.slot && other.public_key == holder.public_key)
      return Error{ErrorKind::conflict, "people.error.key_in_use"_t};
  retire_holder(write, holder.slot, now);
  insert(write, holder, now);
  return Done{};
}

Result<std::array<PublicKey, 3>> sealing_keys(db::Read& read) {
  const auto all = holders(read);
  if (all.size() != 3) return Error{ErrorKind::unavailable, "people.error.no_holders"_t};
  return std::array{all[0].public_key, all[1].public_key, all[2].public_key};
}

}  // namespace ln::people
