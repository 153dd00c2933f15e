#include "feature/feedback/feedback_actions_erase.h"

#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_waiting.h"
#include "core/ledger/ledger_verify.h"
#include "core/notice/notice_store.h"
#include "feature/feedback/feedback_actions_part.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_store_erase.h"
#include "feature/feedback/feedback_store_held.h"
#include "feature/feedback/feedback_store_pressure.h"
#include "feature/feedback/feedback_store_search.h"
#include "feature/feedback/feedback_store_similar.h"

namespace ln::feedback {
namespace {

Error erased_already() { return {ErrorKind::conflict, "feedback.error.erased"_t}; }

static_assert(silence_may_reopen_within == ledger::erasable_after);

// Whether the sender may still have the case looked at again. An office that declines and erases
// must not be one that deletes: what was refused stays for as long as what fell silent.
bool may_come_back(db::Read& read, const Feedback& feedback, Instant now) {
  if (next_state(feedback, Act::reopen, Party::citizen, now).ok()) return true;
  const bool may_contest = next_state(feedback, Act::contest, Party::citizen, now).ok();
  if (!may_contest && !feedback.is_protected) return false;
  // In the ledger a protected case has the hours of its batches, and verify counts by those.
  const Instant counted = feedback.is_protected ? ledger::joins_before(now) : now;
  std::optional<Instant> over_at;
  for (const ledger::Stored& entry : ledger::entries_of(read, {"feedback", feedback.id.value})) {
    using enum ledger::Event;
    if ((may_contest && (entry.event == declined || entry.event == redirected)) ||
        entry.event == lapsed)
      over_at = entry.at;
    else if (entry.event == closed)
      over_at.reset();
  }
  return over_at && counted < *over_at + ledger::erasable_after;
}

// A case that ran ends with this; it is neither solved nor fallen silent.
void end(Feedback& feedback, Instant now) {
  if (is_over(feedback.state)) return;
  feedback.state = State::closed;
  feedback.closed_at = kept_time(feedback, now);
  feedback.asked_at.reset();
}

// The words are gone, and the row is told of it.
Result<Feedback> finish_one(db::Write& write,
                            Feedback feedback,
                            Recorded what,
                            ErasedBecause because) {
  end(feedback, what.at);
  what.reason = to_text(because);
  what.audience = Audience::public_;
  TRY(const Feedback recorded, record(write, std::move(feedback), what));
  empty_words(write, recorded.id, kept_time(recorded, what.at), because);
  take_away_the_rest(write, recorded.id);
  return *find(write, recorded.id);
}

// A letter takes its parts along: their words are its words.
Result<Feedback> finish(db::Write& write,
                        const Feedback& feedback,
                        const Recorded& what,
                        ErasedBecause because) {
  TRY(Feedback letter, finish_one(write, feedback, what, because));
  for (const LetterPart& each : parts_of(write, letter.id)) {
    const auto part = find(write, each.id);
    if (!part || part->erased_at) continue;
    const ledger::Salts salts = salts_of_part(*what.salts, each.number);
    Recorded same = what;
    same.salts = &salts;
    TRY([[maybe_unused]] const Feedback gone, finish_one(write, *part, same, because));
  }
  return letter;
}

}  // namespace

void take_away_the_rest(db::Write& write, FeedbackId id) {
  attachment::erase(write, {"feedback", id.value});
  attachment::erase(write, {"feedback_answer", id.value});
  attachment::erase(write, {"feedback_review", id.value});
  notice::erase(write, {"feedback", id.value});
  erase_pressure(write, id);
  empty_held_readings(write, id);
  search_index.remove(write, id.value);
  remove_bands(write, id);
}

Result<Feedback> erase(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  if (feedback.erased_at) return erased_already();
  return finish(write, std::move(feedback),
                {.event = ledger::Event::erased,
                 .at = act.now,
                 .salts = &act.salts,
                 .party = Party::citizen,
                 .citizen = &act.citizen},
                ErasedBecause::by_sender);
}

Result<Feedback> find_erasable(db::Read& read,
                               const Eraser& eraser,
                               const Code& code,
                               Instant now) {
  auto found = find(read, code);
  const bool is_for_ombudsman =
      found && (found->is_protected || found->held_as || found->about == About::conduct);
  const bool may =
      found && (is_for_ombudsman ? eraser.may(people::Role::ombudsman, found->unit_path)
                                 : eraser.may_act_for(found->unit_path));
  if (!may) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  if (found->erased_at) return erased_already();
  if (!is_over(found->state)) return Error{ErrorKind::conflict, "feedback.error.erase_runs"_t};
  if (may_come_back(read, *found, now))
    return Error{ErrorKind::conflict, "feedback.error.erase_may_return"_t};
  // What is erased with it must be as far.
  for (const LetterPart& each : parts_of(read, found->id)) {
    const auto part = find(read, each.id);
    if (!part || part->erased_at || each.undone_at) continue;
    if (!is_over(part->state)) return Error{ErrorKind::conflict, "feedback.error.erase_runs"_t};
    if (may_come_back(read, *part, now))
      return Error{ErrorKind::conflict, "feedback.error.erase_may_return"_t};
  }
  return *std::move(found);
}

Result<Feedback> erase(db::Write& write, const EraseAct& act) {
  TRY(Feedback feedback, find_erasable(write, act.eraser, act.code, act.now));
  return finish(write, std::move(feedback),
                {.event = ledger::Event::erased,
                 .at = act.now,
                 .salts = &act.salts,
                 .party = Party::office,
                 .officer_id = act.eraser.id().value},
                act.because);
}

Result<Feedback> erase_again(db::Write& write,
                             const Code& code,
                             const ledger::Salts& salts,
                             Instant now) {
  auto found = find(write, code);
  if (!found) return Error{ErrorKind::not_found, "feedback.error.no_such_case"_t};
  if (found->erased_at) return erased_already();
  return finish(write, *std::move(found),
                {.event = ledger::Event::erased, .at = now, .salts = &salts, .party = Party::clock},
                ErasedBecause::replayed);
}

}  // namespace ln::feedback
