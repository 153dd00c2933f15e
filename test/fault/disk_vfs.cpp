// SQLite's own file system with the Disk looking on: everything is done by the one of the library,
// and what changes a file is written down. Registered in the test binary only.
#include <sqlite3.h>

#include <cstring>
#include <new>
#include <string>

#include "test/fault/disk.h"

namespace ln::test {
namespace {

struct Watched {
  sqlite3_file base;
  Disk* disk;  // null: not the disk's file
  std::string* path;
  bool syncs_folder;  // with its first sync, as SQLite's own does for a new log or journal
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs disk_vfs{};

Watched* watched(sqlite3_file* file) { return reinterpret_cast<Watched*>(file); }
sqlite3_file* real(sqlite3_file* file) { return watched(file)->real(); }
const sqlite3_io_methods* does(sqlite3_file* file) { return real(file)->pMethods; }

int close(sqlite3_file* file) {
  const int done = does(file)->xClose(real(file));
  delete watched(file)->path;
  return done;
}

int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  const auto call = [&] { return does(file)->xWrite(real(file), bytes, size, at); };
  Watched* it = watched(file);
  if (it->disk == nullptr) return call();
  if (it->disk->refuses() != 0) return it->disk->refuses();
  return it->disk->record([&](Disk& disk) {
    const int done = call();
    if (done == SQLITE_OK)
      disk.add({.kind = Disk::Kind::write,
                .file = disk.file_of(*it->path),
                .at = at,
                .bytes = {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}});
    return done;
  });
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const auto call = [&] { return does(file)->xTruncate(real(file), size); };
  Watched* it = watched(file);
  if (it->disk == nullptr) return call();
  return it->disk->record([&](Disk& disk) {
    const int done = call();
    if (done == SQLITE_OK)
      disk.add({.kind = Disk::Kind::truncate, .file = disk.file_of(*it->path), .at = size});
    return done;
  });
}

// Waits for nothing: what it promises is written down instead.
int sync(sqlite3_file* file, int) {
  Watched* it = watched(file);
  if (it->disk == nullptr) return SQLITE_OK;
  if (it->disk->refuses() != 0) return it->disk->refuses();
  return it->disk->record([&](Disk& disk) {
    disk.add_sync(*it->path, true);
    if (it->syncs_folder) disk.add_folder_sync();
    it->syncs_folder = false;
    return SQLITE_OK;
  });
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return does(file)->xRead(real(file), bytes, size, at);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return does(file)->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) { return does(file)->xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) { return does(file)->xUnlock(real(file), level); }
int check_lock(sqlite3_file* file, int* held) {
  return does(file)->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int operation, void* argument) {
  return does(file)->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return does(file)->xSectorSize(real(file)); }
int traits(sqlite3_file* file) { return does(file)->xDeviceCharacteristics(real(file)); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return does(file)->xShmMap(real(file), page, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return does(file)->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { does(file)->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return does(file)->xShmUnmap(real(file), remove); }
int fetch(sqlite3_file* file, sqlite3_int64 at, int size, void** memory) {
  return does(file)->xFetch(real(file), at, size, memory);
}
int unfetch(sqlite3_file* file, sqlite3_int64 at, void* memory) {
  return does(file)->xUnfetch(real(file), at, memory);
}

const sqlite3_io_methods methods = {3,           close,       read,   write,   truncate,
                                    sync,        file_size,   lock,   unlock,  check_lock,
                                    control,     sector_size, traits, shm_map, shm_lock,
                                    shm_barrier, shm_unmap,   fetch,  unfetch};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  Watched* it = watched(file);
  std::memset(it, 0, sizeof(Watched));
  Disk* disk = Disk::current();
  const bool is_ours = disk != nullptr && name != nullptr && disk->holds(name);
  const int done = real_vfs->xOpen(real_vfs, name, it->real(), flags, flags_out);
  if (done != SQLITE_OK) return done;
  it->path = new std::string(name == nullptr ? "" : name);
  it->base.pMethods = &methods;
  if (!is_ours) return done;
  it->disk = disk;
  constexpr int logs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL;
  it->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & logs) != 0;
  disk->record([&](Disk& recorder) { return recorder.file_of(*it->path); });
  return done;
}

int remove(sqlite3_vfs*, const char* name, int sync_folder) {
  Disk* disk = Disk::current();
  const auto call = [&] { return real_vfs->xDelete(real_vfs, name, sync_folder); };
  if (disk == nullptr || !disk->holds(name)) return call();
  return disk->record([&](Disk& recorder) {
    const int done = call();
    if (done != SQLITE_OK) return done;
    recorder.add_remove(name);
    if (sync_folder != 0) recorder.add_folder_sync();
    return done;
  });
}

}  // namespace

void install_disk_vfs() {
  real_vfs = sqlite3_vfs_find("unix");
  disk_vfs = *real_vfs;
  disk_vfs.szOsFile = static_cast<int>(sizeof(Watched)) + real_vfs->szOsFile;
  disk_vfs.pNext = nullptr;
  disk_vfs.zName = "disk of the tests";
  disk_vfs.xOpen = open;
  disk_vfs.xDelete = remove;
  sqlite3_vfs_register(&disk_vfs, 1);
}

void remove_disk_vfs() {
  sqlite3_vfs_unregister(&disk_vfs);
  sqlite3_vfs_register(real_vfs, 1);
}

}  // namespace ln::test
