// Rows of project and its tables. No rules.
//
// There is no function that gives the households of a project with anything about what they asked,
// and none that counts questions of a round that is open; who adds one breaks decision 40.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feature/project/project.h"
#include "platform/db/db.h"

namespace ln::project {

ProjectId insert(db::Write& write, const Project& project);
std::optional<Project> find(db::Read& read, ProjectId id);
// The newest first, with smaller ids than `before`.
std::vector<Project> projects_before(db::Read& read, ProjectId before, std::int64_t limit);
// Of the unit at `path` and those below it, the newest first.
std::vector<Project> projects_within(db::Read& read, std::string_view path, std::int64_t limit);
// One more revision, when it still has the one it was read with; false otherwise.
bool touch(db::Write& write, const Project& project);

void insert(db::Write& write, ProjectId id, const Item& item);
// The newest first, without their texts, with smaller numbers than `before`.
std::vector<Item> items_before(db::Read& read,
                               ProjectId id,
                               std::int64_t before,
                               std::int64_t limit);
std::int64_t last_item(db::Read& read, ProjectId id);  // its number; 0: none
std::optional<Item> find_item(db::Read& read, ProjectId id, std::int64_t number);
void insert(db::Write& write, ProjectId id, std::int64_t number, const std::vector<Price>& prices);
std::vector<Price> prices_of(db::Read& read, ProjectId id, std::int64_t number);
// Of the newest table; empty when none was published.
std::vector<Price> prices_in_force(db::Read& read, ProjectId id);

void insert(db::Write& write, const Round& round);
// False when it was closed meanwhile.
bool close(db::Write& write, const Round& round);
std::vector<Round> rounds_of(db::Read& read, ProjectId id);  // in their order

HouseholdId insert(db::Write& write, const Household& household);
void insert(db::Write& write, const Line& line);
std::optional<Household> find_household(db::Read& read, const Code& code);
std::optional<Household> find_household(db::Read& read, HouseholdId id);
// By what the office calls it; null when there is none, or its file was erased.
std::optional<Household> find_household(db::Read& read, ProjectId id, std::string_view number);
std::set<std::string> numbers_of(db::Read& read, ProjectId id);
std::vector<Line> lines_of(db::Read& read, HouseholdId id);
std::optional<Line> find_line(db::Read& read, LineId id);
// What an account did in a project.
struct Hands {
  bool takes_in = false, answers = false;
};
Hands hands_of(db::Read& read, ProjectId id, std::int64_t account);
// Another key, of a secret that was not printed; false when the household changed meanwhile.
bool rekey(db::Write& write, const Household& household, std::string_view citizen_key);

QuestionId insert(db::Write& write, const Question& question);
// Its answer; false when it has one.
bool answer(db::Write& write, const Question& question);
std::optional<Question> find_question(db::Read& read, const Code& code);
// Those of the letter in force, in their order: who holds it reads no earlier one, and nothing else
// tells that there was one.
std::vector<Question> questions_of(db::Read& read, const Household& household);
// Waiting for an answer, the one that is due first at the beginning. For those who answer alone.
std::vector<Question> waiting_of(db::Read& read, ProjectId id, std::int64_t limit);
bool is_waiting(db::Read& read, ProjectId id, std::int64_t round);
// Answers that are overdue, no more of them than `most`.
std::int64_t count_overdue(db::Read& read, ProjectId id, Instant now, std::int64_t most);

// False when the line changed meanwhile.
bool correct(db::Write& write,
             const Line& line,
             const Correction& correction,
             std::string_view land_name);
// In the order in which they were made: a later question may be answered first.
std::vector<Correction> corrections_of(db::Read& read, HouseholdId id);

// For closing a round: what figures_of needs. Households are files that were there when the round
// was opened and are not erased; who asked and erased the file afterwards still asked.
struct Tally {
  std::int64_t households = 0, raised = 0, remedied = 0;
};
Tally tally_of(db::Read& read, ProjectId id, std::int64_t round);

// Takes away every word of a household, and notes what is still owed. A question that waits is
// settled by `line` of the ledger. False when the household changed.
bool empty_words(db::Write& write, const Household& household, Instant at, std::int64_t line);
std::vector<HouseholdId> owed_destruction(db::Read& read, std::int64_t limit);
void note_destroyed(db::Write& write, HouseholdId id, Instant at);
std::vector<HouseholdId> owed_scrub(db::Read& read);
void note_scrubbed(db::Write& write, HouseholdId id);

}  // namespace ln::project
