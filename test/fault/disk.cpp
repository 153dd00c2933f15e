#include "test/fault/disk.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>

namespace ln::test {
namespace {

constexpr std::size_t sector = 512;
std::atomic<Disk*> the_disk{nullptr};

using Bytes = std::string;
using Names = std::map<std::string, std::size_t>;

void put(Bytes& bytes, std::size_t at, std::string_view piece) {
  if (bytes.size() < at + piece.size()) bytes.resize(at + piece.size(), '\0');
  bytes.replace(at, piece.size(), piece);
}

// How much of what was not synced survives: nothing, everything or a half.
class Luck {
 public:
  explicit Luck(Random& random) : random_(&random), kept_(random.below(3)) {}
  bool keeps() { return kept_ == 2 || (kept_ == 1 && random_->below(2) == 0); }

 private:
  Random* random_;
  std::uint64_t kept_;
};

// The sectors of one write; each of them is there or not.
void put_some(Bytes& bytes, const Disk::Event& event, Luck& luck) {
  const auto from = static_cast<std::size_t>(event.at);
  const std::size_t end = from + event.bytes.size();
  for (std::size_t at = from; at < end;) {
    const std::size_t next = std::min(end, (at / sector + 1) * sector);
    if (luck.keeps()) put(bytes, at, std::string_view(event.bytes).substr(at - from, next - at));
    at = next;
  }
}

void change(Names& names, const Disk::Event& event) {
  switch (event.kind) {
    case Disk::Kind::create: names[event.name] = event.file; break;
    case Disk::Kind::remove: names.erase(event.name); break;
    case Disk::Kind::rename:
      names.erase(event.name);
      names[event.to] = event.file;
      break;
    default: break;
  }
}

// One file as the story goes: what is safe, and what has been done to it since.
struct File {
  Bytes safe;
  std::vector<const Disk::Event*> since;

  void settle() {
    for (const Disk::Event* each : since) {
      if (each->kind == Disk::Kind::write)
        put(safe, static_cast<std::size_t>(each->at), each->bytes);
      else
        safe.resize(static_cast<std::size_t>(each->at), '\0');
    }
    since.clear();
  }
  Bytes after_the_cut(Luck& luck) const {
    Bytes bytes = safe;
    for (const Disk::Event* each : since) {
      if (each->kind == Disk::Kind::write)
        put_some(bytes, *each, luck);
      else if (luck.keeps())
        bytes.resize(static_cast<std::size_t>(each->at), '\0');
    }
    return bytes;
  }
};

}  // namespace

Disk::Disk(std::string folder, Obeys obeys) : folder_(std::move(folder)), obeys_(obeys) {
  if (the_disk.exchange(this) != nullptr) throw std::logic_error("there is a disk already");
  install_disk_vfs();
}

Disk::~Disk() {
  remove_disk_vfs();
  the_disk = nullptr;
}

Disk* Disk::current() { return the_disk; }

bool Disk::holds(std::string_view path) const {
  // Shared memory beside the database is no file to a disk: it is made anew after a cut.
  return path.size() > folder_.size() && path.starts_with(folder_) && path[folder_.size()] == '/' &&
         !path.ends_with("-shm");
}

std::size_t Disk::file_of(const std::string& path) {
  const auto found = names_.find(path);
  if (found != names_.end()) return found->second;
  names_[path] = ++files_;
  add({.kind = Kind::create, .file = files_, .name = path});
  return files_;
}

void Disk::add_rename(const std::string& from, const std::string& to) {
  const std::size_t file = file_of(from);
  names_.erase(from);
  names_[to] = file;
  add({.kind = Kind::rename, .file = file, .name = from, .to = to});
}

void Disk::add_link(const std::string& from, const std::string& to) {
  const std::size_t file = file_of(from);
  names_[to] = file;
  add({.kind = Kind::create, .file = file, .name = to});
}

void Disk::add_remove(const std::string& path) {
  if (names_.erase(path) > 0) add({.kind = Kind::remove, .name = path});
}

void Disk::add_sync(const std::string& path, bool by_sqlite) {
  if (by_sqlite ? obeys_.file_sync : obeys_.other_file_sync)
    add({.kind = Kind::sync, .file = file_of(path)});
}

void Disk::add_folder_sync() {
  if (obeys_.folder_sync) add({.kind = Kind::sync_folder});
}

void Disk::mark(std::string word) {
  record([&](Disk& disk) { disk.add({.kind = Kind::mark, .name = std::move(word)}); });
}

void Disk::image(std::size_t point, Random& random, const std::string& to) const {
  std::map<std::size_t, File> files;
  Names names;
  std::vector<const Event*> renamed;  // since the folder was synced
  for (std::size_t i = 0; i < point; ++i) {
    const Event& event = events_[i];
    switch (event.kind) {
      case Kind::write:
      case Kind::truncate: files[event.file].since.push_back(&event); break;
      case Kind::sync: files[event.file].settle(); break;
      case Kind::create:
      case Kind::rename:
      case Kind::remove: renamed.push_back(&event); break;
      case Kind::sync_folder:
        for (const Event* each : renamed) change(names, *each);
        renamed.clear();
        break;
      case Kind::mark: break;
    }
  }
  const std::uint64_t kept = random.below(renamed.size() + 1);
  for (std::uint64_t i = 0; i < kept; ++i) change(names, *renamed[i]);
  Luck luck(random);
  for (const auto& [name, number] : names) {
    const std::string path = to + name.substr(folder_.size());
    const Bytes bytes = files[number].after_the_cut(luck);
    std::ofstream(path, std::ios::binary) << bytes;
    // The ledger's key is refused when others can read it.
    std::filesystem::permissions(
        path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

}  // namespace ln::test
