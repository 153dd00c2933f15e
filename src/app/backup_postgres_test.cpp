// Backups of a city on PostgreSQL, their way back, and what the doctor says of its server.
#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/backup.h"
#include "app/clock.h"
#include "app/doctor.h"
#include "app/sample.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_jobs.h"
#include "platform/db/archive.h"
#include "platform/db/schemas.h"
#include "test/city_on_disk.h"
#include "test/engine.h"
#include "test/wire.h"

namespace ln::app {
namespace {

namespace fs = std::filesystem;
using Level = Finding::Level;
using test::CityOnDisk;
using test::says;

// A schema nobody has used yet, on the server of this run.
db::Options fresh_schema() {
  static int count = 0;
  db::Options place = test::on_engine({.path = ":memory:"});
  place.schema = "backup_" + std::to_string(++count);
  place.now = test::monday;
  return place;
}

struct CityOnServer : CityOnDisk {
  explicit CityOnServer(const db::Options& its_place = fresh_schema())
      : CityOnDisk(its_place.url, its_place.schema) {}
  Backup back_up() {
    return make_backup({.data = data, .to = to, .now = now, .url = url, .schema = schema});
  }
  RestoreWish into(const db::Options& target, const std::string& folder) const {
    return {.from = to,
            .data = (place.path / folder).string(),
            .key = data + "/ledger.key",
            .head = data + "/head",
            .clock = [] { return test::monday + std::chrono::hours(1); },
            .url = target.url,
            .schema = target.schema};
  }
};

std::string refusal_of(const Restored& restored) {
  const auto* said = std::get_if<Said>(&restored);
  return said == nullptr ? "" : said->in(i18n::Voice(i18n::Language::en));
}

// Every row of every table that a backup brings along, as text, in an order of its own.
std::string rows_of(const db::Options& place) {
  std::string all;
  db::Archive(place).read([&](db::Read& read) {
    const auto tables = read.all(
        "SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema() "
        "AND tablename NOT IN ('schema_migration', 'feedback_search', 'feedback_progress', "
        "'consultation_search', 'consultation_search_progress', 'ledger_log', 'ledger_tick') "
        "ORDER BY 1",
        [](const db::Row& row) { return row.text(0); });
    for (const std::string& table : tables)
      read.each(
          "SELECT coalesce(md5(CAST(query_to_xml('SELECT * FROM ' || $1 || ' AS t ORDER BY "
          "CAST(t AS text)', true, false, '') AS text)), '')",
          [&](const db::Row& row) { all += table + " " + row.text(0) + "\n"; }, table);
  });
  return all;
}

std::int64_t published(db::Database& database) {
  return database.read([](db::Read& read) {
    return *read.one("SELECT count(*) FROM feedback WHERE published_at IS NOT NULL",
                     [](const db::Row& row) { return row.integer(0); });
  });
}

std::int64_t indexed(db::Database& database) {
  while (feedback::index_published(database) > 0) {
  }
  return database.read([](db::Read& read) {
    return *read.one("SELECT count(*) FROM feedback_search",
                     [](const db::Row& row) { return row.integer(0); });
  });
}

}  // namespace

TEST_CASE("a city on PostgreSQL goes into one file, and out of it into a schema or a folder") {
  if (!test::is_on_postgres()) return;
  const test::Folder folder;
  const db::Options place = fresh_schema();
  const std::string data = (folder.path / "data").string(), to = (folder.path / "to").string();
  make_sample({.folder = data,
               .url = place.url,
               .schema = place.schema,
               .case_count = 60,
               .seed = 5,
               .now = test::monday});
  const Backup made = make_backup(
      {.data = data, .to = to, .now = test::monday, .url = place.url, .schema = place.schema});
  CHECK(made.leaves > 60);
  CHECK(check_backup(made.path).leaves == made.leaves);
  CHECK((fs::status(made.path).permissions() & fs::perms(077)) == fs::perms::none);
  CHECK(last_backup(data)->path == made.path);
  CHECK(std::distance(fs::directory_iterator(to), fs::directory_iterator()) == 2);
  RestoreWish wish{.from = to,
                   .data = (folder.path / "again").string(),
                   .key = data + "/ledger.key",
                   .head = data + "/head",
                   .clock = [] { return test::monday + std::chrono::hours(1); }};
  SUBCASE("a schema") {
    const db::Options again = fresh_schema();
    wish.url = again.url;
    wish.schema = again.schema;
    CHECK(refusal_of(restore(wish)).empty());
    CHECK(rows_of(place) == rows_of(again));
    CHECK(says(refusal_of(restore(wish)), "already has a schema " + again.schema));
    db::Options aside = again;
    aside.schema = db::making_of(again.schema);
    CHECK_FALSE(db::has_schema(aside));
  }
  SUBCASE("a folder") { CHECK(refusal_of(restore(wish)).empty()); }
  SystemRandom random;
  City city({.folder = wish.data, .url = wish.url, .schema = wish.schema, .clock = wish.clock},
            random);
  CHECK(city.database().read(ledger::verify_all).empty());
  CHECK(published(city.database()) > 0);
  CHECK(indexed(city.database()) == published(city.database()));
  // Ids go on after those that came.
  const auto last_unit = [](db::Read& read) {
    return *read.one("SELECT max(id) FROM unit", [](const db::Row& row) { return row.integer(0); });
  };
  const std::int64_t before = city.database().read(last_unit);
  test::write(city.database(), [](db::Write& write) {
    units::insert(write, {.code = "moi",
                          .valid_from = Day{std::chrono::days(0)},
                          .name = "Thành phố mới",
                          .kind = units::Kind::city,
                          .type = "Thành phố"});
  });
  CHECK(city.database().read(last_unit) == before + 1);
}

TEST_CASE("while many write to PostgreSQL, a backup is one moment") {
  if (!test::is_on_postgres()) return;
  CityOnServer here;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) here.receive(1);
  });
  for (int i = 0; i < 4; ++i) {
    here.now += std::chrono::seconds(1);
    CHECK_NOTHROW(here.back_up());
  }
  stop = true;
  writer.join();
  CHECK(backups_in(here.to).size() == 4);
}

