// Rows of turns: who booked, what the log says, what was written. No rules.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/reception/reception_store.h"

namespace ln::reception {

TurnId insert(db::Write& write, const Turn& turn);
// Writes what may change, when the row still has the revision it was read with; false otherwise.
bool save(db::Write& write, const Turn& turn);
void set_line(db::Write& write, TurnId id, std::int64_t line);
std::optional<Turn> find_turn(db::Read& read, const Code& code);
std::optional<Turn> find_turn(db::Read& read, TurnId id);
// Of one day in their order, from place `from` (0 is the first) on; given back ones are left out.
std::vector<Turn> turns_of(db::Read& read, ReceptionId id, std::int64_t from, std::int64_t limit);
// Turns of the day that people booked for themselves since then and still hold: one that was given
// back takes nobody's place, and who books only to give back makes no price for others.
std::int64_t count_booked_since(db::Read& read, ReceptionId id, Instant since);
// What nobody knew before this hour (reception_work.h), in hexadecimal; empty before any head.
std::string seed_of(db::Read& read, std::int64_t hour);
// Places that are taken.
std::set<std::int64_t> slots_of(db::Read& read, ReceptionId id);
// Of booked turns of a day that was moved or cancelled: when their words go.
void keep_words_until(db::Write& write, ReceptionId id, Instant until);
// Turns of the unit whose written result is owed, the most overdue first.
std::vector<Turn> owed_of(db::Read& read, units::UnitId unit, std::int64_t limit);
// Turns of its held days before today of which the log says nothing, the oldest first.
std::vector<Turn> unlogged_of(db::Read& read, units::UnitId unit, Instant now, std::int64_t limit);

void insert(db::Write& write, const Entry& entry);
std::vector<Entry> entries_of(db::Read& read, TurnId id);
void insert(db::Write& write, const Words& words);
std::vector<Words> words_of(db::Read& read, TurnId id);
// It is a complaint or denunciation: empties what was booked but for the contact by which a result
// that is owed is told, deletes all that was written, and owes the files a scrub.
void drop_words(db::Write& write, Turn& turn, Instant at);

void insert(db::Write& write, const Contest& contest);
void rule(db::Write& write, const Contest& contest);
std::optional<Contest> find_contest(db::Read& read, TurnId id);
// Those that wait for whoever heads the unit at `above`, the oldest first.
std::vector<Contest> open_contests(db::Read& read, std::string_view above, std::int64_t limit);
// Whether this account wrote an entry or a result of the turn.
bool has_written(db::Read& read, TurnId id, std::int64_t account);

// A case of feature/feedback, read here and written there. Protected ones are none.
struct Case {
  std::int64_t id = 0;
  std::string code{}, citizen_key{}, unit_path{};
};
std::optional<Case> find_case(db::Read& read, std::string_view code);
std::optional<Case> find_case(db::Read& read, std::int64_t id);
// Whether there is such a promise of a unit at or below `path`.
bool has_commitment(db::Read& read, std::int64_t id, std::string_view path);

// Empties everything its holder or anybody about them wrote, and owes the destruction of what opens
// its lines. False when somebody changed the row meanwhile.
bool empty_words(db::Write& write, const Turn& turn, Instant at);
// Whose words have been kept long enough.
std::vector<Turn> words_over(db::Read& read, Instant now, std::int64_t limit);
std::vector<TurnId> owed_destruction(db::Read& read, std::int64_t limit);
void note_destroyed(db::Write& write, TurnId id, Instant at);
std::vector<TurnId> owed_scrub(db::Read& read);
void note_scrubbed(db::Write& write, TurnId id);

// How many turns of one day each sender booked: in memory, under the hash of
// http::Request::sender, which is drawn anew every day. Each node counts for itself.
class Bookers {
 public:
  // Whether may_book would say no.
  bool has_enough(std::uint64_t sender, ReceptionId id, Instant now);
  // Counts one more; false, and not counted, beyond bookings_of_sender_max for this day of
  // reception or bookings_of_sender_all_max for all.
  bool may_book(std::uint64_t sender, ReceptionId id, Instant now);
  // Takes one back that was counted on the same day and gave no turn.
  void give_back(std::uint64_t sender, ReceptionId id, Instant now);

 private:
  std::mutex mutex_;
  Day day_{};                                                    // guarded by mutex_
  std::map<std::pair<std::uint64_t, ReceptionId>, int> booked_;  // guarded by mutex_
};
// Those of this process.
Bookers& bookers();

}  // namespace ln::reception
