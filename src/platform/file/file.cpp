#include "platform/file/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace ln::file {
namespace {

[[noreturn]] void fail(const char* what, const std::string& path) {
  const int code = errno;
  throw Failure(std::string(what) + " " + path + ": " + std::generic_category().message(code));
}

void write_all(const Descriptor& to, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(to.number(), bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
}

// A rename is durable only when the folder that holds the name is.
void sync_folder_of(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const Descriptor open_folder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!open_folder.is_open() || ::fsync(open_folder.number()) != 0) fail("sync", folder);
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
  }
  return *this;
}

Descriptor::~Descriptor() { close(); }

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

std::optional<std::string> read_file(const std::string& path, std::size_t size_max) {
  const Descriptor from(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail("open", path);
  }
  // The size a file claims is only a hint (it may grow, or be a device): what counts is what comes.
  struct stat about{};
  if (::fstat(from.number(), &about) != 0) fail("stat", path);
  std::string bytes;
  std::size_t chunk = 64UL * 1024;
  if (about.st_size > 0 && static_cast<std::size_t>(about.st_size) <= size_max)
    chunk = static_cast<std::size_t>(about.st_size) + 1;
  for (;;) {
    const std::size_t had = bytes.size();
    bytes.resize(had + chunk);
    const ssize_t got = ::read(from.number(), bytes.data() + had, chunk);
    if (got < 0 && errno != EINTR) fail("read", path);
    bytes.resize(had + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (bytes.size() > size_max) throw Failure("larger than allowed: " + path);
    if (got == 0) return bytes;
  }
}

void write_file_durably(const std::string& path, std::string_view bytes, Readers readers) {
  // In the same folder, because a rename across file systems is not one step.
  std::string temporary = path + ".XXXXXX";
  const Descriptor to(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!to.is_open()) fail("create", temporary);
  try {
    if (::fchmod(to.number(), readers == Readers::owner ? 0600 : 0644) != 0)
      fail("set permissions of", temporary);
    write_all(to, bytes, temporary);
    if (::fsync(to.number()) != 0) fail("sync", temporary);
    if (std::rename(temporary.c_str(), path.c_str()) != 0) fail("rename to", path);
  } catch (const Failure&) {
    ::unlink(temporary.c_str());
    throw;
  }
  sync_folder_of(path);
}

TemporaryFolder::TemporaryFolder() {
  path_ = (std::filesystem::temp_directory_path() / "langnghe-XXXXXX").string();
  if (::mkdtemp(path_.data()) == nullptr) fail("create folder", path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::operator/(std::string_view name) const {
  return path_ + "/" + std::string(name);
}

}  // namespace ln::file
