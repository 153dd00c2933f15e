// Rows of feedback_pressure. Only what the sender and a supervisor may read goes through here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "feature/feedback/feedback_pressure.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Asks the senders of all such cases that were received in (after, until] and still have words.
// Asking twice is once. Returns whom it asked just now.
std::vector<FeedbackId> ask_about_pressure(
    db::Write& write, std::chrono::days round, Instant after, Instant until, Instant now);

// The newest question that this sender has not answered; null when none is open.
std::optional<std::int64_t> open_question(db::Read& read, FeedbackId id);
void save_answer(
    db::Write& write, std::int64_t question, Pressure answer, std::string_view text, Instant at);

// What a sender said, for the supervisor.
struct PressureTold {
  std::int64_t id = 0;
  FeedbackId feedback{};
  std::int64_t round = 0;  // days after sending
  Instant answered_at{};
  std::string text;
  std::optional<Instant> taken_up_at;
  std::int64_t taken_up_by = 0;
};
// Those who were pressed, newest first, ids below `before` (0: from the newest).
std::vector<PressureTold> pressed(db::Read& read, std::int64_t before, std::int64_t limit);
// False when there is no such answer, or somebody has taken it up.
bool take_up(db::Write& write, std::int64_t id, std::int64_t account_id, Instant now);

struct PressureCounts {
  std::int64_t asked = 0, answered = 0, pressed = 0, waiting = 0;  // waiting: not taken up
};
PressureCounts count_pressure(db::Read& read);

void erase_pressure(db::Write& write, FeedbackId id);

}  // namespace ln::feedback
