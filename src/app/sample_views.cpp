#include "app/sample_views.h"

#include "core/views/views_store.h"
#include "feature/insight/insight_jobs_open.h"

namespace ln::app {

void play_looks(db::Database& database, Instant now) {
  constexpr int first = 64, second = 27;
  views::Looks looks;
  const auto look = [&](std::int64_t number, int times) {
    for (const views::Kind kind : views::all_kinds)
      for (int n = 0; n < times; ++n) looks.count(kind, number);
  };
  look(2, second);
  looks.flush(database, now - std::chrono::days(2 * views::days_kept));
  look(1, first);
  looks.flush(database, now);
}

void tell_sample_weeks(db::Database& database, Instant now) { insight::tell_weeks(database, now); }

}  // namespace ln::app
