#include "feature/feedback/feedback_jobs_recount.h"

#include <vector>

#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_actions_recount.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t recounted_max = 100;
constexpr std::chrono::minutes heard_within{1};
constexpr std::string_view recounted_to = "calendar", recount_reached = "calendar_case";

// Kept as `recount_reached` between the two times through: the second one waits.
constexpr std::int64_t between = -1;

struct Turn {
  workdays::Shared calendar{};
  std::vector<FeedbackId> ids{};
  std::int64_t from = 0;  // the last case looked at
};

bool is_heard(const workdays::Calendar& calendar, Instant now) {
  return now >= calendar.changes().back().at + heard_within;
}

// What is to be done, read beside the writer: nothing, most of the time.
Turn next_turn(db::Read& read, Instant now) {
  const std::int64_t revision = workdays::revision_of(read);
  if (revision == 0 || progress_of(read, recounted_to) >= revision) return {};
  Turn turn{.calendar = workdays::load(read), .from = progress_of(read, recount_reached)};
  if (turn.from == between && !is_heard(*turn.calendar, now)) return {};
  turn.ids = counted_before(read, revision, FeedbackId{turn.from}, recounted_max);
  return turn;
}

// Where the next turn goes on.
std::int64_t next_from(const Turn& turn, Instant now) {
  if (!turn.ids.empty()) return turn.ids.back().value;
  return is_heard(*turn.calendar, now) ? 0 : between;
}

}  // namespace

std::int64_t recount_open(db::Database& database, Random& random, Instant now) {
  const Turn turn = database.read([&](db::Read& read) { return next_turn(read, now); });
  if (!turn.calendar) return 0;
  const bool is_done = turn.ids.empty() && turn.from <= 0 && is_heard(*turn.calendar, now);
  std::vector<ledger::Salts> salts;
  for (std::size_t i = 0; i < turn.ids.size(); ++i) salts.push_back(ledger::draw(random));
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    // Another node was faster; what it has counted is counted.
    if (progress_of(write, recount_reached) != turn.from) return Done{};
    for (std::size_t i = 0; i < turn.ids.size(); ++i) {
      // Refused, before anything is written: the log takes nothing just now. The second time comes.
      static_cast<void>(recount(write, turn.ids[i], *turn.calendar, salts[i], now));
    }
    save_progress(write, recount_reached, next_from(turn, now));
    if (is_done) save_progress(write, recounted_to, turn.calendar->revision());
    return Done{};
  });
  return done.ok() ? static_cast<std::int64_t>(turn.ids.size()) : 0;
}

}  // namespace ln::feedback
