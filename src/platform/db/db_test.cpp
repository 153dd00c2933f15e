#include "platform/db/db.h"

#include <doctest/doctest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include "base/result.h"
#include "base/text.h"
#include "base/text_key.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

Options with_things(std::string path = ":memory:") {
  log::set_least(log::Level::warning);
  return test::on_engine(
      {.path = std::move(path),
       .migrations = {{"0001_thing",
                       "CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY, word TEXT, "
                       "share REAL, bytes BLOB, at INTEGER) STRICT"}}});
}

struct Thing;
using ThingId = Id<Thing>;

template <Literal sql, class... Args>
concept Compiles = requires { typename std::bool_constant<(SqlFor<Args...>(sql.text), true)>; };

TEST_CASE("only SQL with as many parameters as arguments compiles") {
  static_assert(Compiles<"SELECT $1, $2 || '$9' || $1", int, int>);
  static_assert(Compiles<"SELECT 1">);
  static_assert(!Compiles<"SELECT $1, $2", int>);
  static_assert(!Compiles<"SELECT $1", int, int>);
  static_assert(!Compiles<"SELECT $2", int>);
  static_assert(!Compiles<"SELECT $2", int, int>);
  static_assert(!Compiles<"SELECT ?", int>);
  static_assert(!Compiles<"SELECT $33", int>);
  static_assert(!Compiles<"SELECT 1; DELETE FROM thing">);
  static_assert(!Compiles<"SELECT 'open">);
  static_assert(!Compiles<"INSERT OR REPLACE INTO thing (id) VALUES ($1)", int>);
  static_assert(!Compiles<"REPLACE INTO thing (id) VALUES ($1)", int>);
}

TEST_CASE("every type comes back as it was written") {
  Database database(with_things());
  const std::array<std::uint8_t, 4> bytes = {0, 255, 0, 7};
  const Instant at = from_ms(1'795'400'000'123);
  // PostgreSQL keeps no zero byte in a text, and nothing we store has one.
  const std::string word = test::is_on_postgres() ? "Đường\1hỏng" : std::string("Đường\0hỏng", 13);
  test::write(database, [&](Write& write) {
    const auto id = write.returning(
        "INSERT INTO thing (word, share, bytes, at) VALUES ($1, $2, $3, $4) RETURNING id",
        [](const Row& row) { return row.id<ThingId>(0); }, word, 0.1, Blob{bytes}, at);
    CHECK(id == ThingId{1});
    CHECK(1 == write.run("INSERT INTO thing (id, word, at) VALUES ($1, $2, $3)", ThingId{2},
                         std::string_view(), std::numeric_limits<std::int64_t>::min()));
    CHECK(1 == write.run("INSERT INTO thing (id, bytes, word) VALUES ($2, $1, $3)", Blob{}, 3,
                         std::optional<std::string>()));
  });
  const auto first = database.read([](Read& read) {
    return read.one(
        "SELECT word, share, bytes, at FROM thing WHERE id = $1",
        [](const Row& row) {
          return std::tuple(row.text(0), row.real(1), row.text(2), row.instant(3));
        },
        ThingId{1});
  });
  CHECK(first == std::tuple(word, 0.1, std::string("\0\xff\0\x07", 4), at));
  database.read([](Read& read) {
    read.each(
        "SELECT id, word, bytes, at FROM thing WHERE id > $1 ORDER BY id",
        [](const Row& row) {
          if (row.integer(0) == 2) {
            CHECK(row.maybe_text(1) == "");
            CHECK(row.is_null(2));
            CHECK(row.integer(3) == std::numeric_limits<std::int64_t>::min());
          } else {
            CHECK(row.maybe_text(1) == std::nullopt);
            CHECK_FALSE(row.is_null(2));
            CHECK(row.view(2).empty());
            CHECK(row.maybe_instant(3) == std::nullopt);
          }
        },
        1);
  });
}

TEST_CASE("what is not there is null, empty, or nothing changed") {
  Database database(with_things());
  database.read([](Read& read) {
    const auto id = [](const Row& row) { return row.integer(0); };
    CHECK(read.one("SELECT id FROM thing", id) == std::nullopt);
    CHECK(read.all("SELECT id FROM thing", id).empty());
  });
  test::write(database, [](Write& write) {
    CHECK(0 == write.run("UPDATE thing SET word = $1", "x"));
    CHECK(0 == write.run("DELETE FROM thing"));
    CHECK(1 == write.run("INSERT INTO thing (id) VALUES (1)"));
    CHECK(0 == write.run("INSERT INTO thing (id) VALUES (1) ON CONFLICT (id) DO NOTHING"));
  });
}

TEST_CASE("a column is not read as what it is not") {
  Database database(with_things());
  const auto ask = [&](auto map) {
    database.read([&](Read& read) { return read.one("SELECT NULL, 'word', 7, 0.5", map); });
  };
  CHECK_THROWS_AS(ask([](const Row& row) { return row.integer(0); }), Failure);
  CHECK_THROWS_AS(ask([](const Row& row) { return row.text(0); }), Failure);
  CHECK_THROWS_AS(ask([](const Row& row) { return row.integer(1); }), Failure);
  CHECK_THROWS_AS(ask([](const Row& row) { return row.text(2); }), Failure);
  CHECK_THROWS_AS(ask([](const Row& row) { return row.integer(3); }), Failure);
  CHECK_NOTHROW(ask([](const Row& row) { return row.real(2); }));
}

