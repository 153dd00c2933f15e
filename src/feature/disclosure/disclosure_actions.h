// What is done about an item: it falls due, is posted, asked about and answered. Permission, rule,
// rows and ledger in one transaction.
//
// Who works for the unit enters what fell due, posts and answers; its head hides a question, with a
// reason everybody reads. Anybody asks; the asker withdraws by their secret. There is no action
// that takes back a posting, moves a date or removes an item.
#pragma once

#include <string>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "feature/disclosure/disclosure_store.h"
#include "platform/db/db.h"

namespace ln::disclosure {

bool may_post(const people::Officer& officer, std::string_view unit_path);
bool may_hide(const people::Officer& officer, std::string_view unit_path);

struct OfficerAct {
  people::Officer officer;
  ledger::Salts salts{};
  Instant now{};
};

struct Typed {
  std::string item{}, title{};
  std::optional<Day> decided_on{};
};
// What fell due, with its date counted by the working calendar. Refuses (forbidden), and (invalid)
// beside "item", "title" and "decided_on".
Result<Disclosure> check(const people::Officer& officer,
                         const units::Unit& unit,
                         const Typed& typed,
                         Instant now);
Result<Disclosure> owe(db::Write& write, const Disclosure& checked);

struct TypedPost {
  std::string body{}, link{}, place{};
  std::int64_t seen = 0;  // postings that were seen
};
// Refuses (invalid) beside "body", "link" and "place" what is empty, long, or no https address, and
// (conflict) when somebody posted meanwhile.
Result<Post> post(db::Write& write, const OfficerAct& act, DisclosureId id, const TypedPost& typed);

// A question with all that is drawn for it. Refuses (invalid) beside "body", (not_found).
struct Prepared {
  Question question{};
  std::string secret{}, unit_code{};
  ledger::PublicKey public_key{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
Result<Prepared> prepare_question(
    db::Read& read, DisclosureId id, const std::string& typed, Random& random, Instant now);
struct Asked {
  Question question{};
  ledger::Appended appended{};
};
Result<Asked> ask(db::Write& write, const Prepared& prepared);

// In public, once; what was said is not changed.
Result<Question> answer(db::Write& write,
                        const OfficerAct& act,
                        const Code& code,
                        const std::string& words);
Result<Question> hide(db::Write& write, const OfficerAct& act, const Code& code, HideReason reason);

// One refusal (not_found) for a wrong code and a wrong secret.
Result<Question> open_question(db::Read& read, const people::Citizen& citizen, const Code& code);
// Takes the words away; refuses (conflict) once there is an answer.
Result<Question> withdraw(db::Write& write,
                          const people::Citizen& citizen,
                          const Code& code,
                          const ledger::Salts& salts,
                          Instant now);

}  // namespace ln::disclosure
