#include "feature/insight/insight_jobs.h"

#include "core/ledger/ledger_store.h"
#include "feature/insight/insight_pages_live.h"
#include "feature/insight/insight_store.h"

namespace ln::insight {

std::shared_ptr<const Figures> Snapshot::get() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

void Snapshot::set(std::shared_ptr<const Figures> figures) {
  const std::lock_guard lock(mutex_);
  figures_ = std::move(figures);
}

Snapshot& snapshot() {
  static Snapshot the;
  return the;
}

std::shared_ptr<const Figures> current_figures(db::Read& read, Instant now) {
  if (auto figures = snapshot().get()) return figures;
  return std::make_shared<const Figures>(count_figures(read, now - figures_period, now, now));
}

void refresh_figures(db::Database& database, http::Broadcast& broadcast, Instant now) {
  const auto last = snapshot().get();
  const auto figures = database.read([&](db::Read& read) -> std::shared_ptr<const Figures> {
    const bool is_fresh = last && now - last->to < std::chrono::minutes(1) &&
                          last->leaf_count == ledger::leaf_count(read);
    if (is_fresh) return nullptr;
    return std::make_shared<const Figures>(count_figures(read, now - figures_period, now, now));
  });
  if (!figures) return;
  snapshot().set(figures);
  for (const i18n::Language language : {i18n::Language::vi, i18n::Language::en})
    broadcast.publish(live_channel(language), "figures", live_figures(language, *figures));
}

}  // namespace ln::insight
