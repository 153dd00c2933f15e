#include "feature/feedback/feedback_jobs.h"

#include <algorithm>

#include "core/attachment/attachment_store.h"
#include "core/ledger/ledger_jobs_batch.h"
#include "core/ledger/ledger_store.h"
#include "engine/text/text.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store_lists.h"
#include "feature/feedback/feedback_store_search.h"
#include "platform/db/once.h"
#include "platform/http/http_shelf.h"

namespace ln::feedback {
namespace {

constexpr std::int64_t turn_max = 200;           // cases in one turn of a job
constexpr std::int64_t entries_max = 20'000;     // ledger entries looked at in one turn
constexpr std::size_t views_kept_max = 100'000;  // different cases counted between two flushes
constexpr std::chrono::hours draft_lasts{24};
constexpr std::chrono::days popular_within{30};
constexpr std::int64_t popular_count = 5;

}  // namespace

std::int64_t lapse_silent(db::Database& database, Random& random, Instant now) {
  const auto silent = database.read(
      [&](db::Read& read) { return silent_since(read, now - silence_closes_after, turn_max); });
  std::int64_t done = 0;
  for (const FeedbackId id : silent) {
    const ledger::Salts salts = ledger::draw(random);
    const auto closed =
        database.write([&](db::Write& write) { return lapse(write, id, salts, now); });
    done += closed.ok() ? 1 : 0;  // Refused: the citizen was faster.
  }
  return done;
}

std::int64_t resume_asked(db::Database& database, Random& random, Instant now) {
  const auto waiting = database.read([&](db::Read& read) {
    return asked_before(read, now - std::chrono::days(pause_working_days_max), turn_max);
  });
  std::int64_t done = 0;
  for (const FeedbackId id : waiting) {
    const ledger::Salts salts = ledger::draw(random);
    const auto resumed =
        database.write([&](db::Write& write) { return resume(write, id, salts, now); });
    done += resumed.ok() ? 1 : 0;
  }
  return done;
}

// Looking is done beside the writer: under load there are thousands of entries a second, and few of
// them publish anything.
std::int64_t index_published(db::Database& database) {
  std::int64_t from = 0, to = 0;
  const auto ids = database.read([&](db::Read& read) {
    from = progress_of(read, "search");
    to = std::min(from + entries_max, ledger::last_entry_id(read));
    return ledger::subjects_with(read, "feedback",
                                 {ledger::Event::published, ledger::Event::redacted}, from, to);
  });
  if (to <= from) return 0;
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    if (progress_of(write, "search") != from) return Done{};  // Another node was faster.
    for (const std::int64_t id : ids) {
      const auto found = find(write, FeedbackId{id});
      if (!found || found->erased_at) continue;
      if (!found->published_at) {  // Taken down since.
        search_index.remove(write, id);
        continue;
      }
      const std::string text = found->public_title + " " + found->public_body + " " + found->place;
      search_index.put(write, id, text::marked(text), text::fold(text));
    }
    save_progress(write, "search", to);
    return Done{};
  });
  return done.ok() ? to - from : 0;
}

void index_anew_if_empty(db::Database& database) {
  const Result<Done> done = database.write([](db::Write& write) -> Result<Done> {
    const auto any =
        write.one("SELECT count(*) FROM (SELECT 1 FROM feedback_search LIMIT 1) AS any_row",
                  [](const db::Row& row) { return row.integer(0); });
    if (any == 0) save_progress(write, "search", 0);
    return Done{};
  });
  static_cast<void>(done);  // It refuses nothing.
}

std::int64_t search_lag(db::Read& read) {
  return std::max<std::int64_t>(0, ledger::leaf_count(read) - progress_of(read, "search"));
}

std::int64_t join_batch(db::Database& database, Random& random, Instant now) {
  return ledger::join_batch(database, "feedback", random, now);
}

std::int64_t forget_drafts(db::Database& database, Instant now) {
  const Result<std::int64_t> gone = database.write([&](db::Write& write) -> Result<std::int64_t> {
    attachment::erase_older(write, "feedback_draft", now - draft_lasts);
    db::Once::forget_before(write, now - draft_lasts);
    return remove_drafts_before(write, now - draft_lasts);
  });
  return gone.ok() ? gone.value() : 0;
}

void Views::count(FeedbackId id) {
  const std::lock_guard lock(mutex_);
  if (counts_.size() < views_kept_max || counts_.contains(id)) ++counts_[id];
}

std::int64_t Views::flush(db::Database& database) {
  std::map<FeedbackId, std::int64_t> counts;
  {
    const std::lock_guard lock(mutex_);
    counts.swap(counts_);
  }
  if (counts.empty()) return 0;
  const Result<Done> done = database.write([&](db::Write& write) -> Result<Done> {
    for (const auto& [id, views] : counts) add_views(write, id, views);
    return Done{};
  });
  return done.ok() ? static_cast<std::int64_t>(counts.size()) : 0;
}

Views& views() {
  static Views all;
  return all;
}

std::vector<FeedbackId> Popular::get(db::Read& read, Instant now) const {
  {
    const std::lock_guard lock(mutex_);
    if (kept_) return *kept_;
  }
  return most_viewed(read, now - popular_within, popular_count);
}

void Popular::refresh(db::Database& database, Instant now) {
  auto found = database.read(
      [&](db::Read& read) { return most_viewed(read, now - popular_within, popular_count); });
  {
    const std::lock_guard lock(mutex_);
    kept_ = std::move(found);
  }
  http::forget_kept_answers();
}

Popular& popular() {
  static Popular all;
  return all;
}

}  // namespace ln::feedback
