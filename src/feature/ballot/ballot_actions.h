// What people do in a decision by households: permission, rule, rows and ledger in one transaction.
//
// Who may: the head of the unit announces, prints slips, takes households off the list before it
// opens, and cancels; whoever works for the unit takes slips in for paper; two of them, each alone,
// type what the paper box held. A household votes by the secret of its slip. The clock opens and
// closes. Nobody withdraws a ballot, and nothing here counts before the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/people/people.h"
#include "core/people/people_citizen.h"
#include "feature/ballot/ballot_store.h"
#include "platform/db/db.h"

namespace ln::ballot {

bool may_run(const people::Officer& officer, std::string_view unit_path);
bool may_assist(const people::Officer& officer, std::string_view unit_path);

// A question as typed: its text, and its options one a line; "tiếng Việt | English".
struct TypedQuestion {
  std::string text{}, options{};
};
struct Typed {
  std::string area{}, title_vi{}, title_en{}, summary{}, rule{}, households{};
  std::optional<Instant> opens_at{}, closes_at{};  // whole seconds
  std::vector<TypedQuestion> questions{};          // those without any text are left out
  // Where the draft can be read: a path of this platform, or the day that the unit tells.
  std::string posted_at{};
  std::optional<Day> posted_on{};
  bool is_day_unread = false;  // something was typed for the day, and it is none
};
// What was typed of the posting, with its day: of an address the one that its room knows. Refuses
// (invalid) beside "posted_at" an address that is no disclosure or consultation of this unit that
// everybody can read, and beside "posted_on" what is no day, and a day beside an address. Null
// where nothing was typed. Whether what can be read there is the draft, nobody looks: the unit
// points to it. Of a disclosure the day of its last post that can be read here counts, of a
// consultation that of the version that everybody reads.
Result<std::optional<Posting>> posting_of(db::Read& read,
                                          const units::Unit& unit,
                                          const Typed& typed);
struct Announcement {
  Ballot ballot{};
  std::vector<Question> questions{};
  std::vector<std::string> households{};
  std::string unit_code{};
  ledger::CaseKey case_key{};
  ledger::Salts salts{};
};
// Refuses (forbidden) who does not head the unit, and (invalid) beside "area", "title_vi",
// "title_en", "summary", "rule", "opens", "closes", "households", "question-1", "options-1",
// "posted_on" (missing where the rule has a term for it, a day to come, or one long ago), and
// "opens" once more when that is before the draft has stood for posted_days. `posted` is what
// posting_of gave, or refused.
Result<Announcement> prepare(
    const people::Officer& officer,
    const units::Unit& unit,
    const Typed& typed,
    Random& random,
    Instant now,
    const Result<std::optional<Posting>>& posted = std::optional<Posting>());
// Fixes questions, rule and number of households, with a line in clear.
Result<Ballot> announce(db::Write& write, const Announcement& announcement);

struct RunAct {
  people::Officer officer;
  BallotId id{};
  std::int64_t revision = 0;  // of the ballot as it was seen
  ledger::Salts salts{};
  Instant now{};
};
// The list is fixed once it is open: taking off whoever has voted would tell that they have.
Result<Ballot> remove(db::Write& write, const RunAct& act, std::string_view number, Removal why);
// Until it closes. What lies in the box is destroyed unread.
Result<Ballot> cancel(db::Write& write, const RunAct& act, const std::string& reason);

// A code and a secret, drawn while preparing.
struct Drawn {
  Code code;
  std::string secret{}, public_key{};
};
Drawn draw_slip(Random& random);
inline constexpr std::size_t slips_at_once = 40;
struct Printed {
  std::string number{}, code{}, secret{};
};
// Slips for the next households that have none; empty when all have one. The secrets are kept
// nowhere.
Result<std::vector<Printed>> issue(db::Write& write,
                                   const RunAct& act,
                                   const std::vector<Drawn>& drawn);
// Another slip for a household whose slip is lost, with a line in clear; the earlier one is void.
// Does not tell whether the household has voted.
Result<Printed> reissue(db::Write& write,
                        const RunAct& act,
                        std::string_view number,
                        const Drawn& drawn);

// The holder of a slip's secret. One refusal (not_found) for a wrong code, a wrong secret and a
// household that is off the list.
Result<Slip> open_slip(db::Read& read, const people::Citizen& citizen, const Code& code);
// Whether this slip may vote now, online or by paper; why not (conflict) else.
Result<Done> may_vote(const Ballot& ballot, const Slip& slip, Instant now);

struct Cast {
  Code code;
  people::Citizen citizen;
  std::vector<Vote> votes{};  // one for each question, with a mark each
  ledger::Salts salts{};
  Instant now{};
};
// One vote for each question. `choices`: the number of an option, 0 for blank; null where nothing
// was chosen. Refuses (invalid) beside "choice-1" where nothing or none of the options was chosen.
Result<std::vector<Vote>> read_votes(const std::vector<Question>& questions,
                                     const std::vector<std::optional<std::int64_t>>& choices,
                                     Random& random);
// What the household keeps: the marks, and the line of the ledger that says that a vote came in.
// Neither stands with the other anywhere.
struct Receipt {
  std::vector<std::string> marks{};
  std::int64_t line = 0;
  std::string fingerprint{};  // of the leaf, hexadecimal
};
Result<Receipt> cast(db::Write& write, const Cast& vote);

// A household hands its slip in and gets a paper ballot for it. `clerk` works for the unit.
struct HandIn {
  people::Officer clerk;
  BallotId id{};
  Code code;
  people::Citizen citizen;
  ledger::Salts salts{};
  Instant now{};
};
Result<Household> hand_in(db::Write& write, const HandIn& act);

// "We did not vote": by the slip's holder, when somebody did in their place. Taken whether the
// household has voted or not, so that it tells nobody; it counts once it has. It takes nothing out
// of the box; the result tells that there are such households.
Result<Done> object(db::Write& write,
                    const people::Citizen& citizen,
                    const Code& code,
                    const ledger::Salts& salts,
                    Instant now);

// What one of those who counted the paper ballots found, after the end.
struct CountAct {
  people::Officer officer;
  BallotId id{};
  PaperCounts counts{};
  std::string key{};  // 32 random bytes drawn while preparing
  Instant now{};
};
enum class Counted : std::uint8_t {
  waits,    // for a second person, who types without seeing this
  differs,  // from what the others typed: count again
  done,
};
Result<Counted> type_count(db::Write& write, const CountAct& act);

// Whether the box holds one ballot for each household that voted online, for each question, and the
// list and the text are those that the ledger was told. To be asked only once it is closed.
bool box_fits(db::Read& read, const Ballot& ballot);
// Writes box and list of what is closed anew, whether it can be counted or waits for paper.
Result<Done> sort_closed(db::Write& write, BallotId id, Instant now);

// Counts a ballot that nobody voted in on paper. Refuses (conflict) one that is not over, was
// counted, or has paper ballots; (unavailable) what box_fits refuses.
Result<Ballot> count_online(db::Write& write, BallotId id, Instant now);

}  // namespace ln::ballot
