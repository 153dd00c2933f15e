// Asks the witnesses while the server runs: a thread of its own, because they may be slow, and
// neither citizens nor the jobs of every second wait for them.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/city.h"

namespace ln::app {

class Collector {
 public:
  // Asks at each new tick, and once a minute again whoever has not answered.
  explicit Collector(City& city);
  ~Collector();  // Ends a running round early.
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

 private:
  void loop(const std::stop_token& stop);
  // Tells of a tick that is over: who was silent, and whether it is time to worry.
  void tell(db::Read& read) const;

  City& city_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: starts when everything above is there
};

}  // namespace ln::app
