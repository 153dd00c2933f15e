// Rows of letters that were printed again (decision 47). No rules.
//
// No function gives those of a project: no list tells whose letter was printed again.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ledger/ledger.h"
#include "feature/project/project.h"
#include "platform/db/db.h"

namespace ln::project {

// The chain of the ledger in which stands what happens to a household by one of its letters: each
// letter has its own, with a key of its own, so that a receipt of the later one does not even tell
// how much happened before. `letter` 0 is the first.
ledger::Subject chain_of(HouseholdId household, ReissueId letter);

ReissueId insert(db::Write& write, const Reissue& letter);
std::optional<Reissue> find_reissue(db::Read& read, ReissueId id);
std::vector<Reissue> reissues_of(db::Read& read, HouseholdId id);  // in their order
// The letter of the household that stands for this key (32 bytes), whether it works or not.
std::optional<Reissue> find_reissue(db::Read& read, HouseholdId id, std::string_view citizen_key);
// Waiting, with their time come, in the order of their ids after `after`; at most `limit`.
std::vector<ReissueId> due_reissues(db::Read& read,
                                    Instant now,
                                    ReissueId after,
                                    std::int64_t limit);
// Of a project, printed in [from, to). For the floor of the public, the limit of a day and the head
// of the unit.
std::int64_t count_reissues(db::Read& read, ProjectId id, Instant from, Instant to);
// Files of a project that are not erased.
std::int64_t count_households(db::Read& read, ProjectId id);
// Whether the ledger was told in the chain of the household's letter in force that this very letter
// was asked for, with its day, its key and its reason, and that nobody stopped it since.
bool was_asked_for(db::Read& read, const Household& household, const Reissue& letter);

// Its end of waiting; false when it waits no more.
bool settle(db::Write& write, ReissueId id, LetterState state, Instant at);
// The household has this letter now, which was printed; false when it changed meanwhile.
bool take_letter(db::Write& write, const Household& household, const Reissue& letter);
// It was in force and is taken back; false when it is not in force.
bool settle_back(db::Write& write, ReissueId id, Instant at);
// The household has an earlier letter again, with the key its holder has; false when it changed
// meanwhile.
struct Before {
  ReissueId letter{};
  std::string citizen_key{};  // 32 bytes
  bool is_own = false;        // the key was never printed
};
bool restore_letter(db::Write& write, const Household& household, const Before& before);
// Of an erased file: no reason stays, and no letter waits.
void forget_reasons(db::Write& write, HouseholdId id, Instant at);

}  // namespace ln::project
