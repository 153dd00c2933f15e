// What people do with a session: permission, rule, ledger and rows in one transaction.
//
// Whoever heads the unit that invites, or one above it, announces and runs a session and answers in
// its name; whoever works there as a clerk or handler types in what is asked in the hall. People
// act by the secret of their question alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "feature/dialogue/dialogue_store.h"
#include "platform/db/db.h"

namespace ln::dialogue {

// --- who runs it --------------------------------------------------------------------------------

bool may_run(const people::Officer& officer, std::string_view unit_path);
bool may_take_in(const people::Officer& officer, std::string_view unit_path);

struct Typed {
  std::string topic_vi{}, topic_en{}, summary{}, leader{}, place{}, stream{};
  std::optional<Instant> closes_at{}, starts_at{};
};
struct Announcement {
  Dialogue dialogue{};
  std::string unit_code{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
// Refuses (forbidden) who does not head the unit and (invalid) beside each field what is wrong:
// questions close after now and not after it starts, which is within ahead_days_max.
Result<Announcement> prepare(const people::Officer& officer,
                             const units::Unit& unit,
                             const Typed& typed,
                             Random& random,
                             Instant now);
Result<Dialogue> announce(db::Write& write, const Announcement& announcement);

struct RunAct {
  people::Officer officer;
  DialogueId id{};
  std::int64_t revision = 0;  // of the session or of the question, as it was seen
  ledger::Salts salts{};
  Instant now{};
};
// All of them refuse (not_found) who does not head the unit, (conflict) what the stage does not
// allow or what somebody changed meanwhile, (invalid) words that are missing or too long.
Result<Dialogue> start(db::Write& write, const RunAct& act);
Result<Dialogue> finish(db::Write& write, const RunAct& act);
Result<Dialogue> cancel(db::Write& write, const RunAct& act, const std::string& reason);
// Minutes with the next number; whoever asked may contest them until the end of contest_days.
Result<Dialogue> propose_minutes(db::Write& write, const RunAct& act, const std::string& text);
Result<Dialogue> approve_minutes(db::Write& write, const RunAct& act);
Result<Dialogue> answer_contest(db::Write& write,
                                const RunAct& act,
                                ContestId contest,
                                const std::string& answer);
// What stands in the way of minutes now.
Open open_of(db::Read& read, const Dialogue& dialogue);

// Of one question. The ledger of its asker tells each.
Result<Question> hide(db::Write& write, const RunAct& act, const Code& code, HideReason reason);
Result<Question> show(db::Write& write, const RunAct& act, const Code& code);
// Joins it to another one of the same session, with everything that was joined to it; whoever asked
// keeps their code, gets the same answer and may take it apart again.
Result<Question> merge(db::Write& write, const RunAct& act, const Code& code, const Code& into);
// It is asked now; the one before it waits again unless it has its answer.
Result<Question> call(db::Write& write, const RunAct& act, const Code& code);
// Refuses (conflict) another answer once minutes were proposed.
Result<Question> answer(db::Write& write,
                        const RunAct& act,
                        const Code& code,
                        const std::string& words);

// --- who asks -----------------------------------------------------------------------------------

struct Asking {
  std::string body{};
  bool in_english = false;
  bool wants_to_speak = false;
  const people::Officer* clerk = nullptr;  // who types it in for somebody in the hall
};
struct Prepared {
  Question question{};
  Code spare_code;
  std::string secret{};
  std::string unit_code{};
  ledger::CaseKey case_key{};
  ledger::PublicKey public_key{};
  ledger::Salts salts{};
};
// Refuses (not_found) a session that is not there or, to a clerk, not theirs, (conflict) one that
// takes no questions now, (invalid) what was typed, beside "body".
Result<Prepared> prepare_question(
    db::Read& read, DialogueId id, const Asking& asking, Random& random, Instant now);
struct Asked {
  Question question;
  ledger::Appended appended;
};
Result<Asked> ask(db::Write& write, const Prepared& prepared, Instant now);

struct AskerAct {
  people::Citizen citizen;
  Code code;
  ledger::Salts salts;
  Instant now;
};
// The question, when the citizen holds its secret; not_found otherwise.
Result<Question> open_question(db::Read& read, const people::Citizen& citizen, const Code& code);
// Takes the words back as long as it has no answer.
Result<Question> withdraw(db::Write& write, const AskerAct& act);
// "Mine is another question": takes it out of the one it was joined to.
Result<Question> separate(db::Write& write, const AskerAct& act);
// "The minutes do not say what was said": once for each number, within the term.
Result<Question> contest(db::Write& write, const AskerAct& act, const std::string& body);
struct Supporter {
  std::string mark{};        // of the browser in this session, 32 bytes
  std::uint64_t sender = 0;  // http::Request::sender; 0: not known
  std::string spare_key{};   // 32 bytes drawn anew, for a session without a key of networks
};
// Supports a question, once for each browser; saying it again changes nothing. Refuses (not_found)
// one that is not shown, (conflict) once the session is over.
Result<Question> support(db::Write& write, const Code& code, const Supporter& supporter);

}  // namespace ln::dialogue
