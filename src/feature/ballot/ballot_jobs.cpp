#include "feature/ballot/ballot_jobs.h"

#include "base/log.h"
#include "feature/ballot/ballot_actions.h"

namespace ln::ballot {
namespace {

constexpr std::int64_t counted_at_once = 20, sorted_at_once = 20, mixed_at_once = 100;

void sort_due(db::Database& database, Instant now) {
  const auto all =
      database.read([&](db::Read& read) { return not_sorted(read, now, sorted_at_once); });
  for (const BallotId id : all)
    static_cast<void>(
        database.write([&](db::Write& write) { return sort_closed(write, id, now); }));
}

}  // namespace

std::int64_t count_due(db::Database& database, Instant now) {
  sort_due(database, now);
  std::int64_t done = 0;
  for (BallotId after{}; after.value >= 0;) {
    const auto due = database.read(
        [&](db::Read& read) { return due_to_count(read, now, after, counted_at_once); });
    after = std::ssize(due) < counted_at_once ? BallotId{-1} : due.back().id;
    for (const Ballot& each : due) {
      const auto counted =
          database.write([&](db::Write& write) { return count_online(write, each.id, now); });
      if (counted.ok())
        ++done;
      else if (counted.error().kind == ErrorKind::unavailable)
        log::write(log::Level::error, "ballot_not_counted",
                   {{"ballot", each.id.value}, {"why", counted.error().text.name()}});
    }
  }
  return done;
}

void mix_counted(db::Database& database) {
  const auto all = database.read([](db::Read& read) { return not_mixed(read, mixed_at_once); });
  if (all.empty()) return;
  database.scrub();
  static_cast<void>(database.write([&](db::Write& write) -> Result<Done> {
    for (const BallotId id : all) set_mixed(write, id);
    return Done{};
  }));
}

}  // namespace ln::ballot
