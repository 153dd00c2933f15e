// Whether a PostgreSQL server can be reached. Only db_postgres*.cpp include this.
//
// Trying to connect to a server that is away may take seconds, and requests must not wait for that
// one after the other: whoever finds it away says so here, a thread of its own looks until it is
// back, and meanwhile everybody is refused at once.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ln::db {

class PostgresReach {
 public:
  using Keywords = std::vector<std::pair<std::string, std::string>>;  // as libpq takes them
  explicit PostgresReach(Keywords keywords) : keywords_(std::move(keywords)) {}
  ~PostgresReach();  // Waits for a look that is under way, at most connect_timeout.
  PostgresReach(const PostgresReach&) = delete;
  PostgresReach& operator=(const PostgresReach&) = delete;

  bool is_away() const { return away_; }
  void found_away();

 private:
  void look_again_and_again();
  bool is_there() const;

  const Keywords keywords_;
  std::atomic<bool> away_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;  // guarded by mutex_, as is the start of the thread
  std::thread thread_;
};

}  // namespace ln::db
