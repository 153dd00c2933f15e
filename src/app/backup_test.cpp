#include "app/backup.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "app/backup_schedule.h"
#include "app/clock.h"
#include "platform/db/archive.h"
#include "platform/file/digest.h"
#include "platform/file/file.h"
#include "test/city_on_disk.h"
#include "test/wire.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;
using test::CityOnDisk;
using test::says;

Backup back_up(CityOnDisk& here, std::size_t keep = 0) {
  return make_backup({.data = here.data, .to = here.to, .keep = keep, .now = here.now});
}

// Changes one byte of a file, as an old disk does.
void spoil(const std::string& path, off_t at) {
  const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE(file >= 0);
  char byte = 0;
  REQUIRE(::pread(file, &byte, 1, at) == 1);
  byte = static_cast<char>(byte ^ 0x40);
  REQUIRE(::pwrite(file, &byte, 1, at) == 1);
  ::close(file);
}

std::string failure_of(const std::string& path) {
  try {
    check_backup(path);
    return "";
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

RestoreWish wish_of(const CityOnDisk& here, const std::string& from, const std::string& data) {
  return {.from = from, .data = data, .key = here.data + "/ledger.key", .clock = [] {
            return test::monday + std::chrono::hours(1);
          }};
}

std::string refusal_of(const RestoreWish& wish) {
  const Restored restored = restore(wish);
  const auto* said = std::get_if<Said>(&restored);
  return said == nullptr ? "" : said->in(i18n::Voice(i18n::Language::en));
}

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.insert(entry.path().filename().string());
  return names;
}

}  // namespace

TEST_CASE("a backup is named after the id of the key, whatever the letters of the key are") {
  CHECK(key_id_of("hn.example/ledger+1a2b3c4d+AQ0+uQ76/87m+x5c=") == "1a2b3c4d");
  CHECK(key_id_of("hn.example/ledger+1a2b3c4d+AQ05") == "1a2b3c4d");
  CHECK(key_id_of("") == "00000000");
  CHECK(key_id_of("hn.example/ledger+1a2b") == "00000000");
}

TEST_CASE(
    "a backup of a live city holds what was committed, has its sum beside it, and is private") {
  CityOnDisk here;
  here.receive(5);
  const Backup made = back_up(here);
  CHECK(made.leaves == 5);
  CHECK(fs::path(made.path).filename().string() ==
        "langnghe-" + made.key_id + "-20261123T020000Z.db");
  CHECK((fs::status(made.path).permissions() & fs::perms(077)) == fs::perms::none);
  const auto sum = file::read_file(made.path + ".sha256", 1000);
  CHECK(*sum == file::sha256_of(made.path) + "  " + fs::path(made.path).filename().string() + "\n");
  CHECK(check_backup(made.path).leaves == 5);
  const auto last = last_backup(here.data);
  REQUIRE(last);
  CHECK(last->path == made.path);
  CHECK(last->leaves == 5);
  // Neither key nor second file, nor anything half made.
  CHECK(names_in(here.to).size() == 2);
}

TEST_CASE("while many write, a backup is one moment: its leaves are those of its head") {
  CityOnDisk here;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) here.receive(1);
  });
  for (int i = 0; i < 5; ++i) {
    here.now += std::chrono::seconds(1);
    CHECK_NOTHROW(back_up(here));
  }
  stop = true;
  writer.join();
  CHECK(backups_in(here.to).size() == 5);
}

TEST_CASE("only the newest of this city are kept, and nothing else in the folder is touched") {
  CityOnDisk here;
  fs::create_directories(here.to);
  const std::set<std::string> others = {"notes.txt", "langnghe-00000000-20200101T000000Z.db",
                                        "langnghe-backup.db"};
  for (const std::string& name : others) std::ofstream(here.to + "/" + name) << "x";
  for (int i = 0; i < 4; ++i) {
    here.now += std::chrono::hours(1);
    here.receive(1);
    back_up(here, 2);
  }
  auto names = names_in(here.to);
  for (const std::string& name : others) CHECK(names.erase(name) == 1);
  CHECK(names.size() == 4);
  const auto kept = backups_in(here.to);
  CHECK(check_backup(kept.at(0).path).leaves == 4);
  CHECK(check_backup(kept.at(1).path).leaves == 3);
}

