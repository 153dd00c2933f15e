// What time does to feedback. Each function is one turn of a job: it does a bounded piece of work
// in its own transactions and returns how much it did, so that the caller comes back while there is
// more.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Closes what has been silent for fifteen days after its answer.
std::int64_t lapse_silent(db::Database& database, Random& random, Instant now);
// Ends pauses that have lasted five working days.
std::int64_t resume_asked(db::Database& database, Random& random, Instant now);
// Brings newly published texts into the search index, reading the ledger from where it left off.
std::int64_t index_published(db::Database& database);
// How many entries of the ledger it has not looked at yet.
std::int64_t search_lag(db::Read& read);
// After a restore that could not bring the index along: all published texts are indexed once more.
void index_anew_if_empty(db::Database& database);
// Lets what happened to protected cases join the ledger with the batch of its hour
// (core/ledger/ledger_jobs_batch.h). Returns how many lines joined.
std::int64_t join_batch(db::Database& database, Random& random, Instant now);

// Drafts untouched for a day, their files, and outcomes kept for repeated sends.
std::int64_t forget_drafts(db::Database& database, Instant now);

// Views of public pages since the last flush. GET handlers never write: they count here, and a job
// brings the sums to the rows. Thread-safe; a crash loses at most the counts of a few seconds.
class Views {
 public:
  void count(FeedbackId id);
  std::int64_t flush(db::Database& database);

 private:
  std::mutex mutex_;
  std::map<FeedbackId, std::int64_t> counts_;  // guarded by mutex_
};
Views& views();

// What was looked at most in the last thirty days, kept by a job because finding it reads every
// case published since. Thread-safe.
class Popular {
 public:
  // The kept list; counted now when the job has not been here yet.
  std::vector<FeedbackId> get(db::Read& read, Instant now) const;
  void refresh(db::Database& database, Instant now);

 private:
  mutable std::mutex mutex_;
  std::optional<std::vector<FeedbackId>> kept_;  // guarded by mutex_
};
Popular& popular();

}  // namespace ln::feedback
