#include "app/second_place.h"

#include <sys/stat.h>

#include <filesystem>
#include <optional>
#include <system_error>

#include "base/text.h"
#include "platform/db/db.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t place_size_max = 4'096, second_size_max = 8 * 1024;

std::string own_place(const std::string& folder) { return folder + "/head"; }
std::string note_of(const std::string& folder) { return folder + "/second"; }

std::optional<std::string> remembered(const std::string& folder) {
  const auto text = file::read_file(note_of(folder), place_size_max);
  if (!text || trimmed(*text).empty()) return std::nullopt;
  return std::string(trimmed(*text));
}

void remember(const std::string& folder, const std::string& place) {
  if (place == own_place(folder)) {
    if (fs::exists(note_of(folder))) fs::remove(note_of(folder));
    return;
  }
  if (remembered(folder) != place) file::write_file_durably(note_of(folder), place + "\n");
}

std::optional<dev_t> device_of(const std::string& path) {
  struct stat about{};
  if (::stat(path.c_str(), &about) != 0) return std::nullopt;
  return about.st_dev;
}

}  // namespace

std::string second_place(const std::string& folder, const std::string& named) {
  if (!named.empty()) return fs::absolute(named).string();
  return remembered(folder).value_or(own_place(folder));
}

std::string settle_second(const std::string& folder, const std::string& named) {
  const std::string place = second_place(folder, named);
  const auto known = remembered(folder);
  const std::string before = known.value_or(own_place(folder));
  if (!fs::exists(place)) {
    if (known == place)
      throw db::Failure(
          "the ledger's second file " + place +
          " is not there, though this folder was served with it. Mount the disk it is on. If it is "
          "lost for good, and nobody has taken the folder back to an earlier state, remove " +
          note_of(folder) + " and name a new place with --second.");
    if (const auto bytes =
            before == place ? std::nullopt : file::read_file(before, second_size_max)) {
      file::write_file_durably(place, *bytes, file::Readers::everybody);
      fs::remove(before);
    }
  }
  remember(folder, place);
  return place;
}

bool is_on_one_disk(const std::string& folder, const std::string& path) {
  auto there = device_of(path);
  if (!there) there = device_of(fs::absolute(path).parent_path().string());
  return there && there == device_of(folder);
}

}  // namespace ln::app
