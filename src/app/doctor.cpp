#include "app/doctor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "app/backup.h"
#include "app/doctor_checks.h"
#include "app/listen.h"
#include "base/text.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;

constexpr std::int64_t mib = 1 << 20;
constexpr std::int64_t disk_least = 64 * mib, disk_low = 1024 * mib;
constexpr std::int64_t sync_slow_us = 50'000;
constexpr rlim_t files_least = 4'096;
constexpr std::chrono::hours backup_old{48};

// False when nothing further can be looked at.
bool look_at_folder(const DoctorWish& wish, Findings& found) {
  struct stat about{};
  if (::stat(wish.data.c_str(), &about) != 0 || !S_ISDIR(about.st_mode)) {
    found.add(Level::broken, "folder", {"doctor.folder.missing"_t, {{"folder", wish.data}}});
    return false;
  }
  if (::access(wish.data.c_str(), R_OK | W_OK | X_OK) != 0) {
    found.add(Level::broken, "folder", {"doctor.folder.closed"_t, {{"folder", wish.data}}});
    return false;
  }
  if ((about.st_mode & 077U) != 0)
    found.add(Level::warning, "folder", {"doctor.folder.open"_t, {{"folder", wish.data}}});
  else
    found.add(Level::fine, "folder", {"doctor.folder.fine"_t, {{"folder", wish.data}}});
  return true;
}

// How long the disk takes to make a page durable: the middle one of several tries.
std::optional<std::int64_t> sync_us(const std::string& folder) {
  const std::string path = folder + "/doctor.tmp";
  const file::Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file.is_open()) return std::nullopt;
  ::unlink(path.c_str());
  const std::string page(4096, 'x');
  std::vector<std::int64_t> took;
  for (int i = 0; i < 9; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    if (::pwrite(file.number(), page.data(), page.size(), 0) < 0 || ::fdatasync(file.number()) != 0)
      return std::nullopt;
    took.push_back(std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::steady_clock::now() - begun)
                       .count());
  }
  std::ranges::sort(took);
  return took[took.size() / 2];
}

void look_at_disk(const DoctorWish& wish, Findings& found) {
  std::error_code failure;
  const auto space = fs::space(wish.data, failure);
  const auto free = failure ? 0 : static_cast<std::int64_t>(space.available);
  const std::string shown = std::to_string(free / mib);
  if (free < disk_least)
    found.add(Level::broken, "disk", {"doctor.disk.full"_t, {{"mib", shown}}});
  else if (free < disk_low)
    found.add(Level::warning, "disk", {"doctor.disk.low"_t, {{"mib", shown}}});
  else
    found.add(Level::fine, "disk", {"doctor.disk.fine"_t, {{"mib", shown}}});
  const auto us = sync_us(wish.data);
  if (!us) return found.add(Level::broken, "sync", {"doctor.sync.fails"_t});
  const std::string ms = std::to_string(*us / 1000) + "." + std::to_string(*us % 1000 / 100);
  found.add(*us > sync_slow_us ? Level::warning : Level::fine, "sync",
            {*us > sync_slow_us ? "doctor.sync.slow"_t : "doctor.sync.fine"_t, {{"ms", ms}}});
}

void look_at_limits(Findings& found) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= files_least) return;
  found.add(Level::warning, "files",
            {"doctor.files.few"_t, {{"count", std::to_string(limit.rlim_cur)}}});
}

