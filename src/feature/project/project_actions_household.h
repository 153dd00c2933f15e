// What a household does with its file, by its secret alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/people/people_citizen.h"
#include "feature/project/project_store.h"
#include "platform/db/db.h"

namespace ln::project {

struct HouseholdAct {
  people::Citizen citizen;
  Code code;
  ledger::Salts salts;
  Instant now;
  // For what erase and take_back say in the chains of other letters, and for nothing else.
  std::vector<ledger::Salts> more{};
};
// As many as erase and take_back may need.
std::vector<ledger::Salts> draw_more(Random& random);

// The file, when the citizen holds its secret; not_found otherwise, whatever exists.
Result<Household> open_file(db::Read& read, const people::Citizen& citizen, const Code& code);

struct Asking {
  std::int64_t seq = 0;  // of the line; 0: the whole file
  std::string body{};
  Code question;  // the code it will have, drawn while preparing
};
// Questions a line, or says that an answer to it does not settle it: then it follows that question.
// The same words to the same line while it waits are the same question. Refuses (conflict) a secret
// that was printed, when no round takes questions, when the line has one that waits, and the
// hundred-and-first; (invalid) beside "body".
Result<Question> ask(db::Write& write, const HouseholdAct& act, const Asking& asking);

// Another secret, so that whoever printed the letter cannot open the file any more; it alone asks
// and erases.
Result<Household> change_secret(db::Write& write,
                                const HouseholdAct& act,
                                const ledger::PublicKey& key);

// Stops the letter that was asked for and does not work yet; pressed twice it stays stopped.
// Whoever holds the present secret may, also one that was printed: a household that has not looked
// at its file yet stops a stranger's letter with the one it has. `asked_at` is that of the letter
// that was shown: no page that was left open stops another one. Refuses (conflict) when it is not
// the last, and when it waits no more.
Result<Done> stop_letter(db::Write& write, const HouseholdAct& act, Instant asked_at);

// Until when the citizen, who held the letter before the one in force, can take that one back; null
// for everybody else and afterwards.
std::optional<Instant> takes_back_until(db::Read& read,
                                        const Household& household,
                                        const ledger::PublicKey& key,
                                        Instant now);
// Takes back the letter in force: the secret that the citizen holds opens the file again, and the
// letter nothing any more. What was asked by it stays and is answered. It is signed in the chain of
// the earlier letter. Refuses (not_found) who may not, and whom takes_back_until tells nothing.
// Precondition: `act.more` is drawn.
Result<Done> take_back(db::Write& write, const HouseholdAct& act);

// Since when another letter works, for who types an earlier secret of the file; null for who does
// not. It opens nothing; it only tells a household that was robbed what to do.
std::optional<Instant> replaced_at(db::Read& read,
                                   const Household& household,
                                   const ledger::PublicKey& key);
// Whether this is the secret of a letter that was taken back.
bool is_taken_back(db::Read& read, const Household& household, const ledger::PublicKey& key);

// The end of office hours so many working days after `now` where the project is.
Instant working_days_after(db::Read& read, const Project& project, int days, Instant now);

// Erases every word of the file here; what the office has on paper stays there. Counts stay: a
// question that waits keeps its row without words, counts as raised and waits no more.
// What was asked by earlier letters of the file goes with it. Refuses (conflict) a secret that was
// printed, and a letter that was printed again before letter_erases_days have passed or while a
// round is not closed, in which something could wait. Precondition: `act.more` is drawn.
Result<Household> erase(db::Write& write, const HouseholdAct& act);

}  // namespace ln::project
