// A few threads that do what they are given, in the order in which it came: for long work that can
// be shared out.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ln::app {

class Crew {
 public:
  explicit Crew(unsigned count);
  ~Crew();  // Does what was given, then ends.
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  // `task` does not throw.
  void give(std::function<void()> task);

 private:
  void work();
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> tasks_;  // guarded by mutex_, as is the next
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ln::app
