#include "platform/db/db_writer.h"

#include <chrono>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "platform/db/db_no_answer.h"

namespace ln::db {
namespace {

// A batch that the server could not take is tried so often; more would keep everybody waiting.
constexpr int attempts_max = 4;
// A server that restarts is back within three seconds, so many tries; one that is away longer fails
// the batch, and each of the next ones after one try, until it is back.
constexpr int reopens_max = 7;
constexpr std::chrono::milliseconds reopen_pause_least{50};

}  // namespace

Writer::Writer(std::unique_ptr<EngineConnection> connection,
               std::size_t batch_max,
               std::size_t queue_max)
    : connection_(std::move(connection)),
      batch_max_(batch_max),
      queue_max_(queue_max),
      thread_([this] { loop(); }) {}

Writer::~Writer() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void Writer::set_seal_hook(SealHook hook) {
  auto next = std::make_shared<const SealHook>(std::move(hook));
  const std::scoped_lock lock(mutex_);
  next_hook_ = std::move(next);
}

bool Writer::submit(Job job) {
  {
    const std::scoped_lock lock(mutex_);
    if (closing_ || queue_.size() >= queue_max_) return false;
    queue_.push_back(std::move(job));
    if (queue_.size() > 1) return true;  // The writer knows already.
  }
  arrived_.notify_one();
  return true;
}

Database::Counters Writer::counters() const {
  const std::scoped_lock lock(mutex_);
  return {batches_,          jobs_, replays_, syncs_, queue_.size(), batch_jobs_.read(),
          commit_us_.read(), 0};
}

bool Writer::take(Batch& batch) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return closing_ || !queue_.empty(); });
  hook_ = next_hook_;
  while (!queue_.empty() && batch.size() < batch_max_) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return !batch.empty();
}

void Writer::loop() {
  Batch batch;
  while (take(batch)) {
    const Outcome outcome = run(batch);
    ++batches_;
    jobs_ += batch.size();
    batch_jobs_.add(batch.size());
    answer(batch, outcome);
    batch.clear();  // What the jobs captured goes before we wait.
    syncs_ += connection_->tidy_up();
  }
}

void Writer::answer(Batch& batch, const Outcome& outcome) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    try {
      batch[i].done(outcome.failures[i], outcome.seal);
    } catch (...) {
      log::write(log::Level::error, "answer_failed");  // Nobody is left to tell.
    }
  }
}

Writer::Outcome Writer::run(Batch& batch) {
  Outcome outcome;
  outcome.failures.resize(batch.size());
  const auto fail = [&] {
    outcome.seal = nullptr;
    outcome.failures.assign(batch.size(), std::current_exception());
  };
  bool job_failed = false;
  try {
    run_together_or_again(batch, outcome, job_failed);
  } catch (...) {
    // What failed outside the jobs fails them all.
    if (!job_failed) return fail(), outcome;
  }
  if (job_failed) {
    ++replays_;
    try {
      run_behind_savepoints(batch, outcome);
    } catch (...) {
      roll_back();
      return fail(), outcome;
    }
  }
  try {
    if (hook_->after_commit) hook_->after_commit();
  } catch (...) {
    fail();
  }
  return outcome;
}

void Writer::run_together_or_again(Batch& batch, Outcome& outcome, bool& job_failed) {
  for (int attempt = 1;; ++attempt) {
    try {
      job_failed = false;
      if (connection_->is_lost()) reopen();
      return run_together(batch, outcome, job_failed);
    } catch (const Failure& failure) {
      roll_back();
      const bool passes =
          failure.kind() == Failure::Kind::conflict || failure.kind() == Failure::Kind::lost;
      if (!passes) throw;
      // Nobody's job has failed: the server has.
      job_failed = false;
      if (attempt == attempts_max || is_away_) throw;
    } catch (...) {
      roll_back();
      throw;
    }
  }
}

void Writer::reopen() {
  auto pause = reopen_pause_least;
  for (int attempt = 1;; ++attempt) {
    try {
      connection_->reopen();
      log::write(log::Level::info, "database_connected_again");
      is_away_ = false;
      return;
    } catch (const NoAnswer&) {
      is_away_ = true;  // We have waited for it already.
      throw;
    } catch (const Failure&) {
      is_away_ = is_away_ || attempt == reopens_max;
      if (is_away_) throw;
    }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

void Writer::run_together(Batch& batch, Outcome& outcome, bool& job_failed) {
  connection_->begin_write();
  const std::int64_t before = connection_->mark();
  job_failed = true;
  for (Job& job : batch) {
    Write write(*connection_);
    const std::int64_t before_job = connection_->mark();
    if (job.work(write) || connection_->changed_since(before_job) == 0) continue;
    // Without a savepoint nothing can undo a part of the batch. In release the CHECK throws, and
    // the replay undoes what the refused job has written.
    log::write(log::Level::error, "refused_after_writing");
    const bool refused_before_writing = false;
    CHECK(refused_before_writing);
  }
  // What jobs have posted fails them, and not what comes after.
  connection_->settle();
  job_failed = false;
  outcome.seal = seal_and_commit(before);
}

void Writer::run_behind_savepoints(Batch& batch, Outcome& outcome) {
  connection_->begin_write();
  const std::int64_t before = connection_->mark();
  for (std::size_t i = 0; i < batch.size(); ++i) run_one(batch[i], outcome.failures[i]);
  outcome.seal = seal_and_commit(before);
}

void Writer::run_one(Job& job, std::exception_ptr& failure) {
  connection_->savepoint();
  try {
    Write write(*connection_, true);
    if (job.work(write)) {
      connection_->release_savepoint();
      return;
    }
  } catch (...) {
    failure = std::current_exception();
  }
  // Throws when the whole transaction is gone (disk full): then the batch has failed.
  connection_->rollback_to_savepoint();
}

Seal Writer::seal_and_commit(std::int64_t mark) {
  Seal seal;
  if (hook_->before_commit) {
    Write write(*connection_);
    seal = hook_->before_commit(write);
  }
  const bool changes = connection_->changed_since(mark) != 0;
  const auto begun = std::chrono::steady_clock::now();
  connection_->commit();
  if (!changes) return seal;
  ++syncs_;
  commit_us_.add(static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                                std::chrono::steady_clock::now() - begun)
                                                .count()));
  return seal;
}

void Writer::roll_back() noexcept {
  connection_->rollback();
  try {
    if (hook_->after_rollback) hook_->after_rollback();
  } catch (...) {
    log::write(log::Level::error, "after_rollback_failed");
  }
}

}  // namespace ln::db
