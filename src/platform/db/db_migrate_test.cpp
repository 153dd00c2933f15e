#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "base/log.h"
#include "base/result.h"
#include "platform/db/db.h"
#include "platform/db/db_migrate.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

struct Steps {
  test::Folder folder;
  std::vector<Migration> migrations = {{"0000_one", "CREATE TABLE one (a TEXT) STRICT;"},
                                       {"0001_two", "INSERT INTO one (a) VALUES ('x');"}};
  Options options() const {
    log::set_least(log::Level::warning);
    return test::on_engine(
        {.path = (folder.path / "db").string(), .now = test::monday, .migrations = migrations});
  }
  // What a start says; empty when it went well.
  std::string start() const {
    try {
      const Database database(options());
      return "";
    } catch (const Failure& failure) {
      return failure.what();
    }
  }
};

TEST_CASE("migrations run once, in order, and are written down") {
  Steps steps;
  CHECK(steps.start() == "");
  steps.migrations.push_back({"0002_three", "UPDATE one SET a = a || 'y';"});
  CHECK(steps.start() == "");
  Database database(steps.options());
  database.read([](Read& read) {
    const auto text = [](const Row& row) { return row.text(0); };
    CHECK(read.all("SELECT a FROM one", text) == std::vector<std::string>{"xy"});
    CHECK(read.all("SELECT name FROM schema_migration ORDER BY number", text) ==
          std::vector<std::string>{"0000_one", "0001_two", "0002_three"});
    CHECK(read.one("SELECT applied_at FROM schema_migration WHERE number = 2",
                   [](const Row& row) { return row.instant(0); }) == test::monday);
  });
}

TEST_CASE("a released migration that was edited is not started with") {
  Steps steps;
  CHECK(steps.start() == "");
  steps.migrations[1].sql += " ";
  CHECK(steps.start().find("migration 0001_two was changed after") != std::string::npos);
}

TEST_CASE("a database newer than the program is not started with, and not touched") {
  Steps steps;
  CHECK(steps.start() == "");
  const auto newer = steps.migrations;
  steps.migrations.pop_back();
  CHECK(steps.start().find("newer than this program: it has migration 0001_two") !=
        std::string::npos);
  steps.migrations = newer;
  CHECK(steps.start() == "");
}

TEST_CASE("a migration that fails leaves nothing of itself, and all before it") {
  Steps steps;
  steps.migrations.push_back({"0002_bad", "CREATE TABLE half (a TEXT) STRICT; NONSENSE;"});
  CHECK(steps.start().find("NONSENSE") != std::string::npos);
  steps.migrations.back() = {"0002_good", "CREATE TABLE half (a TEXT) STRICT;"};
  CHECK(steps.start() == "");
}

TEST_CASE("what is for another engine is left out, and a text index is one line of the schema") {
  Steps steps;
  const std::string engine = test::is_on_postgres() ? "postgresql" : "sqlite";
  steps.migrations.push_back({"0002_both",
                              "-- only another\nNONSENSE;\n-- end only\n"
                              "-- only " +
                                  engine +
                                  "\nCREATE TABLE here (a TEXT) STRICT;\n-- end only\n"
                                  "INSERT INTO here (a) VALUES ('x');\n"
                                  "-- text index words\n"});
  CHECK(steps.start() == "");
  Database database(steps.options());
  if (test::is_on_postgres()) return;  // It shows its schema by its own tools.
  CHECK(database.schema().find("-- text index words") != std::string::npos);
  CHECK(database.schema().find("words_data") == std::string::npos);
}

// UPDATE=1 writes it anew, as ./dev schema does.
TEST_CASE("schema/schema.sql is what the migrations make") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  test::World world;
  const std::string path = LN_SOURCE "/schema/schema.sql";
  if (std::getenv("UPDATE") != nullptr) std::ofstream(path) << world.database.schema();
  std::ifstream file(path);
  const std::string written((std::istreambuf_iterator<char>(file)), {});
  CHECK_MESSAGE(written == world.database.schema(), "run ./dev schema");
}

}  // namespace
}  // namespace ln::db
