#include "app/opinion_workers.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ln::app {
namespace {

// What the threads of one run share.
struct Run {
  std::size_t jobs = 0;
  const opinion::Workers::Job& job;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failure;  // guarded by mutex: the first one

  void work(std::size_t worker, const std::function<void(double)>& progress) {
    try {
      for (std::size_t at = next++; at < jobs; at = next++) {
        job(at, worker);
        if (progress) progress(static_cast<double>(at + 1) / static_cast<double>(jobs));
      }
    } catch (...) {
      next = jobs;
      const std::scoped_lock lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  }
};

}  // namespace

opinion::Workers workers_of(std::size_t count, std::function<void(double)> progress) {
  constexpr std::size_t many = 32;
  return {count, [count, progress = std::move(progress)](std::size_t jobs,
                                                         const opinion::Workers::Job& job) {
            Run run{jobs, job, 0, {}, nullptr};
            std::vector<std::jthread> threads;
            for (std::size_t worker = 1; worker < std::min(count, jobs); ++worker)
              threads.emplace_back([&run, worker] { run.work(worker, nullptr); });
            run.work(0, jobs >= many ? progress : nullptr);
            threads.clear();
            if (run.failure) std::rethrow_exception(run.failure);
          }};
}

}  // namespace ln::app
