// How the running server is doing: looked at by a job, told to /readyz, /metrics and the log.
//
// Whoever asks waits for nothing: what needs the database or the disk is looked at by the job
// thread every few seconds, and the answer is made of what it saw last. When that thread hangs, the
// age of its last turn says so.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/city.h"
#include "core/ledger/ledger_store_witness.h"
#include "platform/http/server.h"

namespace ln::app {

// What the last backup of a schedule came to.
struct BackupState {
  std::optional<Instant> last_at;  // null: none yet
  std::string failure;             // of the last attempt; empty: it worked
  std::int64_t size = 0;           // bytes
};

class Watch {
 public:
  struct Options {
    std::string metrics_token = {};         // empty: /metrics is for this machine only
    std::int64_t disk_free_min = 64 << 20;  // bytes; below it the server is not ready
  };
  Watch(City& city, Options options);

  // The answers of /readyz and /metrics. The Watch outlives the server that gives them.
  std::vector<http::Probe> probes();
  // From when on to the end of `server`; null detaches.
  void attach(const http::Server* server) { server_ = server; }

  // For the job thread. look() writes the pulse and reads what the figures need.
  void look(Instant now);
  // Whether the last look could not write: then the next one comes sooner.
  bool has_trouble() const;
  void turned();
  void job_done(std::string_view name);
  void job_failed(std::string_view name);
  // From the thread that makes backups; `every` is the schedule.
  void backup(const BackupState& state, std::chrono::hours every);

  // Why the server should get no requests now, one sentence each; empty: ready.
  std::vector<std::string> reasons() const;
  // What somebody should see to although requests are served.
  std::vector<std::string> warnings() const;
  std::string metrics(Instant now) const;

 private:
  using Steady = std::chrono::steady_clock;
  // What look() saw.
  struct Seen {
    std::optional<Steady::time_point> wrote_at;
    std::string write_failure;
    std::string ledger_fault;
    std::int64_t ledger_size = 0, outbox = 0, search_lag = 0, erasures_owed = 0;
    std::int64_t promises_overdue = 0;
    std::optional<Instant> head_at;
    ledger::Standing witnesses;
    std::int64_t disk_free = 0, disk_size = 0, database_size = 0;
    Instant looked_at{};
  };
  struct Job {
    std::uint64_t failures = 0;
    std::uint64_t failures_in_a_row = 0;
  };
  void write_pulse(Instant now, Seen& seen) const;
  void look_at_ledger(Instant now, Seen& seen) const;
  void look_at_disk(Seen& seen) const;

  City& city_;
  const Options options_;
  const Steady::time_point started_at_ = Steady::now();
  std::atomic<const http::Server*> server_{nullptr};
  mutable std::mutex mutex_;
  Seen seen_;  // guarded by mutex_, as are the rest
  Steady::time_point turned_at_ = Steady::now();
  std::map<std::string, Job, std::less<>> jobs_;
  std::optional<BackupState> backup_;
  std::chrono::hours backup_every_{0};
};

}  // namespace ln::app
