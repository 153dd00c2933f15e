#include "app/second_place.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/log.h"
#include "base/text.h"
#include "platform/db/db.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t note_size_max = 16 * 1024, second_size_max = 8 * 1024;

std::string own_place(const std::string& folder) { return folder + "/head"; }
std::string note_of(const std::string& folder) { return folder + "/second"; }

// What DIR/second says. A note of an earlier program names the place alone.
struct Noted {
  std::string place, folder{};
};

std::optional<Noted> noted_in(const std::string& folder) {
  const auto text = file::read_file(note_of(folder), note_size_max);
  if (!text || trimmed(*text).empty()) return std::nullopt;
  const auto end = std::min(text->find('\n'), text->size());
  Noted noted{std::string(trimmed(std::string_view(*text).substr(0, end)))};
  noted.folder = std::string(trimmed(std::string_view(*text).substr(end)));
  return noted;
}

std::optional<std::string> remembered(const std::string& folder) {
  const auto noted = noted_in(folder);
  return noted ? std::optional(noted->place) : std::nullopt;
}

// One file under two names, or what a move that was broken off has copied.
bool are_alike(const std::string& one, const std::string& other) {
  return fs::equivalent(one, other) ||
         file::read_file(one, second_size_max) == file::read_file(other, second_size_max);
}

std::string name_of_folder(const std::string& folder) {
  std::error_code failure;
  const fs::path name = fs::canonical(folder, failure);
  return failure ? fs::absolute(folder).string() : name.string();
}

void remember(const std::string& folder, const std::string& place) {
  if (place == own_place(folder)) {
    if (fs::exists(note_of(folder))) fs::remove(note_of(folder));
    return;
  }
  const std::string note = place + "\n" + name_of_folder(folder) + "\n";
  if (file::read_file(note_of(folder), note_size_max) != note)
    file::write_file_durably(note_of(folder), note);
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

bool is_second_away(const std::string& folder) {
  const auto known = remembered(folder);
  return known && !fs::exists(*known);
}

std::string settle_second(const std::string& folder, const std::string& named) {
  const std::string place = second_place(folder, named);
  const auto noted = noted_in(folder);
  // Only the place that is noted: from any other the file of a city that runs would be taken away.
  if (noted && !noted->folder.empty() && noted->folder != name_of_folder(folder) &&
      (named.empty() || place != noted->place))
    throw db::Failure("this folder is a copy or was moved: " + note_of(folder) +
                      " says that it was " + noted->folder + ". Its second file " + noted->place +
                      " may be in use there, and two that sign into one file end both. When it was "
                      "moved, name that place again with --second. When it is a copy to try things "
                      "with, remove " +
                      note_of(folder) + " in the copy.");
  const std::string before = noted ? noted->place : own_place(folder);
  if (is_second_away(folder))
    throw db::Failure(
        "the ledger's second file " + before +
        " is not there, though this folder was served with it. Mount the disk it is on. If it is "
        "lost for good, and nobody has taken the folder back to an earlier state, remove " +
        note_of(folder) + " and name a new place with --second.");
  if (before != place && fs::exists(before)) {
    if (fs::exists(place) && !are_alike(place, before))
      throw db::Failure("there are two second files of the ledger, " + before + " and " + place +
                        ". Look at the number of lines in each: the one with the larger must be "
                        "the one that is named. Move the other away, and start again.");
    if (!fs::exists(place))
      file::write_file_durably(place,
                               file::read_file(before, second_size_max).value_or(std::string()),
                               file::Readers::everybody);
    // Remembered first: ending between the two must leave no start without a second file.
    remember(folder, place);
    std::error_code failure;
    if (!fs::equivalent(place, before, failure)) fs::remove(before, failure);
    if (failure)
      log::write(log::Level::warning, "ledger_second_file_left",
                 {{"path", std::string_view(before)}});
    return place;
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
