// What administrators of the city change of the criteria of emulation: dated, in the public log,
// taken back by one more change, as all settings are (core/settings/settings_actions.h).
#pragma once

#include <cstdint>
#include <string>

#include "core/people/people.h"
#include "core/settings/settings.h"
#include "feature/emulation/emulation_store.h"
#include "platform/db/db.h"

namespace ln::emulation {

// The value of a criterion now; empty when there is none.
std::string criterion_value(db::Read& read, const std::string& code, Instant now);

// `seen` is the value that was on the page; empty for a new one.
struct CriterionChange {
  Criterion criterion{};
  // The criteria that will be in force on the day of this change, by their code: with it, and with
  // those that wait for that day or an earlier one.
  std::vector<Criterion> criteria_then(db::Read& read, const CriterionChange& change, Instant now);
  std::string seen{};
  Day from{};
  std::string reason{};
};
// The criteria that will be in force on the day of this change, by their code: with it, and with
// those that wait for that day or an earlier one.
std::vector<Criterion> criteria_then(db::Read& read, const CriterionChange& change, Instant now);
// Everything that is wrong with it, beside "code", "name_vi", "name_en", "source", "from" and
// "reason": a new one has a code that no other has; a criterion has one line each.
Result<Done> check_criterion(db::Read& read, const CriterionChange& change, Instant now);
// Gives the number of the change. Refuses forbidden, what check_criterion and settings::change()
// refuse, and conflict when the criterion is not as it was `seen`.
Result<std::int64_t> change_criterion(db::Write& write,
                                      const people::Administrator& administrator,
                                      const CriterionChange& change,
                                      Instant now);
// Takes a change back; one that made a criterion takes it out of force. Refuses (not_found) what is
// no change of a criterion, and what settings::undo() refuses.
Result<Done> undo_criterion(db::Write& write,
                            const people::Administrator& administrator,
                            std::int64_t id,
                            Instant now);
// Applies what has become due. Gives how many.
std::int64_t apply_due_criteria(db::Database& database, Instant now);

}  // namespace ln::emulation
