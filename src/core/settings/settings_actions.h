// Changing a setting: permission, then rule, then the public log, then the rows, in one
// transaction.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "core/people/people.h"
#include "core/settings/settings.h"
#include "platform/db/db.h"

namespace ln::settings {

// Whether somebody may change what holds for the whole city: an administrator of the city itself.
bool may_change(const people::Administrator& administrator);

// What somebody wants. `before` is the value now, empty when there is none.
struct Wish {
  std::string list{}, code{};
  std::string before{}, after{};
  Day from{};
  std::string reason{};
};

// Puts a value where it counts. Runs inside the transaction, perhaps twice.
using Apply =
    std::function<void(db::Write& write, const std::string& code, const std::string& value)>;

// What is wrong with a wish itself: (invalid) beside "reason" and "from", and when it changes
// nothing.
void check(const Wish& wish, Instant now, FieldErrors& errors);

// Writes the change and says it in the public log; applies it when its day is today. Gives its
// number. Refuses forbidden; invalid as check(); conflict while another change of the entry waits
// for its day; unavailable while the log takes no lines. Precondition: `after` is a value its room
// reads.
Result<std::int64_t> change(db::Write& write,
                            const people::Administrator& administrator,
                            const Wish& wish,
                            const Apply& apply,
                            Instant now);

// Says a change that its own room makes in this transaction, with rights of its own: a line of the
// public log and a row of the history that is not taken back here. Nothing is judged. Gives its
// number. Refuses unavailable while the log takes no lines. Precondition: `after` is not empty.
Result<std::int64_t> note(db::Write& write,
                          people::AccountId account,
                          const Wish& wish,
                          Instant now);

// Takes `of` back. One that still waits is withdrawn; else `value`, what was there before it, is
// put back as one more change. Refuses forbidden; conflict when the entry was changed since, or it
// was taken back already.
Result<Done> undo(db::Write& write,
                  const people::Administrator& administrator,
                  const Change& of,
                  const std::string& value,
                  const Apply& apply,
                  Instant now);

// Applies what has become due of a list; `now_is` gives the value an entry has. Gives how many.
using NowIs = std::function<std::string(db::Read& read, const std::string& code)>;
std::int64_t apply_due(db::Database& database,
                       const std::string& list,
                       const NowIs& now_is,
                       const Apply& apply,
                       Instant now);

}  // namespace ln::settings
