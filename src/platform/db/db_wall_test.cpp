#include <doctest/doctest.h>

#include <string>

#include "base/log.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/db/db_engine.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

Options with_ledger(std::string path = ":memory:") {
  log::set_least(log::Level::warning);
  return test::on_engine(
      {.path = std::move(path),
       .migrations = {{"0001_ledger",
                       "CREATE TABLE ledger_entry (id INTEGER NOT NULL PRIMARY KEY, a TEXT);"
                       "CREATE TABLE ledger_leaf (id INTEGER NOT NULL PRIMARY KEY, a TEXT);"
                       "CREATE TABLE ledger_secret (id INTEGER NOT NULL PRIMARY KEY, a TEXT);"
                       "CREATE TABLE other (id INTEGER NOT NULL PRIMARY KEY, a TEXT);"
                       "\n-- only sqlite\n"
                       "CREATE TRIGGER other_gone AFTER DELETE ON other BEGIN "
                       "DELETE FROM ledger_leaf WHERE id = old.id; END;\n"
                       "-- end only\n"
                       "INSERT INTO ledger_entry (a) VALUES ('x');"
                       "INSERT INTO ledger_leaf (a) VALUES ('x');"
                       "INSERT INTO ledger_secret (a) VALUES ('x');"
                       "INSERT INTO other (a) VALUES ('x')"}}});
}

// Whether a job with this statement is refused.
template <class... Args>
bool is_refused(Database& database, Sql<Args...> sql, const Args&... args) {
  try {
    test::write(database, [&](Write& write) { write.run(sql, args...); });
    return false;
  } catch (const Failure&) {
    return true;
  }
}

TEST_CASE("nothing a request does changes or deletes a row of the log") {
  Database database(with_ledger());
  CHECK(is_refused(database, "UPDATE ledger_entry SET a = 'y'"));
  CHECK(is_refused(database, "DELETE FROM ledger_entry"));
  CHECK(is_refused(database, "DELETE FROM ledger_entry WHERE id = 99"));
  CHECK(is_refused(database, "UPDATE ledger_leaf SET a = 'y'"));
  CHECK(is_refused(database, "DELETE FROM ledger_leaf"));
  CHECK(is_refused(database,
                   "INSERT INTO ledger_leaf (id, a) VALUES (1, 'y') "
                   "ON CONFLICT (id) DO UPDATE SET a = 'y'"));
  CHECK(is_refused(database, "UPDATE Ledger_Leaf SET a = 'y'"));
  // Its trigger reaches for the log. On PostgreSQL the log's own triggers see to that.
  if (!test::is_on_postgres()) CHECK(is_refused(database, "DELETE FROM other"));
  CHECK_FALSE(is_refused(database, "INSERT INTO ledger_entry (a) VALUES ('next')"));
  CHECK_FALSE(is_refused(database, "INSERT INTO ledger_leaf (a) VALUES ('next')"));
  CHECK_FALSE(is_refused(database, "INSERT INTO ledger_secret (a) VALUES ('next')"));
  CHECK_FALSE(is_refused(database, "UPDATE other SET a = 'y'"));
  const auto rows = database.read([](Read& read) {
    return read.all("SELECT a FROM ledger_entry UNION ALL SELECT a FROM ledger_leaf",
                    [](const Row& row) { return row.text(0); });
  });
  CHECK(rows == std::vector<std::string>{"x", "next", "x", "next"});
}

TEST_CASE("nothing a request does changes the schema, the settings or the transaction") {
  Database database(with_ledger());
  CHECK(is_refused(database, "DROP TABLE other"));
  CHECK(is_refused(database, "DROP TRIGGER other_gone"));
  CHECK(is_refused(database, "ALTER TABLE other ADD COLUMN b TEXT"));
  CHECK(is_refused(database, "CREATE TABLE more (id INTEGER)"));
  CHECK(is_refused(database, "CREATE TEMP TABLE more (id INTEGER)"));
  CHECK(is_refused(database, "ATTACH DATABASE 'x' AS y"));
  CHECK(is_refused(database, "PRAGMA writable_schema = 1"));
  CHECK(is_refused(database, "PRAGMA foreign_keys = 0"));
  CHECK(is_refused(database, "PRAGMA synchronous = OFF"));
  CHECK(is_refused(database, "DELETE FROM sqlite_schema"));
  CHECK(is_refused(database, "COMMIT"));
  CHECK(is_refused(database, "ROLLBACK"));
  CHECK(is_refused(database, "SAVEPOINT job"));
  CHECK(is_refused(database, "VACUUM"));
  CHECK(is_refused(database, "DELETE FROM schema_migration"));
  CHECK(is_refused(database, "INSERT INTO schema_migration VALUES (9, 'x', 'y', 0)"));
  CHECK(is_refused(database, "SELECT load_extension('x')"));
  CHECK_FALSE(is_refused(database, "INSERT INTO other (a) VALUES ('still works')"));
}

