#include "feature/insight/insight_jobs.h"

#include <chrono>
#include <utility>

#include "core/ledger/ledger_store.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_store.h"
#include "platform/http/http_shelf.h"

namespace ln::insight {

namespace {

constexpr int months_counted = 12;
constexpr std::chrono::minutes long_figures_last{10};
constexpr int rest_factor = 20;

LongFigures count_long(db::Read& read, Instant now) {
  using std::chrono::days;
  LongFigures made;
  made.quarter = count_figures(read, now - days(90), now, now);
  made.year = count_figures(read, now - days(365), now, now);
  made.months = count_months(read, months_counted, now);
  made.senders = count_senders(read, now - figures_period, now, now);
  // Whole days only: the hour of a single event is nobody's business.
  const Instant today = at_local(local_day(now));
  made.events = ledger::count_events(read, today - figures_period, today);
  made.erased = count_erased(read, today - figures_period, today);
  return made;
}

// When a job may run again, by the time it took.
class Rest {
 public:
  using Clock = std::chrono::steady_clock;
  bool is_over() const { return Clock::now() >= until_; }
  void begin(Clock::time_point started) {
    const auto ended = Clock::now();
    until_ = ended + rest_factor * (ended - started);
  }

 private:
  Clock::time_point until_{};
};

}  // namespace

Snapshot::Kept Snapshot::get() const {
  const std::lock_guard lock(mutex_);
  return kept_;
}

void Snapshot::set(std::shared_ptr<const Figures> figures) {
  {
    const std::lock_guard lock(mutex_);
    kept_.figures = std::move(figures);
  }
  http::forget_kept_answers();
}

void Snapshot::set(std::shared_ptr<const LongFigures> long_ones,
                   std::shared_ptr<const GoneUp> gone_up) {
  {
    const std::lock_guard lock(mutex_);
    kept_.long_ones = std::move(long_ones);
    kept_.gone_up = std::move(gone_up);
  }
  http::forget_kept_answers();
}

Snapshot& snapshot() {
  static Snapshot the;
  return the;
}

std::shared_ptr<const Figures> current_figures(db::Read& read, Instant now) {
  if (auto kept = snapshot().get().figures) return kept;
  return std::make_shared<const Figures>(count_figures(read, now - figures_period, now, now));
}

std::shared_ptr<const LongFigures> current_long_figures(db::Read& read, Instant now) {
  if (auto kept = snapshot().get().long_ones) return kept;
  return std::make_shared<const LongFigures>(count_long(read, now));
}

std::int64_t current_gone_up(db::Read& read, units::UnitId unit, Instant now) {
  const auto kept = snapshot().get().gone_up;
  if (!kept) return count_gone_up(read, unit, now - gone_up_period);
  const auto found = kept->find(unit.value);
  return found == kept->end() ? 0 : found->second;
}

void refresh_figures(db::Database& database, http::Broadcast& broadcast, Instant now) {
  static Rest rest;  // One thread runs the jobs.
  if (!rest.is_over()) return;
  const auto started = Rest::Clock::now();
  const auto last = snapshot().get().figures;
  const auto figures = database.read([&](db::Read& read) -> std::shared_ptr<const Figures> {
    const bool is_fresh = last && now - last->to < std::chrono::minutes(1) &&
                          last->leaf_count == ledger::leaf_count(read);
    if (is_fresh) return nullptr;
    return std::make_shared<const Figures>(count_figures(read, now - figures_period, now, now));
  });
  if (!figures) return;
  rest.begin(started);
  snapshot().set(figures);
  for (const i18n::Language language : {i18n::Language::vi, i18n::Language::en})
    broadcast.publish(live_channel(language), "figures", live_figures(language, *figures));
}

void refresh_long_figures(db::Database& database, Instant now) {
  static Rest rest;
  if (!rest.is_over()) return;
  const auto last = snapshot().get().long_ones;
  if (last && now - last->year.to < long_figures_last && local_day(now) == local_day(last->year.to))
    return;
  const auto started = Rest::Clock::now();
  auto [counted, gone_up] = database.read([&](db::Read& read) {
    return std::pair(std::make_shared<const LongFigures>(count_long(read, now)),
                     std::make_shared<const GoneUp>(count_gone_up(read, now - gone_up_period)));
  });
  rest.begin(started);
  snapshot().set(std::move(counted), std::move(gone_up));
}

}  // namespace ln::insight
