#include "feature/insight/insight_jobs.h"

#include <chrono>
#include <utility>

#include "core/ledger/ledger_store.h"
#include "feature/insight/insight_open.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_store.h"
#include "feature/insight/insight_store_settled.h"
#include "platform/http/http_shelf.h"

namespace ln::insight {

namespace {

constexpr std::chrono::minutes long_figures_last{10};
constexpr int rest_factor = 20;

LongFigures count_long(db::Read& read, Instant now) {
  LongFigures made{.at = now};
  // Whole weeks only: the day of a single event is nobody's business.
  const Instant monday = at_local(monday_of(local_day(now)));
  made.events = ledger::count_events(read, monday - figures_period, monday);
  const Instant today = at_local(local_day(now));
  made.erased = count_erased(read, today - figures_period, today);
  return made;
}

GoneUp count_gone_up_settled(db::Read& read, Instant now) {
  const Instant monday = at_local(monday_of(local_day(now)));
  return count_gone_up(read, monday - gone_up_period, monday);
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

void Snapshot::set(std::shared_ptr<const Figures> moment) {
  {
    const std::lock_guard lock(mutex_);
    kept_.moment = std::move(moment);
  }
  http::forget_kept_answers();
}

void Snapshot::set(std::shared_ptr<const Settled> settled) {
  {
    const std::lock_guard lock(mutex_);
    kept_.settled = std::move(settled);
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

std::shared_ptr<const Figures> current_moment(db::Read& read, Instant now) {
  if (auto kept = snapshot().get().moment) return kept;
  return std::make_shared<const Figures>(count_moment(read, now - figures_period, now));
}

std::shared_ptr<const Settled> current_figures(db::Read& read, Instant now) {
  if (auto kept = snapshot().get().settled) return kept;
  return std::make_shared<const Settled>(count_settled(read, now));
}

std::shared_ptr<const LongFigures> current_long_figures(db::Read& read, Instant now) {
  if (auto kept = snapshot().get().long_ones) return kept;
  return std::make_shared<const LongFigures>(count_long(read, now));
}

std::int64_t current_gone_up(db::Read& read, units::UnitId unit, Instant now) {
  const auto kept = snapshot().get().gone_up;
  const auto counted =
      kept ? kept : std::make_shared<const GoneUp>(count_gone_up_settled(read, now));
  const auto found = counted->find(unit.value);
  return found == counted->end() ? 0 : found->second;
}

void refresh_figures(db::Database& database, http::Broadcast& broadcast, Instant now) {
  static Rest rest;  // One thread runs the jobs.
  if (!rest.is_over()) return;
  const auto started = Rest::Clock::now();
  const auto last = snapshot().get().moment;
  const auto figures = database.read([&](db::Read& read) -> std::shared_ptr<const Figures> {
    const bool is_fresh = last && now - last->to < std::chrono::minutes(1) &&
                          last->leaf_count == ledger::leaf_count(read);
    if (is_fresh) return nullptr;
    return std::make_shared<const Figures>(count_moment(read, now - figures_period, now));
  });
  if (!figures) return;
  rest.begin(started);
  snapshot().set(figures);
  for (const i18n::Language language : {i18n::Language::vi, i18n::Language::en})
    broadcast.publish(live_channel(language), "figures", live_figures(language, *figures));
}

void refresh_settled(db::Database& database, Instant now) {
  const auto last = snapshot().get().settled;
  if (last && database.read(last_open_week) == last->sunday) return;
  snapshot().set(database.read(
      [&](db::Read& read) { return std::make_shared<const Settled>(count_settled(read, now)); }));
}

void refresh_long_figures(db::Database& database, Instant now) {
  static Rest rest;
  if (!rest.is_over()) return;
  const auto last = snapshot().get().long_ones;
  if (last && now - last->at < long_figures_last && local_day(now) == local_day(last->at)) return;
  const auto started = Rest::Clock::now();
  auto [counted, gone_up] = database.read([&](db::Read& read) {
    return std::pair(std::make_shared<const LongFigures>(count_long(read, now)),
                     std::make_shared<const GoneUp>(count_gone_up_settled(read, now)));
  });
  rest.begin(started);
  snapshot().set(std::move(counted), std::move(gone_up));
}

}  // namespace ln::insight
