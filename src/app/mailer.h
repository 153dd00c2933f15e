// Sends what waits in the outbox while the server runs: a thread of its own, because mail servers
// may be slow, and neither citizens nor the jobs of every second wait for them.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/arguments.h"
#include "app/city.h"
#include "app/watch.h"
#include "base/random.h"
#include "core/notice/notice_jobs.h"

namespace ln::app {

// What the options of `serve` say about sending; throws Misuse. `base_url` stands in the links.
notice::Ways ways_in(const Arguments& given, const std::string& base_url);

class Mailer {
 public:
  // Precondition: ways.is_any().
  Mailer(City& city, notice::Ways ways, Watch& watch);
  ~Mailer();  // Ends a running round early.
  Mailer(const Mailer&) = delete;
  Mailer& operator=(const Mailer&) = delete;

 private:
  void loop(const std::stop_token& stop);

  City& city_;
  Watch& watch_;
  SystemRandom random_;
  notice::Mailer mailer_;  // of the one thread
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: starts when everything above is there
};

}  // namespace ln::app
