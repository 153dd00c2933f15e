// Our own writes to files, as the Disk sees them. The linker sends the calls of the test binary
// here (CMakeLists.txt, --wrap); SQLite, a library of its own, comes through disk_vfs.cpp.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

#include "test/fault/disk.h"

using ln::test::Disk;

namespace {

// The path behind an open file; empty when it is none of the disk's.
std::string path_of(int file) {
  Disk* disk = Disk::current();
  if (disk == nullptr) return {};
  std::array<char, 4096> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  if (size <= 0) return {};
  return {path.data(), static_cast<std::size_t>(size)};
}

template <class Call>
ssize_t note_write(int file, const void* bytes, off_t at, Call call) {
  const std::string path = path_of(file);
  if (path.empty() || !Disk::current()->holds(path)) return call();
  return Disk::current()->record([&](Disk& disk) {
    const ssize_t wrote = call();
    if (wrote > 0)
      disk.add({.kind = Disk::Kind::write,
                .file = disk.file_of(path),
                .at = at,
                .bytes = {static_cast<const char*>(bytes), static_cast<std::size_t>(wrote)}});
    return wrote;
  });
}

// Waits for nothing while a disk is alive: what the syncs promise is written down instead.
int note_sync(int file) {
  const std::string path = path_of(file);
  Disk* disk = Disk::current();
  // Whatever lies in the folder begins with its name and a slash.
  const bool is_folder = disk->holds(path + "/x") && !disk->holds(path);
  if (!is_folder && !disk->holds(path)) return 0;
  disk->record([&](Disk& recorder) {
    if (is_folder)
      recorder.add_folder_sync();
    else
      recorder.add_sync(path, false);
  });
  return 0;
}

}  // namespace

extern "C" {

ssize_t __real_write(int file, const void* bytes, size_t size);
ssize_t __real_pwrite(int file, const void* bytes, size_t size, off_t at);
int __real_fsync(int file);
int __real_fdatasync(int file);
int __real_rename(const char* from, const char* to);
int __real_link(const char* from, const char* to);
int __real_unlink(const char* path);

ssize_t __wrap_write(int file, const void* bytes, size_t size) {
  if (Disk::current() == nullptr) return __real_write(file, bytes, size);
  const off_t at = ::lseek(file, 0, SEEK_CUR);
  return note_write(file, bytes, at, [&] { return __real_write(file, bytes, size); });
}
ssize_t __wrap_pwrite(int file, const void* bytes, size_t size, off_t at) {
  return note_write(file, bytes, at, [&] { return __real_pwrite(file, bytes, size, at); });
}
int __wrap_fsync(int file) {
  return Disk::current() == nullptr ? __real_fsync(file) : note_sync(file);
}
int __wrap_fdatasync(int file) {
  return Disk::current() == nullptr ? __real_fdatasync(file) : note_sync(file);
}
int __wrap_rename(const char* from, const char* to) {
  Disk* disk = Disk::current();
  if (disk == nullptr || !disk->holds(to)) return __real_rename(from, to);
  return disk->record([&](Disk& recorder) {
    const int done = __real_rename(from, to);
    if (done == 0) recorder.add_rename(from, to);
    return done;
  });
}
int __wrap_link(const char* from, const char* to) {
  Disk* disk = Disk::current();
  if (disk == nullptr || !disk->holds(to)) return __real_link(from, to);
  return disk->record([&](Disk& recorder) {
    const int done = __real_link(from, to);
    if (done == 0) recorder.add_link(from, to);
    return done;
  });
}
int __wrap_unlink(const char* path) {
  Disk* disk = Disk::current();
  if (disk == nullptr || !disk->holds(path)) return __real_unlink(path);
  return disk->record([&](Disk& recorder) {
    const int done = __real_unlink(path);
    if (done == 0) recorder.add_remove(path);
    return done;
  });
}

}  // extern "C"
