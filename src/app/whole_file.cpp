#include "app/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace ln::app {
namespace {

constexpr std::size_t flush_size = 1 << 20;

[[noreturn]] void fail_to(std::string_view what, const std::string& path) {
  throw file::Failure("cannot " + std::string(what) + " " + path + ": " + std::strerror(errno));
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

WholeFile::WholeFile(std::string path)
    : path_(std::move(path)),
      to_(::open(folder_of(path_).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600)) {
  if (to_.is_open()) return;
  passing_ = path_ + ".XXXXXX";
  to_ = file::Descriptor(::mkostemp(passing_.data(), O_CLOEXEC));
  if (to_.is_open()) return;
  passing_.clear();
  fail_to("create", path_);
}

WholeFile::~WholeFile() {
  if (!passing_.empty()) ::unlink(passing_.c_str());
}

void WholeFile::write(std::string_view bytes) {
  waiting_ += bytes;
  if (waiting_.size() >= flush_size) flush();
}

void WholeFile::flush() {
  for (std::size_t done = 0; done < waiting_.size();) {
    const ssize_t wrote = ::write(to_.number(), waiting_.data() + done, waiting_.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) fail_to("write", path_);
    done += static_cast<std::size_t>(wrote);
  }
  waiting_.clear();
}

void WholeFile::finish() {
  flush();
  if (::fsync(to_.number()) != 0) fail_to("sync", path_);
  if (passing_.empty()) {
    // A name that nobody has; the last step replaces what stood under the right one.
    std::string name = path_ + ".XXXXXX";
    file::Descriptor taken(::mkostemp(name.data(), O_CLOEXEC));
    if (!taken.is_open()) fail_to("create", path_);
    passing_ = name;
    ::unlink(name.c_str());
    const std::string own = "/proc/self/fd/" + std::to_string(to_.number());
    if (::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0)
      fail_to("name", path_);
  }
  if (std::rename(passing_.c_str(), path_.c_str()) != 0) fail_to("rename to", path_);
  passing_.clear();
  const file::Descriptor folder(::open(folder_of(path_).c_str(), O_RDONLY | O_CLOEXEC));
  if (folder.is_open()) ::fsync(folder.number());
}

}  // namespace ln::app
