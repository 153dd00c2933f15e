#include "app/backup_schedule.h"

#include <algorithm>
#include <exception>
#include <filesystem>

#include "app/clock.h"
#include "base/log.h"

namespace ln::app {
namespace {

constexpr std::chrono::minutes pause_after_failure{10};

}  // namespace

BackupSchedule::BackupSchedule(BackupPlan plan, Watch& watch)
    : plan_(std::move(plan)), watch_(watch), thread_([this] { loop(); }) {}

BackupSchedule::~BackupSchedule() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

std::chrono::milliseconds BackupSchedule::until_due() const {
  if (!state_.last_at) return std::chrono::milliseconds(0);
  // A clock that was set back must not stop the backups.
  const auto age = std::max(now() - *state_.last_at, std::chrono::milliseconds(0));
  return std::max(std::chrono::milliseconds(plan_.every) - age, std::chrono::milliseconds(0));
}

bool BackupSchedule::make() {
  try {
    const Backup made = make_backup({.data = plan_.data,
                                     .to = plan_.to,
                                     .keep = plan_.keep,
                                     .now = now(),
                                     .url = plan_.url,
                                     .schema = plan_.schema});
    state_ = {.last_at = made.at, .failure = "", .size = made.size};
    log::write(log::Level::info, "backup",
               {{"bytes", made.size}, {"leaves", made.leaves}, {"keep", std::int64_t(plan_.keep)}});
  } catch (const std::exception& failure) {
    state_.failure = failure.what();
    log::write(log::Level::error, "backup_failed", {{"what", failure.what()}});
  }
  watch_.backup(state_, plan_.every);
  return state_.failure.empty();
}

void BackupSchedule::loop() {
  if (const auto found = backups_in(plan_.to); !found.empty()) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(found.front().path, ignored);
    state_ = {.last_at = found.front().at,
              .failure = "",
              .size = ignored ? 0 : static_cast<std::int64_t>(size)};
  }
  watch_.backup(state_, plan_.every);
  auto wait = until_due();
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, wait, [this] { return stopping_; })) return;
    }
    wait = make() ? until_due() : pause_after_failure;
  }
}

}  // namespace ln::app
