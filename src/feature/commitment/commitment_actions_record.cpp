#include "feature/commitment/commitment_actions_record.h"

#include "core/ledger/ledger_actions.h"

namespace ln::commitment {
namespace {

// The word of the ledger that comes nearest; `cat` of the payload has our own.
ledger::Event event_for(Happening what) {
  switch (what) {
    case Happening::made:
    case Happening::reworded:
    case Happening::changed: return ledger::Event::promised;
    case Happening::declared: return ledger::Event::answered;
    case Happening::admitted: return ledger::Event::declined;
    case Happening::change_proposed: return ledger::Event::asked;
    case Happening::overdue:
    case Happening::broken_by_time: return ledger::Event::lapsed;
    case Happening::kept_by_silence: return ledger::Event::closed;
    case Happening::confirmed:
    case Happening::objected:
    case Happening::accepted:
    case Happening::refused:
    case Happening::change_agreed:
    case Happening::change_refused: break;  // In a chain of whoever said it.
  }
  return ledger::Event::replied;
}

}  // namespace

Result<Done> record(db::Write& write, const Commitment& c, const Said& said) {
  const std::string body = body_of(c, said.words);
  TRY(const ledger::Appended appended,
      ledger::append(
          write,
          {.event = event_for(said.what),
           .subject = {"commitment", c.id.value},
           .at = said.now,
           .party = said.party == Party::clock ? ledger::Party::clock : ledger::Party::office,
           .actor_id = said.actor_id,
           .unit_id = c.unit.value,
           .unit = said.unit_code,
           .topic = to_text(said.what),
           .due = c.due_at(),
           .body = body,
           .case_key = said.case_key},
          said.salts));
  const bool tells_day = said.what == Happening::made || said.what == Happening::reworded ||
                         said.what == Happening::changed;
  insert(write, c.id,
         Event{.at = said.now,
               .what = said.what,
               .party = said.party,
               .words = said.words,
               .due_on =
                   said.due_on ? said.due_on : (tells_day ? std::optional(c.due_on) : std::nullopt),
               .line = appended.index});
  return Done{};
}

Result<Commitment> keep(db::Write& write, Commitment commitment, const Said& said) {
  TRY([[maybe_unused]] const Done told, record(write, commitment, said));
  if (!save(write, commitment)) throw db::Failure("a commitment changed under its unit");
  ++commitment.revision;
  return commitment;
}

}  // namespace ln::commitment
