// The one thread that writes. Only platform/db includes this.
//
// Group commit without a timer: while one batch waits for the disk the next one gathers, so that
// the more people come the more of them share a sync, and one who comes alone waits for nobody.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/tally.h"
#include "platform/db/db_engine.h"

namespace ln::db {

class Writer {
 public:
  Writer(std::unique_ptr<EngineConnection> connection,
         std::size_t batch_max,
         std::size_t queue_max);
  ~Writer();  // Runs what was submitted, then stops.
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void set_seal_hook(SealHook hook);
  bool submit(Job job);
  bool is_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }
  Database::Counters counters() const;

 private:
  using Batch = std::vector<Job>;
  // What became of a batch; `failures` by job, null for what is durable or was refused.
  struct Outcome {
    std::vector<std::exception_ptr> failures;
    Seal seal;
  };

  void loop();
  bool take(Batch& batch);
  Outcome run(Batch& batch);
  // Again when the connection broke before COMMIT or the server asked for it.
  void run_together_or_again(Batch& batch, Outcome& outcome, bool& job_failed);
  void reopen();
  // Throws what failed; `job_failed` tells whether it was a job, and not the seal or the COMMIT.
  void run_together(Batch& batch, Outcome& outcome, bool& job_failed);
  void run_behind_savepoints(Batch& batch, Outcome& outcome);
  void run_one(Job& job, std::exception_ptr& failure);
  Seal seal_and_commit(std::int64_t mark);
  void roll_back() noexcept;
  static void answer(Batch& batch, const Outcome& outcome);

  const std::unique_ptr<EngineConnection> connection_;  // The writer thread's alone.
  const std::size_t batch_max_;
  const std::size_t queue_max_;
  bool is_away_ = false;  // The server did not take the last connection. The writer thread's alone.
  // What the running batch is sealed with: the writer thread's alone.
  std::shared_ptr<const SealHook> hook_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Job> queue_;                                                     // Guarded by mutex_.
  bool closing_ = false;                                                      // Guarded by mutex_.
  std::shared_ptr<const SealHook> next_hook_ = std::make_shared<SealHook>();  // Guarded by mutex_.

  std::atomic<std::uint64_t> batches_{0};
  std::atomic<std::uint64_t> jobs_{0};
  std::atomic<std::uint64_t> replays_{0};
  std::atomic<std::uint64_t> syncs_{0};
  Spread<1, 2, 4, 8, 16, 32, 64, 128, 256> batch_jobs_;
  Durations commit_us_;

  std::thread thread_;  // Last: it uses everything above.
};

}  // namespace ln::db
