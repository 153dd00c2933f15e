// The ledger looks at itself, on a thread of its own: when the server starts and every night. What
// does not fit stops writing (core/ledger/ledger_stop.h) and is told in the log.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/city.h"

namespace ln::app {

// One look: the whole ledger and the second file. Stops writing when something does not fit.
void check_ledger(City& city);

class SelfCheck {
 public:
  // Begins with the first look at once, without waiting for it.
  explicit SelfCheck(City& city);
  ~SelfCheck();  // Waits for a look that is under way.
  SelfCheck(const SelfCheck&) = delete;
  SelfCheck& operator=(const SelfCheck&) = delete;

 private:
  void loop();

  City& city_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;  // guarded by mutex_
  std::thread thread_;   // last: starts when everything above is there
};

// How long from `now` to three o'clock in the night in Vietnam.
std::chrono::milliseconds until_night(Instant now);

}  // namespace ln::app
