// Rows ⇄ reorganisations, and what they do to units.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/units/units_reorganise.h"
#include "platform/db/db.h"

namespace ln::units {

struct ReorganisationTable;
using ReorganisationId = Id<ReorganisationTable>;

enum class Stage : std::uint8_t {
  planned,  // nothing was moved yet
  moving,   // roles were, and cases are
  done,
};
std::string_view to_text(Stage stage);

struct Reorganisation {
  ReorganisationId id{};
  Day day{};  // the first day of the new units; no other event has it
  std::string name{}, source{};
  Stage stage = Stage::planned;
  Instant created_at{};
  std::int64_t created_by = 0;  // account; 0: the command line
  std::optional<Instant> done_at{};
  std::int64_t seen_id = 0;  // the last case the moving has looked at
};
std::optional<Reorganisation> find(db::Read& read, ReorganisationId id);
std::optional<Reorganisation> reorganisation_on(db::Read& read, Day day);
// All of them, the newest first.
std::vector<Reorganisation> reorganisations(db::Read& read);
// The oldest one that has come and is not done.
std::optional<Reorganisation> due_reorganisation(db::Read& read, Day today);
// `reorganisation.id` is ignored and the new one returned.
ReorganisationId insert(db::Write& write, const Reorganisation& reorganisation);
// Which units the event opens and ends, so that it can be withdrawn.
void mark_opened(db::Write& write, UnitId unit, ReorganisationId event);
void mark_ended(db::Write& write, UnitId unit, ReorganisationId event);
// Those it opens.
std::vector<UnitId> opened_by(db::Read& read, ReorganisationId event);
// The event with all it wrote: units it opens are gone, and those it ends go on.
void undo(db::Write& write, ReorganisationId event);
void save_progress(db::Write& write, ReorganisationId id, Stage stage, std::int64_t seen_id);
void finish(db::Write& write, ReorganisationId id, Instant now);

struct NewSuccession {
  UnitId old_unit{}, new_unit{};
  Relation relation{};
  std::string_view note{};
  std::string_view words{};
  std::size_t position = 0;  // the first one takes what nothing else decides
};
void insert(db::Write& write, const NewSuccession& succession);
// What became of the units that ended the day before `day`: a line "old,new,relation" for each
// pair, in the order of the codes.
std::string lines_of(db::Read& read, Day day);
// From then on `last` was its last day.
void close(db::Write& write, UnitId unit, Day last);

// All units in force on `day`, a unit after the one above it.
std::vector<Unit> all_on(db::Read& read, Day day);
// Codes of the units that begin on exactly `day`.
std::vector<std::string> codes_from(db::Read& read, Day day);
// Units that ended on `last`, and their first successors by name, for lists; at most `limit`.
std::vector<Unit> ended_on(db::Read& read, Day last, std::size_t limit);

// Who may take over, on `day`, what `ended` had in hand: its successors, or theirs; when it has
// none, those of the unit above it. Itself while it exists. None when nothing above it goes on.
Heirs heirs_on(db::Read& read, const Unit& ended, Day day);
// The unit with this code on `day`; when no unit has it any more, the only one that became of the
// last one that had it. Null when several did: somebody has to choose. For links and codes on
// paper.
std::optional<Unit> find_or_heir(db::Read& read, std::string_view code, Day day);
// Its own successors in force on `day`, without those of the unit above it.
std::vector<Unit> became(db::Read& read, const Unit& ended, Day day);

}  // namespace ln::units
