#include "platform/db/db_postgres_reach.h"

#include <libpq-fe.h>

#include <chrono>

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

void PostgresReach::found_away() {
  const std::scoped_lock lock(mutex_);
  if (away_ || ending_) return;
  away_ = true;
  // Most programs never come here, and need no such thread.
  if (!thread_.joinable())
    thread_ = std::thread([this] { look_again_and_again(); });
  else
    wake_.notify_one();
}

void PostgresReach::look_again_and_again() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return ending_ || away_; });
    if (ending_) return;
    lock.unlock();
    const bool there = is_there();
    lock.lock();
    if (there)
      away_ = false;
    else
      wake_.wait_for(lock, pause_between_looks, [this] { return ending_; });
  }
}

bool PostgresReach::is_there() const {
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : keywords_) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  // One that is still starting, or stopping, says that it takes nobody.
  return PQpingParams(keywords.data(), values.data(), 0) == PQPING_OK;
}

}  // namespace ln::db