TEST_CASE("a backup that is older than a head does not become a schema, nor does a broken one") {
  if (!test::is_on_postgres()) return;
  CityOnServer here;
  here.receive(3);
  here.back_up();
  here.receive(2);
  const db::Options target = fresh_schema();
  CHECK(says(refusal_of(restore(here.into(target, "fresh"))), "a head of 5 was signed"));
  CHECK_FALSE(db::has_schema(target));
  // A key of another log: found when all rows are there, and all of them go again.
  RestoreWish wish = here.into(target, "other");
  merkle::Signer other("langnghe.example/ledger", here.random.bytes<32>());
  wish.key = (here.place.path / "wrong.key").string();
  std::ofstream(*wish.key) << other.text() << "\n";
  fs::permissions(*wish.key, fs::perms::owner_read | fs::perms::owner_write);
  wish.head.reset();
  wish.is_last = true;
  CHECK_THROWS_WITH_AS(restore(wish), doctest::Contains("is not the one this log began with"),
                       db::Failure);
  db::Options aside = target;
  aside.schema = db::making_of(target.schema);
  CHECK_FALSE(db::has_schema(target));
  CHECK_FALSE(db::has_schema(aside));
  CHECK(fs::is_empty(wish.data));
}

TEST_CASE("a city on PostgreSQL whose leaves were changed is not backed up") {
  if (!test::is_on_postgres()) return;
  db::Options place = test::on_engine({.path = "tampered city"});
  CityOnServer here(place);
  here.receive(3);
  here.close();
  test::tamper("tampered city", "UPDATE ledger_leaf SET leaf = zeroblob(65) WHERE id = 2");
  CHECK_THROWS_WITH_AS(here.back_up(), doctest::Contains("the ledger is damaged"), db::Failure);
  CHECK(fs::is_empty(here.to));
}

struct Patient : CityOnServer {
  explicit Patient(const db::Options& its_place) : CityOnServer(its_place) {}
  Finding finding(std::string_view check, Instant at = app::now()) const {
    Finding worst{Level::fine, "", {}};
    for (Finding& each :
         examine({.data = data, .listen = "127.0.0.1:0", .now = at, .url = url, .schema = schema}))
      if (each.check == check && (worst.check.empty() || each.level > worst.level))
        worst = std::move(each);
    return worst;
  }
  std::string sentence(std::string_view check) const {
    return finding(check).said.in(i18n::Voice(i18n::Language::en));
  }
};

TEST_CASE("the doctor looks at the PostgreSQL server, the schema and the clocks") {
  if (!test::is_on_postgres()) return;
  test::PostgresServer server;
  db::Options place = fresh_schema();
  place.url = server.url();
  Patient city(place);
  city.receive(2);
  CHECK(city.finding("second_file").level == Level::fine);
  // Our test server waits for no disk, which no city may do.
  CHECK(city.finding("server").level == Level::broken);
  CHECK(says(city.sentence("server"), "does not wait for its disk"));
  server.configure({"fsync=on", "full_page_writes=on"});
  CHECK(city.finding("server").level == Level::hint);
  CHECK(says(city.sentence("server"), "on one machine only"));
  CHECK(city.finding("connections").level == Level::fine);
  CHECK(city.finding("ledger").level == Level::fine);
  CHECK_MESSAGE(city.finding("migrations").level == Level::fine, city.sentence("migrations"));
  CHECK(city.finding("keys").level == Level::fine);
  CHECK(city.finding("server_clock").level == Level::fine);
  CHECK(city.finding("server_clock", app::now() + std::chrono::seconds(20)).level ==
        Level::warning);
  city.close();
  server.stop();
  CHECK(city.finding("database").level == Level::broken);
  CHECK(says(city.sentence("database"), "PostgreSQL cannot be reached"));
}

}  // namespace ln::app
