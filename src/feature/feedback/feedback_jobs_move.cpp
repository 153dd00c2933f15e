#include "feature/feedback/feedback_jobs_move.h"

#include <iterator>
#include <vector>

#include "core/ledger/ledger_stop.h"
#include "core/people/people_reorganise.h"
#include "core/units/units_store_reorganise.h"
#include "feature/feedback/feedback_actions_move.h"
#include "feature/feedback/feedback_actions_reorganise.h"
#include "feature/feedback/feedback_store_move.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t cases_a_turn = 200;
constexpr std::chrono::hours looked_at_again{1};

// Whether the event still stands where this turn found it.
bool is_ours(db::Read& read, const units::Reorganisation& event) {
  const auto now = units::find(read, event.id);
  return now && now->stage == event.stage && now->seen_id == event.seen_id;
}

std::int64_t give_roles(db::Database& database, const units::Reorganisation& event, Instant now) {
  const auto given = database.write([&](db::Write& write) -> Result<std::int64_t> {
    if (!is_ours(write, event)) return 0;
    const std::int64_t roles = people::follow_units(write, event.day, now);
    units::save_progress(write, event.id, units::Stage::moving, 0);
    return roles + 1;
  });
  return given.ok() ? given.value() : 0;
}

// Nothing is left behind: over, or from the beginning again.
void end_round(db::Database& database, const units::Reorganisation& event, Instant now) {
  const bool is_over = now >= at_local(event.day) + looked_at_again;
  const auto ended = database.write([&](db::Write& write) -> Result<Done> {
    if (!is_ours(write, event)) return Done{};
    if (is_over)
      units::finish(write, event.id, now);
    else
      units::save_progress(write, event.id, units::Stage::moving, 0);
    return Done{};
  });
  static_cast<void>(ended);  // It refuses nothing.
  http::forget_kept_answers();
}

}  // namespace

std::int64_t follow_reorganisation(db::Database& database, Random& random, Instant now) {
  std::vector<FeedbackId> ids;
  const auto event = database.read([&](db::Read& read) {
    auto due = units::due_reorganisation(read, local_day(now));
    if (due && due->stage == units::Stage::moving)
      ids = left_behind(read, due->day, FeedbackId{due->seen_id}, cases_a_turn);
    return due;
  });
  if (!event) return 0;
  if (event->stage == units::Stage::planned) return give_roles(database, *event, now);
  if (ids.empty()) {
    end_round(database, *event, now);
    return 0;
  }
  std::vector<ledger::Salts> salts;
  for (std::size_t i = 0; i < ids.size(); ++i) salts.push_back(ledger::draw(random));
  const auto moved = database.write([&](db::Write& write) -> Result<std::int64_t> {
    if (!is_ours(write, *event)) return 0;
    TRY([[maybe_unused]] const Done allowed, ledger::may_write());
    // One that was closed or erased meanwhile is left where it is.
    for (std::size_t i = 0; i < ids.size(); ++i)
      static_cast<void>(move_along(write, ids[i], *event, salts[i], now));
    units::save_progress(write, event->id, units::Stage::moving, ids.back().value);
    return static_cast<std::int64_t>(ids.size());
  });
  return moved.ok() ? moved.value() : 0;
}

std::int64_t say_reorganisations(db::Database& database, Instant now) {
  const auto unsaid = [](db::Read& read) {
    std::vector<units::Reorganisation> all = units::reorganisations(read);
    std::erase_if(all, [&](const units::Reorganisation& each) { return is_said(read, each); });
    return all;
  };
  if (database.read(unsaid).empty()) return 0;
  const Result<std::int64_t> count = database.write([&](db::Write& write) -> Result<std::int64_t> {
    const auto all = unsaid(write);
    for (const units::Reorganisation& each : all) {
      TRY([[maybe_unused]] const Done done, say(write, each, now));
    }
    return std::ssize(all);
  });
  return count.ok() ? count.value() : 0;  // Refused: the log takes no lines now.
}

bool is_reorganising(db::Database& database, Instant now) {
  return database.read([&](db::Read& read) {
    const auto due = units::due_reorganisation(read, local_day(now));
    return due && (due->stage == units::Stage::planned || due->seen_id > 0);
  });
}

}  // namespace ln::feedback
