#include "app/open_data.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <map>
#include <utility>

#include "app/clock.h"
#include "app/open_rooms.h"
#include "app/whole_file.h"
#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_public_actions.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_pages_open.h"
#include "platform/file/digest.h"
#include "platform/http/http_shelf.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes pause_between_looks{1};
constexpr std::chrono::hours made_after{2};
constexpr std::string_view manifest_name = "manifest.json";

class FolderFile : public insight::OpenFile {
 public:
  explicit FolderFile(std::string path) : file_(std::move(path)) {}
  void write(std::string_view bytes) override { file_.write(bytes); }
  void finish() override { file_.finish(); }

 private:
  WholeFile file_;
};

void check(const std::error_code& failure, std::string_view what, const std::string& path) {
  if (failure)
    throw file::Failure("cannot " + std::string(what) + " " + path + ": " + failure.message());
}

std::map<std::string, insight::FileListed> files_before(const std::optional<std::string>& folder) {
  std::map<std::string, insight::FileListed> files;
  if (!folder) return files;
  const auto text =
      file::read_file(*folder + "/" + std::string(manifest_name), insight::manifest_size_max);
  const auto manifest = text ? insight::parse_manifest(*text) : std::nullopt;
  if (!manifest) return files;
  for (const insight::FileListed& each : manifest->files) files.emplace(each.made.name, each);
  return files;
}

// The same bytes lie on the disk once; twice where the file system has no such links.
void take_from(const std::string& before, const std::string& path) {
  std::error_code failure;
  const std::string passing = path + ".same";
  fs::create_hard_link(before, passing, failure);
  if (!failure) fs::rename(passing, path, failure);
}

// The newest folder of a night before `day`; null when there is none.
std::optional<std::string> night_before(const std::string& folder, const std::string& day) {
  std::optional<std::string> newest;
  for (const std::string& night : insight::open_nights(folder))
    if (night < day && (!newest || night > *newest)) newest = night;
  if (newest) newest = folder + "/" + *newest;
  return newest;
}

void forget_old(const std::string& folder) {
  const auto nights = insight::open_nights(folder);  // the newest first
  std::error_code failure;
  for (std::size_t i = nights_kept; i < nights.size(); ++i)
    fs::remove_all(folder + "/" + nights[i], failure);
}

std::optional<ledger::OpenDataFact> last_said(db::Read& read) {
  const auto last = ledger::last_fact(read, ledger::open_data_kind);
  const auto fact = last ? ledger::parse_fact(last->payload) : std::nullopt;
  const auto* said = fact ? std::get_if<ledger::OpenDataFact>(&*fact) : nullptr;
  return said == nullptr ? std::nullopt : std::optional(*said);
}

bool is_said(db::Read& read, Day day) {
  const auto said = last_said(read);
  return said && said->day >= day;
}

// Rows tell how things stand in the minute in which they are written, so a night that is written
// again, or by another node, has another manifest. The log knows one: what is not that one goes.
bool is_other_than_said(db::Database& database, Day day, const std::string& folder) {
  const auto said = database.read([&](db::Read& read) { return last_said(read); });
  if (!said || said->day != day) return false;
  const auto manifest =
      file::read_file(folder + "/" + std::string(manifest_name), insight::manifest_size_max);
  return !manifest || merkle::sha256(as_bytes(*manifest)) != said->manifest;
}

bool say(db::Database& database, Day day, const std::string& folder, Instant now) {
  if (database.read([&](db::Read& read) { return is_said(read, day); })) return false;
  const auto manifest =
      file::read_file(folder + "/" + std::string(manifest_name), insight::manifest_size_max);
  if (!manifest) return false;
  const ledger::OpenDataFact fact{now, day, merkle::sha256(as_bytes(*manifest))};
  return database
      .write([&](db::Write& write) -> Result<Done> {
        if (is_said(write, day)) return Done{};
        TRY([[maybe_unused]] const std::int64_t index, ledger::announce(write, fact));
        return Done{};
      })
      .ok();
}

}  // namespace

ledger::Hash make_open_night(db::Database& database,
                             const insight::Night& night,
                             const std::string& folder,
                             const std::optional<std::string>& before) {
  std::error_code failure;
  if (fs::exists(folder)) throw file::Failure(folder + " is there already");
  const std::string passing = folder + ".making";
  fs::remove_all(passing, failure);
  fs::create_directories(passing, failure);
  check(failure, "make the folder", passing);
  const auto known = files_before(before);
  const auto made = database.read([&](db::Read& read) {
    return insight::write_open_data(
        read, night,
        [&](const std::string& name) { return std::make_unique<FolderFile>(passing + "/" + name); },
        tell_rooms);
  });
  std::vector<insight::FileListed> files;
  for (const insight::FileMade& each : made) {
    const std::string path = passing + "/" + each.name;
    insight::FileListed listed{.made = each,
                               .bytes = static_cast<std::int64_t>(fs::file_size(path)),
                               .sha256 = file::sha256_of(path),
                               .since = night.day};
    const auto same = known.find(each.name);
    if (same != known.end() && same->second.sha256 == listed.sha256) {
      listed.since = same->second.since;
      take_from(*before + "/" + each.name, path);
    }
    files.push_back(std::move(listed));
  }
  const std::string manifest = insight::manifest_of(night, files);
  file::write_file_durably(passing + "/" + std::string(manifest_name), manifest);
  fs::rename(passing, folder, failure);
  check(failure, "name", folder);
  return merkle::sha256(as_bytes(manifest));
}

insight::Night night_at(db::Database& database, Instant now) {
  const Day sunday = insight::tell_weeks(database, now);
  return {local_day(now) - std::chrono::days(1), sunday};
}

bool keep_open_nights(db::Database& database, const std::string& folder, Instant now) {
  const Day day = local_day(now) - std::chrono::days(1);
  if (time_of_day(now) < made_after) return false;
  const std::string night = folder + "/" + to_iso(day);
  bool is_new = false;
  if (!fs::exists(night)) {
    if (database.read([&](db::Read& read) { return is_said(read, day); })) return false;
    make_open_night(database, night_at(database, now), night, night_before(folder, to_iso(day)));
    forget_old(folder);
    is_new = true;
  }
  is_new = say(database, day, night, now) || is_new;
  if (is_other_than_said(database, day, night)) {
    fs::remove_all(night);
    is_new = true;
  }
  if (is_new) http::forget_kept_answers();
  return is_new;
}

std::string OpenNights::folder_of(const std::string& data) { return data + "/open"; }

OpenNights::OpenNights(City& city)
    : city_(city), thread_([this](const std::stop_token& stop) { loop(stop); }) {
  insight::set_open_folder(folder_of(city.folder()));
}

OpenNights::~OpenNights() {
  thread_.request_stop();
  thread_.join();
}

void OpenNights::loop(const std::stop_token& stop) {
  while (true) {
    {
      // First a pause: whoever starts the server wants pages, not files.
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, stop, pause_between_looks, [] { return false; });
    }
    if (stop.stop_requested()) return;
    try {
      if (keep_open_nights(city_.database(), folder_of(city_.folder()), now()))
        log::write(log::Level::info, "open_data_made");
    } catch (const std::exception& failure) {
      log::write(log::Level::error, "open_data_not_made", {{"what", failure.what()}});
    }
  }
}

}  // namespace ln::app
