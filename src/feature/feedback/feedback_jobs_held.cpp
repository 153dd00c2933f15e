#include "feature/feedback/feedback_jobs_held.h"

#include "core/ledger/ledger_actions.h"
#include "feature/feedback/feedback_store_held.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t held_at_once = 200;

}  // namespace

std::int64_t expire_held(db::Database& database, Random& random, Instant now) {
  const Instant before = now - held_kept_for;
  const auto old =
      database.read([&](db::Read& read) { return held_before(read, before, held_at_once); });
  for (const Held& held : old) {
    const ledger::Salts salts = ledger::draw(random);
    const auto done = database.write([&](db::Write& write) -> Result<Done> {
      TRY([[maybe_unused]] const ledger::Appended appended,
          ledger::append(write,
                         {.event = ledger::Event::erased,
                          .subject = {"feedback_held", held.id.value},
                          .at = now,
                          .party = ledger::Party::clock,
                          .reason = to_text(ErasedBecause::retention_over)},
                         salts));
      empty_held(write, held, ledger::coarse(now), ErasedBecause::retention_over);
      return Done{};
    });
    if (!done.ok()) return 0;
  }
  return static_cast<std::int64_t>(old.size());
}

std::int64_t destroy_held(db::Write& write, const db::Erasure& permission, Instant now) {
  const auto owed = held_owed_destruction(write, held_at_once);
  for (const HeldId id : owed) {
    ledger::erase(write, permission, {"feedback_held", id.value});
    note_held_destroyed(write, id, now);
  }
  return static_cast<std::int64_t>(owed.size());
}

}  // namespace ln::feedback
