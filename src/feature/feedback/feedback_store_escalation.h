// What went up the ladder (feedback_escalation.h).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Cases that wait for their office or for a promise, whose date lies in [from, until] and that are
// not on `rung` with it; by that date. A paused case waits for its sender and is not among them.
struct LateFilter {
  std::int64_t rung = 1;
  Instant from{}, until{};
  bool with_protected = true;
  std::int64_t limit = 100;
};
std::vector<Feedback> late_below(db::Read& read, const LateFilter& filter);

struct Escalation {
  std::int64_t id = 0;
  FeedbackId feedback{};
  std::int64_t rung = 1;
  Instant due_at{};  // the date that was missed
  Instant at{};
  units::UnitId from{}, to{};
};
bool is_on_rung(db::Read& read, FeedbackId id, std::int64_t rung, Instant due_at);
void insert_escalation(db::Write& write, const Escalation& escalation, std::string_view to_path);

// What was put before the units of a subtree on `rung` and still waits past that same date, newest
// first, ids below `before` (0: from the newest).
struct PutUp {
  Escalation escalation;
  Feedback feedback;
};
std::vector<PutUp> put_before(db::Read& read,
                              std::string_view top,
                              std::int64_t rung,
                              std::int64_t before,
                              std::int64_t limit);

}  // namespace ln::feedback
