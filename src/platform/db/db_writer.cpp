#include "platform/db/db_writer.h"

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
  const std::scoped_lock lock(mutex_);
  CHECK(jobs_ == 0 && queue_.empty());
  hook_ = std::move(hook);
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
  return {batches_, jobs_, replays_, syncs_, queue_.size()};
}

bool Writer::take(Batch& batch) {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return closing_ || !queue_.empty(); });
  batch.clear();
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
    answer(batch, outcome);
    batch.clear();  // What the jobs captured goes before we wait.
    syncs_ += connection_->tidy_up();
  }
}

void Writer::answer(Batch& batch, const Outcome& outcome) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    try {
      batch[i].done(outcome.failures[i], outcome.seal);
    } catch (const std::exception& failure) {
      log::write(log::Level::error, "answer_failed", {{"what", failure.what()}});
    }
  }
}

Writer::Outcome Writer::run(Batch& batch) {
  Outcome outcome;
  outcome.failures.resize(batch.size());
  bool job_failed = false;
  try {
    run_together(batch, outcome, job_failed);
    return outcome;
  } catch (...) {
    roll_back();
    outcome.failures.assign(batch.size(), std::current_exception());
    // Alone there is no neighbour to save. What failed outside the jobs fails them all.
    if (!job_failed || batch.size() == 1) return outcome;
  }
  ++replays_;
  try {
    outcome.failures.assign(batch.size(), nullptr);
    run_behind_savepoints(batch, outcome);
  } catch (...) {
    roll_back();
    outcome.seal = nullptr;
    outcome.failures.assign(batch.size(), std::current_exception());
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
    // Without a savepoint nothing can undo a part of the batch. In release this throws, and the
    // replay undoes what the refused job has written.
    const bool refused = !job.work(write);
    CHECK(!refused || connection_->rows_changed() == changed);
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
  if (hook_.before_commit) {
    Write write(*connection_);
    seal = hook_.before_commit(write);
  }
  connection_->commit();
  if (connection_->rows_changed() != changed_before) ++syncs_;
  if (hook_.after_commit) hook_.after_commit();
  return seal;
}

void Writer::roll_back() noexcept {
  connection_->rollback();
  try {
    if (hook_.after_rollback) hook_.after_rollback();
  } catch (const std::exception& failure) {
    log::write(log::Level::error, "after_rollback_failed", {{"what", failure.what()}});
  }
}

}  // namespace ln::db
