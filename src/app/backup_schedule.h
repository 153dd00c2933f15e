// Makes backups while the server runs: a thread of its own, because copying may take minutes and
// the jobs of every second must not wait for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "app/backup.h"
#include "app/watch.h"

namespace ln::app {

struct BackupPlan {
  std::string data;
  std::string to;
  std::chrono::hours every{24};
  std::size_t keep = 7;
  std::string url = {};  // as BackupWish
  std::string schema = schema_default;
};

class BackupSchedule {
 public:
  // Begins with a backup unless the newest one in the folder is younger than `every`. One that
  // fails is told to `watch` and the log, and tried again after ten minutes.
  BackupSchedule(BackupPlan plan, Watch& watch);
  ~BackupSchedule();  // Waits for the one being made.
  BackupSchedule(const BackupSchedule&) = delete;
  BackupSchedule& operator=(const BackupSchedule&) = delete;

 private:
  void loop();
  std::chrono::milliseconds until_due() const;
  bool make();

  const BackupPlan plan_;
  Watch& watch_;
  BackupState state_;  // the thread's alone
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;     // last: starts when everything above is there
};

}  // namespace ln::app