TEST_CASE("a reader's connection has the same wall") {
  Database database(with_ledger());
  const auto refused = [&](auto sql) {
    try {
      database.read([&](Read& read) { read.each(sql, [](const Row&) {}); });
      return false;
    } catch (const Failure&) {
      return true;
    }
  };
  CHECK(refused(Sql<>("PRAGMA query_only = 0")));
  CHECK(refused(Sql<>("ATTACH DATABASE 'x' AS y")));
  CHECK(refused(Sql<>("COMMIT")));
  CHECK(refused(Sql<>("INSERT INTO other (a) VALUES ('x')")));
  CHECK_FALSE(refused(Sql<>("SELECT a FROM other")));
}

// The same literal each time, so that the statement is a kept one.
void take_secret_away(Write& write) {
  write.run("UPDATE ledger_secret SET a = '' WHERE id = 1");
  write.run("DELETE FROM ledger_secret WHERE id = 1");
}

TEST_CASE("secrets are taken away by an erasure, and by nothing before or after it") {
  Database database(with_ledger());
  const auto take = [&] { test::write(database, take_secret_away); };
  CHECK_THROWS_AS(take(), Failure);
  const auto erased = database.erase([](Write& write, const Erasure&) -> Result<Done> {
    take_secret_away(write);
    return Done{};
  });
  CHECK(erased.ok());
  CHECK(database.read([](Read& read) {
    return read.one("SELECT count(*) FROM ledger_secret",
                    [](const Row& row) { return row.integer(0); });
  }) == 0);
  CHECK_THROWS_AS(take(), Failure);
}

TEST_CASE("an erasure that fails closes the door behind it, and may not touch the log either") {
  Database database(with_ledger());
  const auto fail = [](Write& write, const Erasure&) -> Result<Done> {
    take_secret_away(write);
    throw std::runtime_error("no");
  };
  CHECK_THROWS(static_cast<void>(database.erase(fail)));
  CHECK_THROWS_AS(test::write(database, take_secret_away), Failure);
  const auto reach_for_the_log = [](Write& write, const Erasure&) -> Result<Done> {
    write.run("DELETE FROM ledger_entry");
    return Done{};
  };
  CHECK_THROWS_AS(static_cast<void>(database.erase(reach_for_the_log)), Failure);
}

TEST_CASE("what was erased cannot be read in the files after scrub") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  const test::Folder folder;
  Database database(with_ledger((folder.path / "db").string()));
  const auto secret = [](int i) { return "salt-" + std::to_string(i) + "-of-this-case"; };
  test::write(database, [&](Write& write) {
    for (int i = 0; i < 2000; ++i)
      write.run("INSERT INTO ledger_secret (a) VALUES ($1)", secret(i));
  });
  REQUIRE(folder.bytes().find(secret(700)) != std::string::npos);
  const auto erased = database.erase([&](Write& write, const Erasure&) -> Result<Done> {
    for (int i = 0; i < 2000; i += 100)
      write.run("DELETE FROM ledger_secret WHERE a = $1", secret(i));
    return Done{};
  });
  REQUIRE(erased.ok());
  database.scrub();
  const std::string bytes = folder.bytes();
  for (int i = 0; i < 2000; i += 100) CHECK(bytes.find(secret(i)) == std::string::npos);
  CHECK(bytes.find(secret(701)) != std::string::npos);
}

TEST_CASE("a scrub waits for the writer, who may be moving the log just then") {
  if (test::is_on_postgres()) return;
  const test::Folder folder;
  Database database(with_ledger((folder.path / "db").string()));
  // Large enough that the writer moves its log after answering, which is when we come.
  const std::string large(16 << 20, 'x');
  for (int i = 0; i < 12; ++i) {
    test::write(database,
                [&](Write& write) { write.run("INSERT INTO other (a) VALUES ($1)", large); });
    CHECK_NOTHROW(database.scrub());
  }
}

}  // namespace
}  // namespace ln::db
