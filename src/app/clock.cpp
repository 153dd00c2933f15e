#include "app/clock.h"

#include <filesystem>
#include <mutex>

#include "app/arguments.h"
#include "base/text.h"
#include "core/ledger/ledger_late.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

Instant machine_time() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::optional<Instant> instant_in(const std::string& path) {
  constexpr std::size_t size_max = 100;
  const auto text = file::read_file(path, size_max);
  return text ? ledger::instant_of(std::string(trimmed(*text))) : std::nullopt;
}

// The file that is followed, and how far its time is ahead of the machine's.
struct Followed {
  std::mutex mutex;
  std::string path;
  std::filesystem::file_time_type written_at{};
  std::chrono::milliseconds ahead{};

  // Whether the file holds an instant.
  bool read() {
    std::error_code gone;
    const auto written = std::filesystem::last_write_time(path, gone);
    if (!gone && written == written_at) return true;
    const auto says = instant_in(path);
    if (gone || !says) return false;  // As it was: it is being written.
    written_at = written;
    ahead = *says - machine_time();
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
  const std::lock_guard lock(clock.mutex);
  if (clock.path.empty()) return machine_time();
  clock.read();
  return machine_time() + clock.ahead;
}

void follow_clock(const std::string& folder, const std::string& file) {
  if (!std::filesystem::exists(folder + "/sample")) throw Misuse{{"cli.error.clock_sample"_t}};
  Followed& clock = followed();
  const std::lock_guard lock(clock.mutex);
  clock.path = file;
  if (clock.read()) return;
  clock.path.clear();
  throw Misuse{{"cli.error.clock"_t}};
}

}  // namespace ln::app