void look_at_backups(const DoctorWish& wish, Findings& found) {
  auto last = last_backup(wish.data);
  if (!wish.backup_to.empty()) {
    const auto there = backups_in(wish.backup_to);
    last = there.empty() ? std::nullopt : std::optional(there.front());
  }
  if (!last) return found.add(Level::warning, "backup", {"doctor.backup.none"_t});
  if (!fs::exists(last->path))
    return found.add(Level::warning, "backup", {"doctor.backup.gone"_t, {{"path", last->path}}});
  const auto age = std::chrono::duration_cast<std::chrono::hours>(wish.now - last->at);
  const std::string hours = std::to_string(age.count());
  struct stat of_data{}, of_backup{};
  const bool one_disk = ::stat(wish.data.c_str(), &of_data) == 0 &&
                        ::stat(last->path.c_str(), &of_backup) == 0 &&
                        of_data.st_dev == of_backup.st_dev;
  if (age > backup_old)
    found.add(Level::warning, "backup", {"doctor.backup.old"_t, {{"hours", hours}}});
  else
    found.add(Level::fine, "backup", {"doctor.backup.fine"_t, {{"hours", hours}}});
  if (one_disk)
    found.add(Level::warning, "backup", {"doctor.backup.one_disk"_t, {{"path", last->path}}});
}

void look_at_port(const DoctorWish& wish, Findings& found) {
  const auto address = parse_listen(wish.listen);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  if (!address || ::inet_pton(AF_INET, address->host.c_str(), &place.sin_addr) != 1) {
    // Other kinds of address are tried by serve itself.
    if (!address)
      found.add(Level::broken, "port", {"doctor.port.strange"_t, {{"listen", wish.listen}}});
    return;
  }
  place.sin_port = htons(address->port);
  const file::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket.number(), reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0)
    return found.add(Level::fine, "port", {"doctor.port.free"_t, {{"listen", wish.listen}}});
  const int why = errno;
  const auto ours = file::read_file(wish.data + "/port", 16);
  if (why == EADDRINUSE && ours && trimmed(*ours) == std::to_string(address->port))
    return found.add(Level::hint, "port", {"doctor.port.ours"_t, {{"listen", wish.listen}}});
  const TextKey text = why == EACCES       ? "doctor.port.forbidden"_t
                       : why == EADDRINUSE ? "doctor.port.taken"_t
                                           : "doctor.port.not_here"_t;
  found.add(Level::broken, "port", {text, {{"listen", wish.listen}}});
}

void look_at_url(const DoctorWish& wish, Findings& found) {
  const std::string_view url = wish.base_url;
  if (url.empty()) return found.add(Level::hint, "url", {"doctor.url.none"_t});
  const bool secure = url.starts_with("https://"), plain = url.starts_with("http://");
  const std::string_view host = url.substr(std::min(url.size(), secure ? 8UL : 7UL));
  const bool strange = (!secure && !plain) || host.empty() ||
                       host.find_first_of(" /?#@\t") != std::string_view::npos;
  const bool near = host.starts_with("localhost") || host.starts_with("127.");
  const std::pair<std::string, std::string> value{"url", wish.base_url};
  if (strange) return found.add(Level::broken, "url", {"doctor.url.strange"_t, {value}});
  if (near) return found.add(Level::warning, "url", {"doctor.url.near"_t, {value}});
  if (plain) return found.add(Level::warning, "url", {"doctor.url.plain"_t, {value}});
  found.add(Level::fine, "url", {"doctor.url.fine"_t, {value}});
}

}  // namespace

std::vector<Finding> examine(const DoctorWish& wish) {
  Findings found;
  if (!look_at_folder(wish, found)) return found.all;
  look_at_disk(wish, found);
  look_at_limits(found);
  look_at_city(wish, found);
  look_at_backups(wish, found);
  look_at_port(wish, found);
  look_at_url(wish, found);
  return found.all;
}

int status_of(const std::vector<Finding>& findings) {
  constexpr int well = 0, broken = 1, needs_care = 3;
  Level worst = Level::fine;
  for (const Finding& each : findings) worst = std::max(worst, each.level);
  return worst == Level::broken ? broken : worst == Level::warning ? needs_care : well;
}

std::string_view to_text(Finding::Level level) {
  switch (level) {
    case Level::fine: return "fine";
    case Level::hint: return "hint";
    case Level::warning: return "warning";
    case Level::broken: return "broken";
  }
  return "broken";
}

}  // namespace ln::app
