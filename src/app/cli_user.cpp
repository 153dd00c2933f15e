#include "app/cli_user.h"

#include <algorithm>
#include <array>
#include <optional>
#include <ostream>
#include <string>

#include "base/text.h"
#include "core/people/people_actions.h"
#include "core/units/units_store.h"

namespace ln::app {
namespace {

struct Place {
  people::Role role;
  units::Unit unit;
};

struct Password {
  std::string text;
  bool was_made = false;  // then it is printed, this once
};

Result<Password> new_password(const Arguments& words,
                              std::string_view login,
                              const UserCommand& with,
                              Console& console) {
  if (words.flag("generate")) return Password{people::make_password(with.random), true};
  const auto first = read_secret(console, "people.cli.password"_t);
  if (!first) return Error{ErrorKind::invalid, "people.error.password_short"_t};
  if (const TextKey wrong = people::wrong_with_password(*first, login); !wrong.is_none())
    return Error{ErrorKind::invalid, wrong};
  if (console.is_terminal && read_secret(console, "people.cli.again"_t) != first)
    return Error{ErrorKind::invalid, "people.error.password_differs"_t};
  return Password{*first};
}

// The role and unit of --role and --unit, which come together or not at all.
Result<std::optional<Place>> place_of(db::Read& read, const Arguments& words, Instant now) {
  const auto role_word = words.find("role"), code = words.find("unit");
  if (!role_word && !code) return std::optional<Place>();
  const auto role = people::role_of(role_word.value_or(""));
  if (!role) return Error{ErrorKind::invalid, "people.error.role"_t};
  auto unit = units::find_on(read, code.value_or(""), local_day(now));
  if (!unit) return Error{ErrorKind::not_found, "people.error.no_unit"_t};
  return std::optional(Place{*role, *std::move(unit)});
}

void print_made(Console& console, std::string_view login, const Password& password) {
  if (!password.was_made) return;
  console.err << console.voice("people.cli.made"_t) << '\n';
  console.out << login << ' ' << password.text << '\n';
}

int add(const Arguments& words, const UserCommand& with, Console& console) {
  const std::string login(words.at(1));
  const auto place =
      with.database.read([&](db::Read& read) { return place_of(read, words, with.now); });
  if (!place.ok()) return refuse(console, place.error());
  if (const TextKey wrong = people::wrong_with_login(login); !wrong.is_none())
    return refuse(console, {ErrorKind::invalid, wrong});
  const auto password = new_password(words, login, with, console);
  if (!password.ok()) return refuse(console, password.error());
  const std::string hash = people::hash_password(password.value().text, with.random, with.cost);
  const auto added = with.database.write([&](db::Write& write) -> Result<Done> {
    TRY(const people::AccountId id,
        people::add_account(write,
                            {.login = login,
                             .name = words.find("name").value_or(""),
                             .password_hash = hash,
                             .language = words.find("language").value_or("vi")},
                            with.now));
    if (!place.value()) return Done{};
    return people::grant(write, id, place.value()->role, place.value()->unit.id, with.now);
  });
  if (!added.ok()) return refuse(console, added.error());
  console.err << console.voice("people.cli.added"_t, {{"login", login}}) << '\n';
  print_made(console, login, password.value());
  return exit_done;
}

int reset(const Arguments& words, const UserCommand& with, Console& console) {
  const std::string login(words.at(1));
  const bool exists = with.database.read(
      [&](db::Read& read) { return people::find_account(read, login).has_value(); });
  if (!exists) return refuse(console, {ErrorKind::not_found, "people.error.no_account"_t});
  const auto password = new_password(words, login, with, console);
  if (!password.ok()) return refuse(console, password.error());
  const std::string hash = people::hash_password(password.value().text, with.random, with.cost);
  const auto done = with.database.write(
      [&](db::Write& write) { return people::reset_password(write, login, hash); });
  if (!done.ok()) return refuse(console, done.error());
  console.err << console.voice("people.cli.was_reset"_t, {{"login", login}}) << '\n';
  print_made(console, login, password.value());
  return exit_done;
}

// One line for each account: login, name, state, then roles with their units. Tabs between them.
int list(const UserCommand& with, Console& console) {
  with.database.read([&](db::Read& read) {
    for (const people::Account& account : people::accounts(read)) {
      console.out << account.login << '\t' << account.name << '\t'
                  << (account.disabled_at ? "disabled" : "active");
      for (const people::Grant& grant : people::grants(read, account.id)) {
        const auto unit = units::find(read, grant.unit);
        console.out << '\t' << people::to_text(grant.role) << ' ' << unit.value().code << ' '
                    << unit.value().name;
      }
      console.out << '\n';
    }
  });
  return exit_done;
}

int change_role(const Arguments& words, const UserCommand& with, Console& console, bool grants) {
  const auto done = with.database.write([&](db::Write& write) -> Result<Done> {
    const auto account = people::find_account(write, words.at(1));
    if (!account) return Error{ErrorKind::not_found, "people.error.no_account"_t};
    TRY(const auto place, place_of(write, words, with.now));
    if (!place) return Error{ErrorKind::invalid, "people.error.role"_t};
    return grants ? people::grant(write, account->id, place->role, place->unit.id, with.now)
                  : people::revoke(write, account->id, place->role, place->unit.id, with.now);
  });
  return done.ok() ? exit_done : refuse(console, done.error());
}

int change_state(const Arguments& words, const UserCommand& with, Console& console, bool enables) {
  const auto done = with.database.write([&](db::Write& write) {
    return enables ? people::enable_account(write, words.at(1))
                   : people::disable_account(write, words.at(1), with.now);
  });
  return done.ok() ? exit_done : refuse(console, done.error());
}

int holder(const Arguments& words, const UserCommand& with, Console& console) {
  const std::string_view slot = words.at(1);
  const auto key = from_base64(words.find("key").value_or(""));
  if (slot.size() != 1) return refuse(console, {ErrorKind::invalid, "people.error.slot"_t});
  people::Holder wanted{slot.front(), std::string(words.find("name").value_or("")), {}};
  if (!key || key->size() != wanted.public_key.size())
    return refuse(console, {ErrorKind::invalid, "people.error.not_a_key"_t});
  std::ranges::copy(as_bytes(*key), wanted.public_key.begin());
  const auto done = with.database.write(
      [&](db::Write& write) { return people::install_holder(write, wanted, with.now); });
  if (!done.ok()) return refuse(console, done.error());
  const std::string print = people::fingerprint(wanted.public_key);
  console.err << console.voice("people.cli.holder"_t, {{"slot", slot}, {"key", print}}) << '\n';
  return exit_done;
}

}  // namespace

int run_user(const Arguments& words, const UserCommand& with, Console& console) {
  const std::string_view verb = words.count() > 0 ? std::string_view(words.at(0)) : "";
  if (verb == "list" && words.count() == 1) return list(with, console);
  if (words.count() != 2) return show_usage(console, "people.cli.usage"_t);
  if (verb == "add") return add(words, with, console);
  if (verb == "reset") return reset(words, with, console);
  if (verb == "grant" || verb == "revoke")
    return change_role(words, with, console, verb == "grant");
  if (verb == "disable" || verb == "enable")
    return change_state(words, with, console, verb == "enable");
  if (verb == "holder") return holder(words, with, console);
  return show_usage(console, "people.cli.usage"_t);
}

}  // namespace ln::app
