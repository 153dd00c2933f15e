#include "feature/feedback/feedback_jobs_escalate.h"

#include <algorithm>
#include <string>

#include "feature/feedback/feedback_actions_escalate.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_escalation.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t cases_a_turn = 100;

// The name under which it is kept to which date a rung has been seen to.
std::string progress_name(const Rung& rung) { return "escalate_" + std::to_string(rung.number); }

// Those who have reached the rung by now, and up to which date all have been found.
struct Turn {
  std::vector<FeedbackId> ids{};
  Instant seen_to{};
  bool is_last = true;
};
Turn next_turn(db::Read& read, const Rung& rung, Instant now) {
  const Instant from = from_ms(progress_of(read, progress_name(rung)));
  Turn turn{.seen_to = from};
  const auto late = late_below(read, {.rung = rung.number,
                                      .from = from,
                                      .until = now,
                                      .with_protected = rung.to != PutBefore::supervisor,
                                      .limit = cases_a_turn});
  turn.is_last = static_cast<std::int64_t>(late.size()) < cases_a_turn;
  for (const Feedback& each : late) {
    if (reached_at(rung, each.due_at, *holidays_of(each)) >= now) {
      turn.is_last = true;
      break;
    }
    turn.seen_to = std::max(turn.seen_to, each.due_at);
    turn.ids.push_back(each.id);
  }
  return turn;
}

Result<std::vector<FeedbackId>> take_up(
    db::Write& write, const Rung& rung, const Turn& turn, Random& random, Instant now) {
  std::vector<FeedbackId> gone_up;
  for (const FeedbackId id : turn.ids) {
    TRY(const bool is_up, escalate(write, id, rung, ledger::draw(random), now));
    if (is_up) gone_up.push_back(id);
  }
  save_progress(write, progress_name(rung), to_ms(turn.seen_to));
  return gone_up;
}

}  // namespace

std::int64_t escalate_late(db::Database& database, Random& random, Instant now) {
  std::int64_t count = 0;
  for (const Rung& rung : ladder()) {
    const Turn turn = database.read([&](db::Read& read) { return next_turn(read, rung, now); });
    if (turn.ids.empty()) continue;
    const auto done =
        database.write([&](db::Write& write) { return take_up(write, rung, turn, random, now); });
    if (done.ok()) count += static_cast<std::int64_t>(done.value().size());
  }
  return count;
}

std::vector<FeedbackId> escalate_all_late(db::Write& write, Random& random, Instant now) {
  std::vector<FeedbackId> all;
  for (const Rung& rung : ladder())
    for (bool is_last = false; !is_last;) {
      const Turn turn = next_turn(write, rung, now);
      is_last = turn.is_last;
      const auto done = take_up(write, rung, turn, random, now);
      if (!done.ok()) return all;
      all.insert(all.end(), done.value().begin(), done.value().end());
    }
  return all;
}

}  // namespace ln::feedback
