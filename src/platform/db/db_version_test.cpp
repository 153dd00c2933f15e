#include "platform/db/db_version.h"

#include <doctest/doctest.h>

#include <set>

#include "base/text_key.h"
#include "test/engine.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

Options with_things(std::string path) {
  log::set_least(log::Level::warning);
  return test::on_engine(
      {.path = std::move(path),
       .migrations = {
           {"0001_thing", "CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY) STRICT"}}});
}

void add_thing(Database& database) {
  test::write(database, [](Write& write) { write.run("INSERT INTO thing DEFAULT VALUES"); });
}

// The version once it has come to rest: a change seen for the first time may have none.
std::uint64_t version(Database& database) {
  for (;;)
    if (const auto found = database.read([](Read& read) { return version_of(read); }))
      return *found;
}

TEST_CASE("the version stays while nothing is written, and moves with each write") {
  Database database(with_things(":memory:"));
  const auto before = version(database);
  CHECK(version(database) == before);
  add_thing(database);
  const auto after = version(database);
  CHECK(after != before);
  CHECK(version(database) == after);
}

TEST_CASE("what another process writes moves the version, too") {
  const test::Folder folder;
  const std::string path = (folder.path / "things.db").string();
  Database ours(with_things(path));
  Database theirs(with_things(path));
  const auto before = version(ours);
  CHECK(version(ours) == before);
  add_thing(theirs);
  CHECK(version(ours) != before);
}

TEST_CASE("a snapshot that began before a write never has the version that comes after it") {
  Database database(with_things(":memory:"));
  version(database);
  database.read([&](Read& old) {
    const auto of_old = version_of(old);
    REQUIRE(of_old);
    add_thing(database);
    const auto of_new = version(database);  // On a connection of its own.
    CHECK(of_new != *of_old);
    CHECK(version_of(old) == of_old);
    const auto count = [](Read& read) {
      return *read.one("SELECT count(*) FROM thing", [](const Row& row) { return row.integer(0); });
    };
    CHECK(count(old) == 0);
    CHECK(database.read(count) == 1);
  });
}

TEST_CASE("a version is never given out again when the server was restarted") {
  if (!test::is_on_postgres()) return;  // SQLite has no server.
  test::PostgresServer server;
  Options options = with_things("versions");
  options.url = server.url();
  Database database(options);
  add_thing(database);
  // A transaction that is undone leaves no trace on the disk, so that its number comes again.
  const auto undone = [&] {
    CHECK_THROWS_AS(test::write(database,
                                [](Write& write) {
                                  write.run("INSERT INTO thing DEFAULT VALUES");
                                  write.run("INSERT INTO thing (id) VALUES (NULL)");
                                }),
                    Failure);
  };
  std::set<std::uint64_t> seen;
  for (int time = 0; time < 3; ++time) {
    undone();
    const auto before = version(database);
    CHECK(seen.insert(before).second);
    CHECK(version(database) == before);
    server.stop();
    server.start();
    for (int again = 0; again < 4; ++again) {
      add_thing(database);
      CHECK(seen.insert(version(database)).second);
    }
  }
}

}  // namespace
}  // namespace ln::db