TEST_CASE("a backup that is damaged, changed or from a newer program does not pass") {
  CityOnDisk here;
  here.receive(40);
  const Backup made = back_up(here);
  SUBCASE("a byte of it") {
    spoil(made.path, made.size / 2);
    CHECK(says(failure_of(made.path), "SHA-256 differs"));
  }
  SUBCASE("a page, and the sum is lost") {
    fs::remove(made.path + ".sha256");
    for (off_t at = 4096; at < made.size; at += 4096) spoil(made.path, at);
    CHECK_FALSE(failure_of(made.path).empty());
  }
  SUBCASE("cut short") {
    fs::remove(made.path + ".sha256");
    fs::resize_file(made.path, static_cast<std::uintmax_t>(made.size / 2));
    CHECK_FALSE(failure_of(made.path).empty());
  }
  SUBCASE("no database at all") {
    std::ofstream(here.to + "/x.db") << "this is no database, whatever its name says";
    CHECK_FALSE(failure_of(here.to + "/x.db").empty());
    CHECK_FALSE(failure_of(here.to + "/none.db").empty());
  }
}

TEST_CASE("a city whose leaves were changed is not backed up, and the older backups stay") {
  CityOnDisk here;
  here.receive(3);
  back_up(here, 1);
  here.now += std::chrono::hours(1);
  here.tamper_with_leaf();
  CHECK_THROWS_WITH_AS(back_up(here, 1), doctest::Contains("the ledger is damaged"), db::Failure);
  CHECK(backups_in(here.to).size() == 1);
  CHECK(names_in(here.to).size() == 2);
}

TEST_CASE("a migration that this program does not know is named") {
  CityOnDisk here;
  here.tamper("INSERT INTO schema_migration VALUES (99, '0099_later', 'x', 0)");
  CHECK_THROWS_WITH_AS(back_up(here), doctest::Contains("0099_later"), db::Failure);
}

TEST_CASE("a backup goes back into an empty folder and the city goes on there") {
  CityOnDisk here;
  here.receive(5);
  const Backup made = back_up(here);
  const std::string fresh = (here.place.path / "fresh").string();
  RestoreWish wish = wish_of(here, here.to, fresh);
  wish.head = here.data + "/head";
  const Restored restored = restore(wish);
  REQUIRE(std::holds_alternative<RestoredCity>(restored));
  CHECK(std::get<RestoredCity>(restored).backup.path == made.path);
  CHECK((fs::status(fresh + "/ledger.key").permissions() & fs::perms(077)) == fs::perms::none);
  CHECK((fs::status(fresh).permissions() & fs::perms(077)) == fs::perms::none);
  here.close();
  here.data = fresh;
  here.open();
  here.receive(1);
  CHECK(back_up(here).leaves == 6);
}

TEST_CASE("a restore never overwrites, not even what is left of a database") {
  CityOnDisk here;
  here.receive(1);
  const Backup made = back_up(here);
  CHECK(says(refusal_of(wish_of(here, made.path, here.data)), "nothing is overwritten"));
  const std::string fresh = (here.place.path / "fresh").string();
  fs::create_directories(fresh);
  std::ofstream(fresh + "/langnghe.db-wal") << "left";
  CHECK(says(refusal_of(wish_of(here, made.path, fresh)), "nothing is overwritten"));
}

