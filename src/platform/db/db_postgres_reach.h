// Whether a PostgreSQL server can be reached. Only db_postgres*.cpp include this.
//
// Trying to connect to a server that is away may take seconds, and requests must not wait for that
// one after the other: whoever finds it away says so here, a thread of its own looks until it is
// back, and meanwhile everybody is refused at once.
//
// A server can also be there and say nothing. Nobody can tell that from one that works long on a
// statement but by asking it something else: who waits for an answer asks for that here.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace ln::db {

class PostgresReach {
 public:
  // Who refuses a connection does so within this time; libpq waits at least two seconds
  // (connect_timeout) for one that says nothing.
  static constexpr std::chrono::seconds refusal_max{1};
  using Keywords = std::vector<std::pair<std::string, std::string>>;  // as libpq takes them
  explicit PostgresReach(Keywords keywords) : keywords_(std::move(keywords)) {}
  ~PostgresReach();  // Waits for a look that is under way, at most connect_timeout.
  PostgresReach(const PostgresReach&) = delete;
  PostgresReach& operator=(const PostgresReach&) = delete;

  bool is_away() const { return state_ != State::there; }
  // It is away, and does not even refuse.
  bool is_silent() const { return state_ == State::silent; }
  // By somebody who could not connect; `silent` when nothing was heard of it at all.
  void found_away(bool silent);
  // By somebody who waits: looks once whether it still takes connections. is_silent() afterwards
  // says that it does not; until then nobody is refused.
  void suspect();

 private:
  enum class State : std::uint8_t { there, refusing, silent };
  void wake();
  void look_again_and_again();
  State look() const;
  void enter(State state);

  const Keywords keywords_;
  std::atomic<State> state_{State::there};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;     // guarded by mutex_, as is the start of the thread
  bool suspected_ = false;  // likewise
  std::thread thread_;
};

}  // namespace ln::db
