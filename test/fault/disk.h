// A disk that may lose power.
//
// While a Disk is alive, everything the program does to files under its folder passes through it:
// SQLite's writes by a VFS (disk_vfs.cpp), ours by wrapped system calls (disk_calls.cpp). They are
// carried out, and written down in their order. Afterwards image() builds what a real disk may hold
// if the power had failed at any point of that story:
//
//   - what was written before the last sync of a file is there;
//   - of what was written since, any sectors may be there and any not, in any order, so that a
//     write may be torn;
//   - a new, renamed or deleted name counts once its folder is synced; of the changes since, the
//     first few may have been kept, and none after them.
//
// What a caller was told may be written down too (mark), so that a test knows which promises stand
// at which point.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"

namespace ln::test {

class Disk {
 public:
  // Which syncs the disk obeys; a disk or a program that leaves one out is what tests show to fail.
  struct Obeys {
    bool file_sync = true;        // of SQLite's files
    bool other_file_sync = true;  // of all others: the key, the second file
    bool folder_sync = true;
  };

  // Makes itself the one disk of the process and SQLite's default; ends that when it goes.
  Disk(std::string folder, Obeys obeys);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  // The disk that is alive; null when none is.
  static Disk* current();
  bool holds(std::string_view path) const;

  // ---- what happens to it ----
  // Each runs the real operation and writes it down in one step; both in `run`, under the lock.
  enum class Kind : std::uint8_t {
    write,
    truncate,
    sync,
    create,
    rename,
    remove,
    sync_folder,
    mark
  };
  struct Event {
    Kind kind = Kind::mark;
    std::size_t file = 0;  // its number: files keep theirs when they are renamed
    std::int64_t at = 0;   // offset, or the new size
    std::string bytes{};   // written
    std::string name{}, to{};
  };
  template <class Run>
  auto record(Run run) {
    const std::scoped_lock lock(mutex_);
    return run(*this);
  }
  // The following are called inside record().
  std::size_t file_of(const std::string& path);  // created now when it is not known
  void add(Event event) { events_.push_back(std::move(event)); }
  void add_rename(const std::string& from, const std::string& to);
  void add_link(const std::string& from, const std::string& to);
  void add_remove(const std::string& path);
  void add_sync(const std::string& path, bool by_sqlite);
  void add_folder_sync();

  void mark(std::string word);

  // From now on SQLite's writes and syncs fail with this code of its; 0: they work again.
  void refuse(int code) { refuses_ = code; }
  int refuses() const { return refuses_; }

  // ---- what is left of it ----
  std::size_t size() const { return events_.size(); }
  const std::vector<Event>& events() const { return events_; }
  // Writes to the empty folder `to` what a disk may hold when the power fails before the event
  // `point`.
  void image(std::size_t point, Random& random, const std::string& to) const;

 private:
  const std::string folder_;
  const Obeys obeys_;
  std::atomic<int> refuses_{0};
  std::mutex mutex_;
  std::vector<Event> events_;
  std::map<std::string, std::size_t> names_;
  std::size_t files_ = 0;
};

// Makes SQLite open its files through the current Disk.
void install_disk_vfs();
void remove_disk_vfs();

}  // namespace ln::test
