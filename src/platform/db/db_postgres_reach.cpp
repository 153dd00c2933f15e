#include "platform/db/db_postgres_reach.h"

#include <libpq-fe.h>

#include <chrono>

#include "base/log.h"

namespace ln::db {
namespace {

constexpr std::chrono::milliseconds pause_between_looks{100};

}  // namespace

PostgresReach::~PostgresReach() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void PostgresReach::wake() {
  // Most programs never come here, and need no such thread.
  if (!thread_.joinable())
    thread_ = std::thread([this] { look_again_and_again(); });
  else
    wake_.notify_one();
}

void PostgresReach::found_away(bool silent) {
  const std::scoped_lock lock(mutex_);
  if (is_away() || ending_) return;
  enter(silent ? State::silent : State::refusing);
  wake();
}

void PostgresReach::suspect() {
  const std::scoped_lock lock(mutex_);
  if (is_away() || ending_ || suspected_) return;
  suspected_ = true;
  wake();
}

void PostgresReach::enter(State state) {
  const State before = state_.exchange(state);
  if (before == state) return;
  if (state == State::there)
    log::write(log::Level::info, "database_answers_again");
  else
    log::write(log::Level::error, "database_away",
               {{"what", state == State::silent ? "PostgreSQL does not answer"
                                                : "PostgreSQL takes no connections"}});
}

void PostgresReach::look_again_and_again() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || suspected_ || is_away(); });
    if (ending_) return;
    suspected_ = false;
    lock.unlock();
    const State found = look();
    lock.lock();
    enter(found);
    if (found != State::there)
      wake_.wait_for(lock, pause_between_looks, [this] { return ending_; });
  }
}

PostgresReach::State PostgresReach::look() const {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : keywords_) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  const auto begun = std::chrono::steady_clock::now();
  const PGPing found = PQpingParams(keywords.data(), values.data(), 0);
  if (found == PQPING_OK) return State::there;
  // One that is still starting, or stopping, says that it takes nobody. Where no server listens the
  // machine says so at once.
  const bool waited = std::chrono::steady_clock::now() - begun >= refusal_max;
  return found == PQPING_NO_RESPONSE && waited ? State::silent : State::refusing;
}

}  // namespace ln::db
