// What people and time do with a promise: permission, rule, ledger and rows in one transaction.
//
// A promise is made in the name of a unit by whoever heads it or one above it, and by nobody else.
// Whoever it was made to acts by the secret of their code alone; each of their acts is signed with
// the key of that secret, in a chain of the ledger of their own, so that nobody says "yes, it is
// done" for them. Everything a unit or the clock does stands in the chain of the promise.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "core/units/units.h"
#include "feature/commitment/commitment_store.h"
#include "platform/db/db.h"

namespace ln::commitment {

// Whether somebody may promise in the name of the unit at `unit_path`.
bool may_promise(const people::Officer& officer, std::string_view unit_path);

// --- the unit -----------------------------------------------------------------------------------

struct Typed {
  std::string text{};
  std::optional<Day> due_on{};
  std::string question{};  // code of the question it answers; empty: promised at the desk
  std::int64_t point = 0;  // of a draft, for which it is promised; 0: none
};

// Checked, and with everything that must be random drawn.
struct Prepared {
  Commitment commitment{};
  std::vector<Asked::Person> people{};
  std::string code{}, secret{};  // of somebody without a question or point; empty otherwise
  std::string unit_code{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
// Refuses (forbidden) who does not head `unit`, (not_found) a question or point that is not there
// or is of a session or draft that is not under their unit, (conflict) one that was not answered,
// (invalid) what was typed, beside its fields.
//
// A promise for a point has no list of people: whoever wrote a comment under it is one of them,
// from the moment they say something.
Result<Prepared> prepare(db::Read& read,
                         const people::Officer& officer,
                         const units::Unit& unit,
                         const Typed& typed,
                         Random& random,
                         Instant now);
Result<Commitment> make(db::Write& write, const Prepared& prepared, Instant now);

struct OfficeAct {
  people::Officer officer;
  CommitmentId id{};
  std::int64_t revision = 0;  // as it was seen
  ledger::Salts salts{};
  Instant now{};
};
// All four refuse (not_found) who does not head the unit, (conflict) what the rule does not allow
// now or what somebody changed meanwhile, (invalid) words that are missing or too long.
//
// Another text or day before anybody has confirmed it; everybody is asked anew.
Result<Commitment> reword(db::Write& write,
                          const OfficeAct& act,
                          const std::string& text,
                          std::optional<Day> due_on);
// Done, with what was done and where it can be seen (`link`: empty or an https address).
Result<Commitment> declare(db::Write& write,
                           const OfficeAct& act,
                           const std::string& evidence,
                           const std::string& link);
// Cannot be kept, and why.
Result<Commitment> admit(db::Write& write, const OfficeAct& act, const std::string& reason);
// Another text or a later day, which holds once everybody who has confirmed consents.
Result<Commitment> propose_change(db::Write& write,
                                  const OfficeAct& act,
                                  const std::string& text,
                                  std::optional<Day> due_on,
                                  const std::string& reason);

// --- whoever it was promised to -----------------------------------------------------------------

struct AskerAct {
  people::Citizen citizen;
  std::string code{};
  CommitmentId id{};
  std::int64_t wording = 0;  // the one they read; another one meanwhile is a conflict
  std::string seen{};        // seen_of() what they read
  ledger::CaseKey case_key{};
  ledger::Salts opens{}, salts{}, follows{};
  Instant now{};
};
// What somebody signs besides the text itself, the change proposed and the evidence, as one hash.
std::string seen_of(const Commitment& c);
// Everything that is drawn for an act of somebody who read `read`.
AskerAct draw(const people::Citizen& citizen,
              std::string code,
              const Commitment& read,
              Random& random,
              Instant now);
// The asker, when they hold the secret of the code; not_found otherwise. Of a promise for a point
// it may be somebody who has not said anything yet: without an id.
Result<Asker> open_asker(db::Read& read,
                         const people::Citizen& citizen,
                         CommitmentId id,
                         std::string_view code);

// Whether `words` may stand beside `act`: needed to object and to refuse. Refuses (invalid) beside
// "words".
Result<Done> check_said(Act act, const std::string& words);
// `what` is one of confirm, object, accept, refuse, consent, decline_change; `words` are needed to
// object and to refuse. Refuses (not_found) a wrong secret, (conflict) what the rule does not allow
// now, (invalid) missing words.
Result<Commitment> perform(db::Write& write,
                           const AskerAct& act,
                           Act what,
                           const std::string& words);

// --- time ---------------------------------------------------------------------------------------

// Tells the ledger what is overdue, keeps what nobody objected to, breaks what is long overdue.
// Returns how many.
std::int64_t pass_time(db::Database& database, Random& random, Instant now);

}  // namespace ln::commitment
