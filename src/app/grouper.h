// Groups comments on drafts while the server runs, when a desk asked for it, and reads letters
// again whose comments changed: a thread of its own, because a million comments take minutes, and
// neither pages nor the jobs of every second wait for them.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/city.h"

namespace ln::app {

class Grouper {
 public:
  explicit Grouper(City& city);
  ~Grouper();  // Ends a running grouping early; it begins again at the next start.
  Grouper(const Grouper&) = delete;
  Grouper& operator=(const Grouper&) = delete;

 private:
  void loop(const std::stop_token& stop);

  City& city_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: starts when everything above is there
};

}  // namespace ln::app
