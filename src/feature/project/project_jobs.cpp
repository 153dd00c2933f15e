#include "feature/project/project_jobs.h"

#include <exception>

#include "base/log.h"
#include "core/ledger/ledger_actions.h"
#include "feature/project/project_actions_reissue.h"
#include "feature/project/project_store.h"
#include "feature/project/project_store_reissue.h"

namespace ln::project {

std::int64_t put_letters_in_force(db::Database& database, Random& random, Instant now) {
  constexpr std::int64_t at_once = 200;
  std::int64_t count = 0;
  // A letter that cannot come into force keeps no other one waiting: it is passed by, in its turn,
  // and the told check says what is wrong with it.
  for (ReissueId after{};;) {
    const auto due = database.read(
        [&](db::Read& read) { return due_reissues(read, now, after, at_once); });
    if (due.empty()) return count;
    after = due.back();
    for (const ReissueId id : due) {
      const InForce drawn{.id = id,
                          .case_key = ledger::draw_case_key(random),
                          .closing = ledger::draw(random),
                          .opening = ledger::draw(random),
                          .now = now};
      try {
        const auto done =
            database.write([&](db::Write& write) { return put_in_force(write, drawn); });
        count += done.ok() ? 1 : 0;
      } catch (const std::exception& failure) {
        log::write(log::Level::error, "letter_not_in_force",
                   {{"letter", id.value}, {"failure", failure.what()}});
      }
    }
  }
}

std::int64_t destroy_erased(db::Write& write,
                            const db::Erasure& permission,
                            std::int64_t limit,
                            Instant now) {
  const auto owed = owed_destruction(write, limit);
  for (const HouseholdId id : owed) {
    ledger::erase(write, permission, chain_of(id, ReissueId{}));
    for (const Reissue& each : reissues_of(write, id))
      if (each.state == LetterState::in_force || each.state == LetterState::taken_back)
        ledger::erase(write, permission, chain_of(id, each.id));
    note_destroyed(write, id, now);
  }
  return std::ssize(owed);
}

}  // namespace ln::project
