// Which offices send a matter to one another, and who decided whose it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

struct Dispute {
  std::int64_t id = 0;
  FeedbackId feedback{};
  Instant at{};
  units::UnitId by{};     // has the case, and keeps it until it is decided
  units::UnitId with{};   // had it before and passed it on
  units::UnitId above{};  // decides
  std::optional<Instant> decided_at{};
  units::UnitId decided{};  // whose it is; 0 while it is open
};

// In place of an open one of the case that was left behind.
void insert_dispute(db::Write& write, const Dispute& dispute, std::string_view above_path);
void decide_dispute(db::Write& write, const Dispute& dispute, units::UnitId whose, Instant at);
// The newest of the case, open or decided.
std::optional<Dispute> newest_dispute(db::Read& read, FeedbackId id);
// The one that waits for a decision. A case that went elsewhere by itself (a reorganisation, a
// citizen who refused an answer) left its dispute behind.
std::optional<Dispute> open_dispute(db::Read& read, const Feedback& feedback);
std::optional<Dispute> open_dispute(db::Read& read, const Code& code);
// Whether the office had the case by being sent it, or by being handed it; an office that got it
// in a reorganisation never said whose it is.
bool had(db::Read& read, FeedbackId id, units::UnitId unit);

struct Disputed {
  Dispute dispute;
  Feedback feedback;
};
// Open ones that the unit at `above_path` or one below it has to decide and whose case still waits
// for an office, the oldest first.
std::vector<Disputed> disputes_below(db::Read& read,
                                     std::string_view above_path,
                                     std::int64_t limit);

}  // namespace ln::feedback
