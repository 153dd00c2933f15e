// Bringing the cases of another system in. Each line becomes a case as any other: routed, with a
// code and a line of the ledger, due by our rules. Its clock runs from when the other system says
// that it was received, and that stays marked as its statement; the ledger says when it came here.
//
// The secret of such a case is drawn and forgotten: its sender follows it where it was sent. So it
// can be answered here and fall silent, and never counts as solved.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/people/people.h"
#include "core/settings/settings_actions.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_actions_settings.h"
#include "feature/feedback/feedback_foreign.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Who may bring cases in: for the units of these roles, and below.
using Importer = people::As<people::Role::triage, people::Role::administrator>;

// So many cases one transaction takes; the rest of a file follows when it is sent again.
inline constexpr std::size_t foreign_at_once = 500;

inline constexpr std::size_t foreign_settle_max = 50;

struct ForeignCase {
  Prepared prepared;
  ForeignRow row{};
};
struct ForeignPlan {
  std::vector<ForeignCase> fresh{};  // the first foreign_at_once, ready to be written
  std::size_t later_count = 0;       // fresh as well, for the next time
  std::size_t here_count = 0;        // brought in before
  std::size_t over_count = 0;        // over there, and left there
  // Over there by what the file says, and open here: a person looks and decides. Nothing is closed
  // by a file. The first foreign_settle_max.
  std::vector<Feedback> to_settle{};
  std::vector<ForeignTrouble> troubles{};  // in the order of the lines
};

// What would become of the lines of a file. A line is no case of ours when prepare() refuses it, a
// word for its topic or unit is neither ours nor in the source, or the unit that would handle it is
// not below one of the importer's.
ForeignPlan plan_foreign(db::Read& read,
                         const Importer& importer,
                         const Source& source,
                         const ForeignFile& file,
                         Random& random,
                         Instant now);

// Writes `fresh` of a plan: all or nothing, but for those that somebody brought in meanwhile. Gives
// how many. Refuses conflict when the source is off or gone by now, and what submit() refuses.
Result<std::int64_t> bring_in(db::Write& write,
                              const Importer& importer,
                              const Source& source,
                              const std::vector<ForeignCase>& fresh,
                              Instant now);

// --- sources (list "source" of the settings) ----------------------------------------------------

struct SourceChange {
  Source source{};
  std::string seen{};  // the value that was on the page; empty for a new one
  std::string reason{};
};
// Everything that is wrong with it: check_source's fields, a topic or unit that is none ("topics",
// "units"), a code that is taken ("code"), and "reason".
Result<Done> check_source_change(db::Read& read, const SourceChange& change, Instant now);
// The same among what one file brings.
Result<Done> check_source_among(db::Read& read,
                                const SourceChange& change,
                                const Brought& brought,
                                Instant now);
// Makes or changes a source from today on. Gives the number of the change. Refuses forbidden, what
// check_source_change refuses, and conflict when it is not as it was `seen`.
Result<std::int64_t> change_source(db::Write& write,
                                   const people::Administrator& administrator,
                                   const SourceChange& change,
                                   Instant now);
// Takes a change back; one that made a source switches it off. Refuses what settings::undo refuses.
Result<Done> undo_source(db::Write& write,
                         const people::Administrator& administrator,
                         const settings::Change& change,
                         Instant now);

}  // namespace ln::feedback