TEST_CASE("the same question may be asked while its rows are being read") {
  Database database(with_things());
  test::write(database, [](Write& write) {
    for (int i = 1; i <= 3; ++i) write.run("INSERT INTO thing (id) VALUES ($1)", i);
  });
  const auto count_above = [](Read& read, std::int64_t floor, auto& self) -> int {
    int count = 0;
    read.each(
        "SELECT id FROM thing WHERE id > $1 ORDER BY id",
        [&](const Row& row) { count += 1 + self(read, row.integer(0), self); }, floor);
    return count;
  };
  CHECK(database.read([&](Read& read) { return count_above(read, 0, count_above); }) == 7);
}

TEST_CASE("a read sees one moment, whatever is written meanwhile") {
  Database database(with_things());
  const auto count = [](Read& read) {
    return *read.one("SELECT count(*) FROM thing", [](const Row& row) { return row.integer(0); });
  };
  database.read([&](Read& read) {
    CHECK(count(read) == 0);
    test::write(database,
                [](Write& write) { write.run("INSERT INTO thing (word) VALUES ('new')"); });
    CHECK(count(read) == 0);
    CHECK(database.read(count) == 1);
  });
  CHECK(database.read(count) == 1);
}

TEST_CASE("who is given a Read cannot write") {
  Database database(with_things());
  CHECK_THROWS_AS(database.read([](Read& read) {
    return read.one("INSERT INTO thing (word) VALUES ('x') RETURNING id",
                    [](const Row& row) { return row.integer(0); });
  }),
                  Failure);
}

TEST_CASE("a failure says of which kind it is") {
  Database database(with_things());
  const auto insert = [](Write& write) { write.run("INSERT INTO thing (id) VALUES (1)"); };
  test::write(database, insert);
  try {
    test::write(database, insert);
    FAIL("the second row with the same key was taken");
  } catch (const Failure& failure) {
    CHECK(failure.kind() == Failure::Kind::constraint);
    CHECK(std::string(failure.what()).find("INSERT INTO thing") != std::string::npos);
  }
}

TEST_CASE("what is not a database is refused, and a folder that is not there") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  const test::Folder folder;
  std::ofstream(folder.path / "letter") << std::string(5000, 'x');
  CHECK_THROWS_AS(Database(with_things((folder.path / "letter").string())), Failure);
  CHECK_THROWS_AS(Database(with_things((folder.path / "none" / "db").string())), Failure);
}

TEST_CASE("a database on disk is there again, private to its owner, and its copy is whole") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  const test::Folder folder;
  const std::string path = (folder.path / "city.db").string();
  const std::string copy = (folder.path / "copy.db").string();
  const auto words = [](Read& read) {
    return read.all("SELECT word FROM thing ORDER BY id",
                    [](const Row& row) { return row.text(0); });
  };
  {
    Database database(with_things(path));
    test::write(database,
                [](Write& write) { write.run("INSERT INTO thing (word) VALUES ('kept')"); });
    std::ofstream(copy) << "an older copy";
    database.copy_to(copy);
    test::write(database,
                [](Write& write) { write.run("INSERT INTO thing (word) VALUES ('later')"); });
  }
  CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  CHECK(Database(with_things(path)).read(words) == std::vector<std::string>{"kept", "later"});
  // Byte 18 of the file is 1 when it needs no write-ahead log beside it.
  std::ifstream file(copy, std::ios::binary);
  file.seekg(18);
  CHECK(file.get() == 1);
  CHECK_FALSE(std::filesystem::exists(copy + ".part"));
  CHECK(Database(with_things(copy)).read(words) == std::vector<std::string>{"kept"});
}

TEST_CASE("readers that rest are closed, and the next ones are opened again") {
  Database database(with_things());
  const auto count = [&](Read& read) {
    return read.one("SELECT COUNT(*) FROM thing", [](const Row& row) { return row.integer(0); });
  };
  const auto read_three_at_once = [&] {
    database.read([&](Read& first) {
      CHECK(count(first) == 0);
      database.read([&](Read& second) {
        CHECK(count(second) == 0);
        database.read([&](Read& third) { CHECK(count(third) == 0); });
      });
    });
  };
  const auto idle = [&] { return database.counters().idle_readers; };
  CHECK(idle() == 0);
  read_three_at_once();
  CHECK(idle() == 3);
  database.rest();  // All three were used since the beginning.
  CHECK(idle() == 3);
  CHECK(database.read(count) == 0);
  database.rest();
  CHECK(idle() == 1);
  database.rest();
  CHECK(idle() == 0);
  read_three_at_once();
  CHECK(idle() == 3);
}

TEST_CASE("memory databases know nothing of each other and leave nothing behind") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  const test::Folder folder;
  setenv("TMPDIR", folder.path.c_str(), 1);
  {
    Database one(with_things());
    Database other(with_things());
    test::write(one, [](Write& write) { write.run("INSERT INTO thing (word) VALUES ('x')"); });
    const auto ids = [](Read& read) {
      return read.all("SELECT id FROM thing", [](const Row& row) { return row.integer(0); });
    };
    CHECK(one.read(ids).size() == 1);
    CHECK(other.read(ids).empty());
    CHECK_FALSE(std::filesystem::is_empty(folder.path));
  }
  unsetenv("TMPDIR");
  CHECK(std::filesystem::is_empty(folder.path));
}

}  // namespace
}  // namespace ln::db