TEST_CASE("a backup older than the newest head known is refused, with what would be lost") {
  CityOnDisk here;
  here.receive(3);
  const Backup made = back_up(here);
  here.receive(2);
  const std::string fresh = (here.place.path / "fresh").string();
  RestoreWish wish = wish_of(here, made.path, fresh);
  wish.head = here.data + "/head";
  CHECK(says(refusal_of(wish), "it has 3 leaves, but a head of 5 was signed; 2 that citizens"));
  // Vouching does not help against a signature.
  wish.is_last = true;
  CHECK(says(refusal_of(wish), "a head of 5 was signed"));
  CHECK_FALSE(fs::exists(fresh + "/langnghe.db"));
  SUBCASE("nor when the second file survived in the folder itself") {
    fs::create_directories(fresh);
    fs::copy_file(here.data + "/head", fresh + "/head");
    wish.head.reset();
    CHECK(says(refusal_of(wish), "a head of 5 was signed"));
  }
}

TEST_CASE("without any head to compare with somebody must vouch that nothing came after") {
  CityOnDisk here;
  here.receive(3);
  const Backup made = back_up(here);
  const std::string fresh = (here.place.path / "fresh").string();
  RestoreWish wish = wish_of(here, made.path, fresh);
  CHECK(says(refusal_of(wish), "--nothing-newer"));
  wish.is_last = true;
  CHECK(refusal_of(wish).empty());
}

TEST_CASE("a published head is enough to tell that a backup is old, a stranger's is not taken") {
  CityOnDisk here, stranger;
  here.receive(2);
  const Backup made = back_up(here);
  here.receive(1);
  const std::string note =
      here.city->database().read([](db::Read& read) { return ledger::head(read)->note; });
  const std::string kept = (here.place.path / "checkpoint").string();
  file::write_file_durably(kept, note);
  RestoreWish wish = wish_of(here, made.path, (here.place.path / "fresh").string());
  wish.head = kept;
  CHECK(says(refusal_of(wish), "a head of 3 was signed"));
  file::write_file_durably(kept, "a letter");
  CHECK(says(refusal_of(wish), "holds no head that this ledger signed"));
}

TEST_CASE(
    "without the ledger's key, or with another one, nothing is restored and nothing is left") {
  CityOnDisk here;
  here.receive(1);
  const Backup made = back_up(here);
  const std::string fresh = (here.place.path / "fresh").string();
  RestoreWish wish = wish_of(here, made.path, fresh);
  wish.is_last = true;
  wish.key.reset();
  CHECK(says(refusal_of(wish), "The ledger's key is missing"));
  merkle::Signer other("langnghe.example/ledger", here.random.bytes<32>());
  const std::string wrong = (here.place.path / "wrong.key").string();
  file::write_file_durably(wrong, other.text() + "\n");
  wish.key = wrong;
  CHECK_THROWS_WITH_AS(restore(wish), doctest::Contains("is not the one this log began with"),
                       db::Failure);
  CHECK(names_in(fresh).empty());
}

TEST_CASE("a schedule makes the first backup at once and tells what fails") {
  CityOnDisk here;
  here.receive(2);
  Watch watch(*here.city, {});
  const auto wait_for = [&](std::string_view line) {
    while (!says(watch.metrics(now()), line)) std::this_thread::yield();
  };
  {
    const BackupSchedule schedule({.data = here.data, .to = here.to}, watch);
    wait_for("langnghe_backup_age_seconds");
  }
  CHECK(backups_in(here.to).size() == 1);
  {
    // Young enough: no second one. The schedule has told so before it waits.
    const BackupSchedule schedule({.data = here.data, .to = here.to}, watch);
    wait_for("langnghe_backup_failed 0\n");
  }
  CHECK(backups_in(here.to).size() == 1);
  const std::string nowhere = (here.place.path / "file").string();
  std::ofstream(nowhere) << "not a folder";
  const BackupSchedule schedule({.data = here.data, .to = nowhere + "/below"}, watch);
  wait_for("langnghe_backup_failed 1\n");
  CHECK(says(watch.warnings().at(0), "backup: the last attempt failed"));
}

}  // namespace ln::app
