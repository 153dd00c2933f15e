#include "feature/survey/survey_jobs.h"

#include "feature/survey/survey_actions.h"

namespace ln::survey {
namespace {

constexpr std::int64_t done_at_once = 20;

}  // namespace

std::int64_t draw_due(db::Database& database, Instant now) {
  const auto due =
      database.read([&](db::Read& read) { return due_to_draw(read, now, done_at_once); });
  std::int64_t count = 0;
  for (const Survey& each : due) {
    const auto head =
        database.read([&](db::Read& read) { return head_from(read, each.head_at.value_or(now)); });
    if (!head) continue;  // the next tick brings it
    count +=
        database.write([&](db::Write& write) { return draw_lots(write, each.id, *head, now); }).ok()
            ? 1
            : 0;
  }
  return count;
}

std::int64_t close_due(db::Database& database, Instant now) {
  const auto due = database.read(
      [&](db::Read& read) { return due_to_close(read, local_day(now), done_at_once); });
  std::int64_t count = 0;
  for (const Survey& each : due)
    count +=
        database.write([&](db::Write& write) { return close_survey(write, each.id, now); }).ok()
            ? 1
            : 0;
  return count;
}

}  // namespace ln::survey
