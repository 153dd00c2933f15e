// What time does: one thread that wakes every second. Each job is an action like any other, in its
// own transaction; one that fails is logged and tried again at the next turn.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "app/city.h"
#include "app/grouper.h"
#include "app/open_data.h"
#include "app/watch.h"
#include "feature/feedback/feedback_jobs_learn.h"
#include "feature/insight/insight_jobs_daily.h"
#include "feature/insight/insight_jobs_report.h"
#include "platform/http/server.h"

namespace ln::app {

// From two to four, when hardly anybody writes.
bool is_night(Instant at);

class Jobs {
 public:
  // `watch` is told how it goes.
  Jobs(City& city, http::Broadcast& broadcast, Watch& watch);
  ~Jobs();  // Waits for the running job.
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

 private:
  void loop();
  void turn(std::int64_t number);  // each second
  void each_minute();              // jobs_minute.cpp
  // Runs one job; a failure is told and does not stop the others.
  void attempt(std::string_view name, const std::function<void()>& body);

  City& city_;
  http::Broadcast& broadcast_;
  Watch& watch_;
  SystemRandom random_;
  feedback::Learning learning_;   // of the one thread
  insight::DailyReader days_;     // of the one thread
  insight::Reporting reporting_;  // of the one thread
  Day contacts_seen_on_{};        // of the one thread
  OpenNights nights_;             // has a thread of its own
  Grouper grouper_;               // has a thread of its own
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;     // last: starts when everything above is there
};

}  // namespace ln::app
