// What an administrator of the city does with the accounts of those who work here. Each act stands
// in the settings' history and, without a login or a name, in the public log.
//
// Nobody acts on their own account, and one who can administer the city is always left: also when
// two administrators close each other at the same moment.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "core/people/people.h"
#include "core/settings/settings.h"
#include "core/settings/settings_people.h"
#include "platform/db/db.h"

namespace ln::settings {

struct NewStaff {
  std::string login{}, name{}, language{};
  std::string role{}, unit{};   // words as typed; a unit of today
  std::string password_hash{};  // of a password that nobody knows; not needed to check
  std::string token{};          // of the link by which they set their own; not needed to check
  std::string reason{};
};
// Everything that is wrong with it, beside "login", "name", "language", "role", "unit", "reason".
Result<Done> check_staff(db::Read& read, const NewStaff& staff, Instant now);
// Makes the account with its role, and the link for its password. Refuses forbidden, and what
// check_staff refuses.
Result<std::int64_t> add_staff(db::Write& write,
                               const people::Administrator& administrator,
                               const NewStaff& staff,
                               Instant now);

// `seen` is the value that was on the page.
struct StaffChange {
  std::string login{};
  AccountSetting setting{};
  std::string seen{}, reason{};
};
// Opens, closes or gives and takes roles. A closed account keeps its roles, its sessions end, and
// nothing is deleted. Refuses forbidden (also for one's own account); not_found; invalid beside
// "unit" and "reason"; conflict when the account is not as it was `seen`, or when nobody who can
// administer the city would be left.
Result<std::int64_t> change_staff(db::Write& write,
                                  const people::Administrator& administrator,
                                  const StaffChange& change,
                                  Instant now);

struct StaffAct {
  std::string login{}, reason{};
};
// What somebody has who is to set a password: the hash of one that nobody knows, in place of the
// one before, and the token of the link, of which only the hash is kept.
struct LinkMade {
  std::string password_hash{}, token{};
};
// A link for a new password: the one before opens nothing any more, every session ends, failed
// sign-ins are forgotten. Refuses forbidden (also for one's own account), not_found, and invalid
// beside "reason".
Result<std::int64_t> send_staff_link(db::Write& write,
                                     const people::Administrator& administrator,
                                     const StaffAct& act,
                                     const LinkMade& made,
                                     Instant now);
// Somebody sets the password of their own account by the link with this token, which is gone then.
// It stands in the history and the public log as other changes of accounts do, as done by them.
// Refuses not_found for a link that is none, was used, has expired, or whose account is closed.
Result<std::int64_t> use_link(db::Write& write,
                              std::string_view token,
                              const std::string& password_hash,
                              Instant now);
// Signs somebody out everywhere. Refuses as set_staff_password.
Result<std::int64_t> end_staff_sessions(db::Write& write,
                                        const people::Administrator& administrator,
                                        const StaffAct& act,
                                        Instant now);

// Takes a change of an account back; one that made it closes it and takes its roles. Refuses as
// change_staff, what undo() refuses, and conflict when the account was changed since elsewhere.
Result<Done> undo_staff(db::Write& write,
                        const people::Administrator& administrator,
                        const Change& change,
                        Instant now);

}  // namespace ln::settings
