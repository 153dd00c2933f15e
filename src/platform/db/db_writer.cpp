#include "platform/db/db_writer.h"

#include <chrono>
#include <utility>

#include "base/check.h"
#include "base/log.h"

namespace ln::db {

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
  return {batches_, jobs_, replays_, syncs_, queue_.size(), batch_jobs_.read(), commit_us_.read()};
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
    run_together(batch, outcome, job_failed);
  } catch (...) {
    roll_back();
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

void Writer::run_together(Batch& batch, Outcome& outcome, bool& job_failed) {
  connection_->begin_write();
  const std::int64_t changed_before = connection_->rows_changed();
  job_failed = true;
  for (Job& job : batch) {
    Write write(*connection_);
    const std::int64_t changed = connection_->rows_changed();
    if (job.work(write) || connection_->rows_changed() == changed) continue;
    // Without a savepoint nothing can undo a part of the batch. In release the CHECK throws, and
    // the replay undoes what the refused job has written.
    log::write(log::Level::error, "refused_after_writing");
    const bool refused_before_writing = false;
    CHECK(refused_before_writing);
  }
  job_failed = false;
  outcome.seal = seal_and_commit(changed_before);
}

void Writer::run_behind_savepoints(Batch& batch, Outcome& outcome) {
  connection_->begin_write();
  const std::int64_t changed_before = connection_->rows_changed();
  for (std::size_t i = 0; i < batch.size(); ++i) run_one(batch[i], outcome.failures[i]);
  outcome.seal = seal_and_commit(changed_before);
}

void Writer::run_one(Job& job, std::exception_ptr& failure) {
  connection_->savepoint();
  try {
    Write write(*connection_);
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

Seal Writer::seal_and_commit(std::int64_t changed_before) {
  Seal seal;
  if (hook_->before_commit) {
    Write write(*connection_);
    seal = hook_->before_commit(write);
  }
  const bool changes = connection_->rows_changed() != changed_before;
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
