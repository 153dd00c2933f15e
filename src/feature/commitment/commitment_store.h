// Rows of commitment and its tables. No rules.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/commitment/commitment.h"
#include "platform/db/db.h"

namespace ln::commitment {

CommitmentId insert(db::Write& write, const Commitment& commitment);
// Writes what may change, when the row still has the revision it was read with; false otherwise.
bool save(db::Write& write, const Commitment& commitment);
std::optional<Commitment> find(db::Read& read, CommitmentId id);
// The same, unless its case became one of which nothing is told: as no list and no number has it.
std::optional<Commitment> find_told(db::Read& read, CommitmentId id);

// What to list. Every condition that is set holds.
struct Filter {
  std::string unit_path{};  // this unit and what stands below it; empty: all
  std::string state{};      // a word of State, or "waiting", "overdue", "changed"; empty: all
  Day today{};
  std::int64_t before = 0;  // the id where the page before ended; 0: from the newest
  std::int64_t limit = 20;
  bool is_by_id = false;  // overdue ones as well, so that they can be read page by page
};
// The newest first; overdue ones by how long they are, unless is_by_id.
std::vector<Commitment> list(db::Read& read, const Filter& filter);
// Made in one session, case or draft, in their order.
std::vector<Commitment> of_source(db::Read& read, Source source, std::int64_t source_id);
// How the unit at `path` and those below it stand on that day; the same as tallies() add up to,
// with `waiting` and `overdue` as the lists of these names show them.
Tally standing_of(db::Read& read, const std::string& unit_path, Day today);
// Of every unit with a commitment, by its id. `unit_path` as in Filter.
std::map<std::int64_t, Tally> tallies(db::Read& read, const std::string& unit_path, Instant now);

// All that were made before then, by their numbers, one after the other.
void each(db::Read& read,
          Instant made_before,
          const std::function<void(const Commitment& commitment)>& take);

// A row of commitment_asker, its columns in their order.
Asker to_asker(const db::Row& row);
AskerId insert(db::Write& write, const Asker& asker);
void save(db::Write& write, const Asker& asker);
std::optional<Asker> find_asker(db::Read& read, CommitmentId commitment, std::string_view code);
std::vector<Asker> askers_of(db::Read& read, CommitmentId commitment);
// Before a change is asked for: nobody has consented to it.
void forget_consents(db::Write& write, CommitmentId commitment);

struct Event {
  Instant at{};
  Happening what = Happening::made;
  Party party = Party::office;
  std::string words{};
  std::optional<Day> due_on{};
  std::int64_t line = 0;  // index of the leaf
};
void insert(db::Write& write, CommitmentId commitment, const Event& event);
// In their order.
std::vector<Event> events_of(db::Read& read, CommitmentId commitment);

// For the clock: declared ones about which nobody has said anything since `before` (of a case,
// those that silence closed); ones whose last day was before `day`, in a state in which that
// matters.
std::vector<Commitment> silent_since(db::Read& read, Instant before, std::int64_t limit);
std::vector<Commitment> untold_late(db::Read& read, Day day, std::int64_t limit);
std::vector<Commitment> due_before(db::Read& read, Day day, std::int64_t limit);

// A question of a dialogue that was answered with a promise, and everybody who asked it: it is a
// fact of feature/dialogue, read here and written there.
struct Asked {
  std::int64_t question_id = 0, session_id = 0;
  units::UnitId unit{};
  std::string unit_path{};
  std::string body{}, answer{};  // the body is empty where it is hidden or withdrawn
  struct Person {
    std::string code, citizen_key;
  };
  std::vector<Person> people{};  // who asked it first, then those whose questions were joined to it
};
std::optional<Asked> find_asked(db::Read& read, std::string_view code);
// The topic of a session, in Vietnamese and in English (may be empty); null when there is none.
std::optional<std::pair<std::string, std::string>> topic_of(db::Read& read, std::int64_t session);

}  // namespace ln::commitment
