#include "app/backup.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "base/log.h"
#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "platform/db/archive.h"
#include "platform/file/digest.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view beginning = "langnghe-";
constexpr std::string_view ending = ".db";
constexpr std::string_view sum_ending = ".sha256";
constexpr std::size_t key_id_size = 8;
constexpr std::size_t time_size = 16;  // 20261124T071500Z
constexpr std::size_t state_size_max = 4096;

std::string time_text(Instant at) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(seconds - day);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ", int{date.year()},
                unsigned{date.month()}, unsigned{date.day()},
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

std::optional<Instant> time_of(const std::string& text) {
  int year = 0, hour = 0, minute = 0, second = 0, end = 0;
  unsigned month = 0, day = 0;
  const int read = std::sscanf(text.c_str(), "%4d%2u%2uT%2d%2d%2dZ%n", &year, &month, &day, &hour,
                               &minute, &second, &end);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (read != 6 || end != static_cast<int>(time_size) || text.size() != time_size || !date.ok())
    return std::nullopt;
  return Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second);
}

// "langnghe-1a2b3c4d-20261124T071500Z.db"; null for every other name.
std::optional<Backup> named(const fs::path& path) {
  const std::string name = path.filename().string();
  constexpr std::size_t key_at = beginning.size(), time_at = key_at + key_id_size + 1;
  if (name.size() != time_at + time_size + ending.size() || !name.starts_with(beginning) ||
      !name.ends_with(ending))
    return std::nullopt;
  const auto at = time_of(name.substr(time_at, time_size));
  if (!at) return std::nullopt;
  return Backup{.path = path.string(), .key_id = name.substr(key_at, key_id_size), .at = *at};
}

// What the file beside a backup says its sum is; null when there is none.
std::optional<std::string> written_sum(const std::string& path) {
  const auto text = file::read_file(path + std::string(sum_ending), state_size_max);
  if (!text) return std::nullopt;
  return text->substr(0, text->find(' '));
}

void forget_old(const std::string& folder, const std::string& key_id, std::size_t keep) {
  if (keep == 0) return;
  std::size_t seen = 0;
  for (const Backup& each : backups_in(folder)) {
    if (each.key_id != key_id || ++seen <= keep) continue;
    std::error_code failure;
    fs::remove(each.path, failure);
    if (!failure) fs::remove(each.path + std::string(sum_ending), failure);
    if (failure) log::write(log::Level::warning, "old_backup_stays");
  }
}

void write_state(const std::string& data, const Backup& made) {
  file::write_file_durably(data + "/backup",
                           std::to_string(to_ms(made.at)) + " " + std::to_string(made.size) + " " +
                               std::to_string(made.leaves) + " " + made.path + "\n");
}

}  // namespace

std::string key_id_of(std::string_view vkey) {
  const std::size_t plus = vkey.find('+');
  if (plus == std::string_view::npos || vkey.size() < plus + 1 + key_id_size)
    return std::string(key_id_size, '0');
  return std::string(vkey.substr(plus + 1, key_id_size));
}

Backup check_backup(const std::string& path, const BackupTold& told) {
  const auto tell = [&](double share) {
    if (told) told(BackupStage::checking, share);
  };
  tell(-1);
  Backup found = named(path).value_or(Backup{.path = path});
  const auto sum = written_sum(path);
  if (sum && file::sha256_of(path) != *sum)
    throw db::Failure("the file is not the one that was written: its SHA-256 differs from " + path +
                          std::string(sum_ending),
                      db::Failure::Kind::corrupt);
  db::Archive archive(path);
  if (const auto faults = archive.faults(); !faults.empty())
    throw db::Failure("the database is damaged: " + faults.front(), db::Failure::Kind::corrupt);
  static_cast<void>(archive.missing_migrations());  // Throws when it is newer than the program.
  archive.read([&](db::Read& read) {
    if (const auto fault = ledger::check_leaves(read))
      throw db::Failure("the ledger is damaged: " + fault->what, db::Failure::Kind::corrupt);
    found.leaves = ledger::leaf_count(read);
    const auto log = ledger::find_log(read);
    found.key_id = key_id_of(log ? log->vkey : "");
  });
  found.size = static_cast<std::int64_t>(fs::file_size(path));
  tell(1);
  return found;
}

Backup make_backup(const BackupWish& wish) {
  fs::create_directories(wish.to);
  if (fs::equivalent(wish.to, wish.data))
    throw file::Failure("backups do not go into the data folder itself: " + wish.to);
  const std::string part = wish.to + "/" + std::string(beginning) + "being-made";
  db::copy_database(database_options(wish.data, wish.url, wish.schema, wish.now), part,
                    [&](std::uint64_t done, std::uint64_t all) {
                      if (wish.told)
                        wish.told(BackupStage::copying,
                                  static_cast<double>(done) / static_cast<double>(all));
                    });
  Backup made;
  try {
    made = check_backup(part, wish.told);
    made.at = std::chrono::floor<std::chrono::seconds>(wish.now);
    // Absolute: doctor reads it from wherever it is called.
    made.path = fs::absolute(wish.to).lexically_normal().string() + "/" + std::string(beginning) +
                made.key_id + "-" + time_text(made.at) + std::string(ending);
    // The sum first: a copy under its own name is one that can be checked.
    file::write_file_durably(
        made.path + std::string(sum_ending),
        file::sha256_of(part) + "  " + fs::path(made.path).filename().string() + "\n");
    fs::rename(part, made.path);
  } catch (...) {
    std::error_code ignored;
    fs::remove(part, ignored);
    throw;
  }
  write_state(wish.data, made);
  forget_old(wish.to, made.key_id, wish.keep);
  return made;
}

std::vector<Backup> backups_in(const std::string& folder) {
  std::vector<Backup> found;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure))
    if (auto backup = named(entry.path())) found.push_back(*std::move(backup));
  std::ranges::sort(found, [](const Backup& one, const Backup& other) {
    return std::pair(one.at, one.path) > std::pair(other.at, other.path);
  });
  return found;
}

std::optional<Backup> last_backup(const std::string& data) {
  const auto text = file::read_file(data + "/backup", state_size_max);
  if (!text) return std::nullopt;
  std::string_view rest = trimmed(*text);
  const auto number = [&]() -> std::optional<std::int64_t> {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    const auto read = parse_number(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
    return read;
  };
  const auto at = number(), size = number(), leaves = number();
  if (!at || !size || !leaves || rest.empty()) return std::nullopt;
  return Backup{.path = std::string(rest), .size = *size, .leaves = *leaves, .at = from_ms(*at)};
}

}  // namespace ln::app
