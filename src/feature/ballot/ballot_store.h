// Rows of ballots and their tables. No rules. No function here reads a household and a ballot of
// the box together, and no column would let it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/ballot/ballot.h"
#include "platform/db/db.h"

namespace ln::ballot {

// The id that the next ballot will have; insert it in the same job.
BallotId next_ballot(db::Write& write);
void insert(db::Write& write, const Ballot& ballot);
// The day since which everybody can read the draft in a room of this platform; null when it is not
// there, not of this unit, or nobody can read it yet: of a disclosure its last post that can be
// read here, of a consultation the version in force. Precondition: posting.room is not empty.
std::optional<Day> posted_since(db::Read& read, units::UnitId unit, const Posting& posting);
void insert(db::Write& write, BallotId id, const std::vector<Question>& questions);
void insert_households(db::Write& write, BallotId id, const std::vector<std::string>& numbers);

std::optional<Ballot> find(db::Read& read, BallotId id);
std::vector<Question> questions_of(db::Read& read, BallotId id);
// The newest first, with ids below `before` (0: from the newest).
std::vector<Ballot> ballots(db::Read& read, std::int64_t before, std::int64_t limit);
// Of the unit at `path` and below, the newest first.
std::vector<Ballot> ballots_of(db::Read& read, std::string_view path, std::int64_t limit);
// Closed before `now`, not counted and without paper, with ids above `after`, by id.
std::vector<Ballot> due_to_count(db::Read& read, Instant now, BallotId after, std::int64_t limit);
// Closed before `now`, and rows still lie as the ballots came. By id.
std::vector<BallotId> not_sorted(db::Read& read, Instant now, std::int64_t limit);
void set_sorted(db::Write& write, BallotId id);
// Rewritten, and the files still tell in which order the ballots came.
std::vector<BallotId> not_mixed(db::Read& read, std::int64_t limit);
// Stage, households, what counting brought, reason; the files are to be written anew. False when
// somebody was faster.
bool save(db::Write& write, const Ballot& ballot);
void set_mixed(db::Write& write, BallotId id);

// Of all households that were announced, in the order of the list.
std::vector<std::string> numbers_of(db::Read& read, BallotId id);
std::optional<Household> find_household(db::Read& read, BallotId id, std::string_view number);
// Takes back that it objects: whoever does not know of this vote says so again.
void set_way(db::Write& write, HouseholdId id, Way way);
void set_objects(db::Write& write, HouseholdId id);
// How many households stand so.
std::int64_t count_way(db::Read& read, BallotId id, Way way);
// Of those that have voted, how many say that it was not them.
std::int64_t count_objects(db::Read& read, BallotId id);
std::int64_t count_slips(db::Read& read, BallotId id);
// Without a slip yet and on the list, in the order of the list.
std::vector<Household> without_slip(db::Read& read, BallotId id, std::int64_t limit);

struct Slip {
  std::string code{}, citizen_key{};
  BallotId ballot{};
  bool is_valid = true;
  Household household{};
};
void insert_slip(db::Write& write, const Slip& slip);
// Another one was printed for the household.
void end_slips(db::Write& write, HouseholdId id);
std::optional<Slip> find_slip(db::Read& read, const Code& code);

void insert(db::Write& write, BallotId id, const Vote& vote);
// By question and mark.
std::vector<Vote> votes_of(db::Read& read, BallotId id);
void forget_votes(db::Write& write, BallotId id);
// Writes the box and the list anew, in the order of the marks and of the list, so that rows of one
// vote share nothing: no transaction, no place in a page.
void rewrite(db::Write& write, BallotId id);

struct Tally {
  std::int64_t account = 0;
  std::string counts{};
};
void save_tally(db::Write& write, BallotId id, const Tally& tally);
std::vector<Tally> tallies_of(db::Read& read, BallotId id);
void forget_tallies(db::Write& write, BallotId id);

struct Event {
  Instant at{};
  Happening what{};
  std::string words{};
  std::int64_t line = 0;
};
void insert(db::Write& write, BallotId id, const Event& event);
std::vector<Event> events_of(db::Read& read, BallotId id);

}  // namespace ln::ballot
