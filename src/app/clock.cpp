#include "app/clock.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <optional>

#include "app/arguments.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

Instant machine_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// The file that is followed, and how far its time is ahead of the machine's.
struct Followed {
  std::atomic<bool> is_on = false;  // read at every now(); the mutex only when it is set
  std::mutex mutex;
  std::string path, said;  // what the file held last
  std::optional<std::chrono::milliseconds> ahead{};

  // Whether the file holds an instant. One that is earlier than what time it is already is not
  // followed: what was done cannot come before what was done before it.
  bool read() {
    constexpr std::size_t size_max = 100;
    const auto text = file::read_file(path, size_max);
    if (text && ahead && *text == said) return true;
    const auto says = text ? ledger::instant_of(std::string(trimmed(*text))) : std::nullopt;
    if (!says) return false;  // As it was: it is being written.
    said = *text;
    const auto wished = *says - machine_time();
    ahead = ahead ? std::max(*ahead, wished) : wished;
    return true;
  }
};
Followed& followed() {
  static Followed one;
  return one;
}

}  // namespace

Instant now() {
  Followed& clock = followed();
  if (!clock.is_on.load(std::memory_order_acquire)) return machine_time();
  const std::lock_guard lock(clock.mutex);
  clock.read();
  return machine_time() + *clock.ahead;
}

void follow_clock(const std::string& folder, const std::string& file) {
  if (!std::filesystem::exists(folder + "/sample")) throw Misuse{{"cli.error.clock_sample"_t}};
  Followed& clock = followed();
  const std::lock_guard lock(clock.mutex);
  clock.path = file;
  clock.ahead.reset();
  const bool is_told = clock.read();
  clock.is_on.store(is_told, std::memory_order_release);
  if (!is_told) throw Misuse{{"cli.error.clock"_t}};
  log::write(log::Level::warning, "the time is taken from a file", {{"file", file}});
}

void leave_clock() { followed().is_on.store(false, std::memory_order_release); }

}  // namespace ln::app
