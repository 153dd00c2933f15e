// Rows of feedback_move: where each case went when the units changed. No words of a case here.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

struct Move {
  FeedbackId feedback{};
  units::ReorganisationId event{};
  units::UnitId from{}, to{};
  bool is_certain = false;  // else the default handles it until a person says where it belongs
  std::optional<Instant> settled_at{};
  std::int64_t settled_by = 0;

  bool is_undetermined() const { return !is_certain && !settled_at; }
};

// Nothing when the case has a row for the event already.
void insert(db::Write& write, const Move& move);
// A person said where the case belongs. False when it was not undetermined any more.
bool settle(db::Write& write, const Move& move);
std::optional<Move> find_move(db::Read& read, FeedbackId id, units::ReorganisationId event);
// Of all events that moved the case, the oldest first.
std::vector<Move> moves_of(db::Read& read, FeedbackId id);
// Undetermined ones of an event, by case, after the case `after`; at most `limit`.
std::vector<Move> undetermined_moves(db::Read& read,
                                     units::ReorganisationId event,
                                     FeedbackId after,
                                     std::int64_t limit);

struct MoveCounts {
  std::int64_t moved = 0, undetermined = 0, settled = 0;
};
MoveCounts count_moves(db::Read& read, units::ReorganisationId event);

// Cases that are not closed and are handled by a unit that ended before `day`, by id, after
// `after`.
std::vector<FeedbackId> left_behind(db::Read& read, Day day, FeedbackId after, std::int64_t limit);
// How many cases that are not closed each unit handles, protected ones among them.
std::map<units::UnitId, std::int64_t> count_not_closed(db::Read& read);

}  // namespace ln::feedback
