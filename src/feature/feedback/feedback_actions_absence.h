// Who is away and who stands in. A substitute gets work, never rights: what they may not see goes
// to the head instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "core/people/people.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

using AbsenceId = Id<struct AbsenceTable>;

// Word of an assignment that went to somebody else than the one named, because they are away.
inline constexpr std::string_view stand_in_word = "stand_in";
inline constexpr std::chrono::days absence_days_max{366};

struct Absence {
  AbsenceId id{};
  people::AccountId account{}, substitute{};
  Day first{}, last{};  // both still away, in local days
};

// Theirs that are not over on `today`, the next one first.
std::vector<Absence> absences_of(db::Read& read, people::AccountId account, Day today);
// The one in force on `day`; the newest, when several are.
std::optional<Absence> absence_on(db::Read& read, people::AccountId account, Day day);

// Who works on `feedback` in place of `account`: themselves, unless they are away. Their substitute
// may be away too. Whoever may not handle the case is passed over: then it is the head of its unit,
// or of a unit above, who is there and may; when nobody is, it stays with `account`.
people::AccountId stand_in(db::Read& read,
                           people::AccountId account,
                           const Feedback& feedback,
                           Instant now);

// Records that `staff` will be away. Refuses (invalid) beside "first", "last" and "substitute":
// days in the wrong order, past or longer than absence_days_max, oneself, and somebody who is not
// there or does no such work; beside "first" also more than ten absences to come.
Result<AbsenceId> record_absence(db::Write& write,
                                 const people::Officer& officer,
                                 const Absence& absence,
                                 Instant now);
// They are back, or will not go. Refuses (not_found) what is not theirs.
Result<Done> end_absence(db::Write& write,
                         const people::Officer& officer,
                         AbsenceId id,
                         Instant now);

// Gives what somebody had in hand to whoever stands in, once, when their absence begins: each case
// by an act of its own. At most 200 cases at a call; returns how many.
std::int64_t hand_over_absent(db::Database& database, Random& random, Instant now);

}  // namespace ln::feedback
