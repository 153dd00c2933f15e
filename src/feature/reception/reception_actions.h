// What is done about a day of reception and about a turn: permission, rule, ledger and rows in one
// transaction.
//
// Whoever heads the unit, or one above it, announces, moves and cancels days. Who works in the very
// unit, and nobody above or beside it, says that the day is held, takes in who comes without a
// booking and writes the log; the head of the very unit writes the result. What was said against a
// result is decided by a head of a unit above. People act by the secret of their turn alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "feature/reception/reception_store_turn.h"
#include "platform/db/db.h"

namespace ln::reception {

// --- who may ------------------------------------------------------------------------------------

bool may_announce(const people::Officer& officer, std::string_view unit_path);
// Holds a role in the very unit: reads what was said there and writes the log.
bool works_in(const people::Officer& officer, std::string_view unit_path);
bool signs_for(const people::Officer& officer, std::string_view unit_path);
// Heads the unit that stands above or one above that, does not work in the unit that answered, and
// wrote nothing of this turn themselves.
bool may_rule(db::Read& read,
              const people::Officer& officer,
              const Reception& reception,
              const Contest& contest);

// --- days ---------------------------------------------------------------------------------------

struct Typed {
  std::string receiver{}, place{};
  std::optional<Rhythm> rhythm{};
  std::optional<Day> first{};
  std::int64_t month_day = 0, weekday = 0, months = 0;
  std::optional<std::chrono::minutes> from{}, to{};  // after midnight
  std::int64_t turn_minutes = 0, places = 0;
};
struct Announcement {
  std::vector<Reception> days{};
  std::string unit_code{};
};
// Refuses (forbidden) who does not head the unit and (invalid) beside each field what is wrong:
// days begin after now, all turns fit between `from` and `to`.
Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Instant now);
// Announces those days on which this office does not receive already; refuses (conflict) when there
// is no other.
Result<std::vector<Reception>> announce(db::Write& write, const Announcement& announcement);

struct DayAct {
  people::Officer officer;
  ReceptionId id{};
  std::int64_t revision = 0;  // as it was seen
  Instant now{};
};
// All three refuse (not_found) who may not, (conflict) what is not possible now or what somebody
// changed meanwhile.
//
// To another moment, before it begins, with the reason, at most moves_max times, never beyond
// midnight nor onto another day of the same office; who booked and left a contact is told.
Result<Reception> move_day(db::Write& write,
                           const DayAct& act,
                           std::optional<Instant> to,
                           const std::string& reason);
// Before it begins: who does not come and says so afterwards has not held it.
Result<Reception> cancel_day(db::Write& write, const DayAct& act, const std::string& reason);
// On the day itself.
Result<Reception> hold_day(db::Write& write, const DayAct& act);

// --- booking ------------------------------------------------------------------------------------

struct Booking {
  std::string about{}, name{}, contact{};
  std::string way{};
  std::string case_code{}, case_secret{};
  bool in_english = false;
  int worked_bits = 0;                     // of the proof that came with it (reception_work.h)
  const people::Officer* clerk = nullptr;  // who takes in somebody at the counter
};
struct Prepared {
  Turn turn{};
  Code spare_code;
  std::string secret{};
  ledger::PublicKey public_key{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
  int worked_bits = 0;
};
// How much work the next booking of this day needs; nothing is asked at the counter.
int needed_bits(db::Read& read, const Reception& reception, Instant now);
// Refuses (too_many) a booking that came without it, reception.error.pressed, and any while what is
// left is kept back, reception.error.kept (reception_work.h).
Result<Done> check_pressure(db::Read& read,
                            const Reception& reception,
                            int worked_bits,
                            Instant now);
// Refuses (not_found) a day that is not there or, to a clerk, not theirs, (conflict) one that takes
// nobody any more, (invalid) what was typed; a case is tied only when its secret came too.
Result<Prepared> prepare_booking(
    db::Read& read, ReceptionId id, const Booking& booking, Random& random, Instant now);
struct Booked {
  Turn turn{};
  ledger::Appended appended{};
};
// Gives the next free turn; refuses (conflict, reception.error.full) when another took the last,
// and as check_pressure does.
Result<Booked> book(db::Write& write, const Prepared& prepared, Instant now);

struct HolderAct {
  people::Citizen citizen;
  Code code;
  ledger::Salts salts{};
  Instant now{};
};
// One refusal (not_found) for a wrong code and a wrong secret.
Result<Turn> open_turn(db::Read& read, const people::Citizen& citizen, const Code& code);
// Gives the place back; the words go at once. Refuses (conflict) who was received already.
Result<Turn> give_back(db::Write& write, const HolderAct& act);
// Whether the holder may say something against what became of their turn: once, within
// contest_window of the last result or of the day when none was owed; of the entry that says they
// did not come; of the day, when it was held and nobody wrote the turn into the log; and as long as
// a result is overdue.
bool may_contest(db::Read& read, const Turn& turn, const Reception& reception, Instant now);
// "This is not what I said", "This is no answer", "I was there". Goes to the unit above.
Result<Turn> contest(db::Write& write, const HolderAct& act, const std::string& words);
// The words and what opens the lines of this turn.
Result<Turn> erase(db::Write& write, const HolderAct& act);

// --- the log ------------------------------------------------------------------------------------

struct TurnAct {
  people::Officer officer;
  ReceptionId id{};
  Code code;
  std::int64_t revision = 0;  // of the turn, as it was seen
  ledger::Salts salts{};
  Instant now{};
};
struct TypedEntry {
  std::string presence{}, sort{}, outcome{}, summary{};
  std::string passed_to{};      // code of a unit
  std::int64_t commitment = 0;  // number of a promise of this unit
  std::string case_code{};
};
// One more entry. Refuses (not_found) who does not work in the unit, (conflict) a day that was not
// held, an entry that says who came did not, one that says so before the turn is over, and one that
// would take the words away that somebody above decides about, (invalid) beside its field what does
// not go together. What is owed stays owed whatever a later entry says, and its days run from the
// turn, not from when somebody typed. Of a complaint or denunciation every word goes, also what was
// booked.
Result<Turn> enter(db::Write& write, const TurnAct& act, const TypedEntry& typed);
// The written result. Refuses (conflict) when none is owed.
Result<Turn> give_result(db::Write& write, const TurnAct& act, const std::string& words);
// By whoever stands above.
Result<Turn> decide(db::Write& write, const TurnAct& act, Ruling ruling, const std::string& words);

// When what is owed from `from` on is due, and why.
calendar::Due due_from(db::Read& read, std::string_view unit_path, Instant from);

// --- time ---------------------------------------------------------------------------------------

// Destroys the words of turns that were kept long enough. Gives how many.
std::int64_t forget_due(db::Database& database, Random& random, Instant now);

}  // namespace ln::reception
