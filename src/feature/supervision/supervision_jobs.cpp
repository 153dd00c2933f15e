#include "feature/supervision/supervision_jobs.h"

#include "base/log.h"
#include "feature/supervision/supervision_actions.h"

namespace ln::supervision {
namespace {

constexpr std::int64_t drawn_at_once = 20;

}  // namespace

std::int64_t draw_due(db::Database& database, Instant now) {
  const auto due =
      database.read([&](db::Read& read) { return due_to_draw(read, now, drawn_at_once); });
  std::int64_t count = 0;
  for (const Programme& each : due) {
    const auto head = database.read([&](db::Read& read) { return head_from(read, each.head_at); });
    if (!head) continue;  // the next tick brings it
    const auto drawn = database.write(
        [&](db::Write& write) { return draw_lots(write, each.id, head->head, now); });
    if (drawn.ok())
      ++count;
    else if (drawn.error().kind == ErrorKind::unavailable)
      log::write(log::Level::error, "supervision_not_drawn",
                 {{"programme", each.id.value}, {"why", drawn.error().text.name()}});
  }
  return count;
}

}  // namespace ln::supervision
