// What people do in a programme: permission, rule, rows and ledger in one transaction.
//
// Who may is in the signatures. Only a supervisor announces, finds, advises, returns, verifies and
// finishes, and none who also works for the units looked at or administers accounts. Only the head
// of the unit advised, or of one above, answers. The clock draws. There is no action that edits,
// withdraws or deletes, for anybody.
#pragma once

#include <string>
#include <vector>

#include "core/people/people.h"
#include "feature/supervision/supervision_store.h"
#include "platform/db/db.h"

namespace ln::supervision {

struct SupervisorAct {
  people::Supervisor supervisor;
  Instant now{};
};
struct OfficerAct {
  people::Officer officer;
  Instant now{};
};

// What a supervisor typed.
struct Typed {
  std::string title_vi, title_en, subject;
  Day from{}, to{};
  Instant head_at{};  // whole seconds
  std::vector<Wish> wishes{};
};
// Trimmed and in NFC. Refuses (invalid) beside "title_vi", "title_en", "subject", "period",
// "head_at" and "strata".
Result<Typed> check(const Typed& typed, Instant now);

// The frame as it would be announced. Refuses (invalid) beside "strata" one with nothing in it, one
// that is too large, and one that would tell how few cases need protection.
Result<Made> frame_for(
    db::Read& read, const units::Unit& unit, const Typed& typed, std::string_view key, Instant now);

// Fixes the frame and names the head that will decide, with a line in clear in the ledger. `key`:
// 32 random bytes drawn while preparing. Refuses (forbidden) a supervisor who is not independent of
// the unit.
Result<Programme> announce(db::Write& write,
                           const SupervisorAct& act,
                           const units::Unit& unit,
                           const Typed& typed,
                           std::string_view key);

// The frame whose text was hashed. Precondition: the programme stands in the database.
draw::Frame frame_of(db::Read& read, const Programme& programme);

// Draws by `head`. Refuses (conflict) a programme that is not waiting, a head that is not the one
// it named, and one that does not exist yet; and (unavailable) a frame that is not what was
// announced any more, with which nothing is drawn.
Result<Programme> draw_lots(db::Write& write, ProgrammeId id, const draw::Head& head, Instant now);

// What somebody says: trimmed and in NFC, long enough to say something. Refuses beside "text".
Result<std::string> check_words(const std::string& typed);
// A day to answer by: after today and within answer_days_max. Refuses beside "due_on".
Result<Done> check_due(Day due_on, Instant now);

struct Found {
  std::int64_t number = 0, seq = 1;  // seq: one more than the findings of this item that were seen
  Outcome outcome{};
  std::string note{};
  std::string salt{};       // 32 random bytes drawn while preparing
  bool is_for_unit = true;  // the form said that the unit may read it; false keeps it from them
};
// Writes a finding of a case that was drawn; another one of the same case is a correction beside
// the first, until the programme is finished. Refuses (conflict) when somebody was faster.
Result<Finding> find_out(db::Write& write,
                         const SupervisorAct& act,
                         ProgrammeId id,
                         const Found& found);

// What an officer reads of a finding about a case that a unit of theirs handled then, and what the
// unit replied. Not there (not_found) for everybody but the head of that unit or of one above, and
// for what supervision_store.h and tells_units say units do not read.
struct ReadFinding {
  Programme programme;
  ToldFinding told;
  std::optional<FindingReply> reply{};
};
Result<ReadFinding> read_finding(db::Read& read,
                                 const people::Officer& officer,
                                 ProgrammeId id,
                                 std::int64_t number);
// All of the unit at `path` and below: the newest programme first, in it by number, at most `limit`
// of those that stand after `last`.
struct ReadUntil {
  std::int64_t programme = 0, number = 0;  // 0: from the beginning
};
std::vector<ReadFinding> read_findings(db::Read& read,
                                       std::string_view path,
                                       const ReadUntil& last,
                                       std::int64_t limit);

struct Replying {
  std::int64_t number = 0, seq = 0;  // seq: of the finding that was read
  std::string text{};
  std::string salt{};  // 32 random bytes drawn while preparing
};
// The unit's one reply to a finding, also when the programme is finished. It closes and changes
// nothing. Refuses (conflict) a second one, and one to a finding that was corrected meanwhile.
Result<FindingReply> reply_to_finding(db::Write& write,
                                      const OfficerAct& act,
                                      ProgrammeId id,
                                      const Replying& replying);

// Advises the unit, which stands at the programme's or below it, to do something and to answer by
// `due_on`.
Result<Advice> advise(db::Write& write,
                      const SupervisorAct& act,
                      ProgrammeId id,
                      const units::Unit& unit,
                      const std::string& text,
                      Day due_on);
// The unit's answer, also a late one. `seq`: one more than the replies that were seen.
Result<Advice> answer(db::Write& write,
                      const OfficerAct& act,
                      AdviceId id,
                      std::int64_t seq,
                      const std::string& text);
// It is done, or it is not and the unit has until `due_on`.
Result<Advice> verify(db::Write& write,
                      const SupervisorAct& act,
                      AdviceId id,
                      std::int64_t seq,
                      const std::string& text);
Result<Advice> give_back(db::Write& write,
                         const SupervisorAct& act,
                         AdviceId id,
                         std::int64_t seq,
                         const std::string& text,
                         Day due_on);

// Refuses (conflict) while a case that was drawn has no finding or an advice is not verified.
Result<Programme> finish(db::Write& write, const SupervisorAct& act, ProgrammeId id);

}  // namespace ln::supervision
