// What an office does with a project: permission, rule, ledger and rows in one transaction.
//
// Three hands that know little of each other (decision 40): the head of the unit, or of one above,
// publishes and opens and closes rounds and reads no file and no question; a clerk of the very unit
// takes files in and hands out letters; a handler of the very unit answers questions, without the
// name of who asked. An account that took a file of a project in reads no question of it, and one
// that answered takes none in, whatever roles it has or gets.
#pragma once

#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "feature/project/project_import.h"
#include "feature/project/project_store.h"
#include "platform/db/db.h"

namespace ln::project {

struct ItemTyped {
  std::optional<ItemKind> kind{};
  std::string document{}, title{}, text{};
  std::optional<Day> dated_on{};
};
struct Typed {
  std::string name_vi{}, name_en{}, summary{};
  ItemTyped decision{};  // that the project stands on; its kind is decision
};
struct Announcement {
  Project project{};
  Item item{};
  std::string unit_code{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
// Refuses (forbidden) who does not head the unit and (invalid) beside each field what is wrong.
Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now);
Result<Project> announce(db::Write& write, const Announcement& announcement);

struct OfficeAct {
  people::Officer officer;
  ProjectId id{};
  std::int64_t revision = 0;  // of the project, as it was seen
  ledger::Salts salts{};
  Instant now{};
};
// Publishes what nobody changes afterwards. The text of a table of prices is read by read_prices.
// Refuses (not_found) who does not head the unit, (conflict) what somebody did meanwhile, (invalid)
// beside "kind", "document", "title", "text" and "dated_on".
Result<Item> publish(db::Write& write, const OfficeAct& act, const ItemTyped& typed);

// Opens the next round, which takes questions until the end of `asks_until`. Refuses as publish,
// (conflict) while a round is open, (invalid) beside "asks_until" a day that is too near or far.
Result<Round> open_round(db::Write& write, const OfficeAct& act, std::optional<Day> asks_until);
// Closes it once no question is taken and none waits, and fixes what is printed of it.
Result<Round> close_round(db::Write& write, const OfficeAct& act);

bool may_import(db::Read& read, const people::Officer& officer, const Project& project);
bool may_answer(db::Read& read, const people::Officer& officer, const Project& project);

// A household with what only its letter tells.
struct Letter {
  Household household{};
  std::vector<Line> lines{};
  Code spare_code;
  std::string secret{};
  ledger::PublicKey public_key{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
// Draws a code and a secret for each. Refuses (not_found) who may not take in by their role.
Result<std::vector<Letter>> prepare_letters(const OfficeAct& act,
                                            const Project& project,
                                            const Import& file,
                                            Random& random);
// Keeps the households. Refuses (not_found) who may not take in, (conflict) while a round is open
// and when somebody took files in meanwhile. Gives them with the codes they have.
Result<std::vector<Letter>> take_in(db::Write& write,
                                    const OfficeAct& act,
                                    const std::vector<Letter>& letters);

// The answer to one question. `after` puts its line right: its price stays unless the kind of land
// changes, and then is that of the prices in force.
struct Answer {
  Code code;
  std::string words{};
  std::optional<Amounts> after{};
};
// Refuses (not_found) who may not answer and a question that is not of the project; (conflict) one
// that has its answer; (invalid) beside "answer", "land" and "outcome"; (conflict) a line
// that changed meanwhile.
Result<Question> answer(db::Write& write, const OfficeAct& act, const Answer& answer);

}  // namespace ln::project
