// The PostgreSQL under a running server is ended at once, again and again, or is away for a while:
// nothing that was acknowledged is lost or doubled, the server says what is wrong, and it goes on
// by itself as soon as the database is there again. The same when it does not go but falls silent:
// it holds its connections, takes what is sent, and answers nothing.
#include <doctest/doctest.h>
#include <sched.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "app/city.h"
#include "app/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "core/ledger/ledger_verify.h"
#include "test/engine.h"
#include "test/fault/load.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

namespace fs = std::filesystem;

std::string get(std::uint16_t port, const std::string& path) {
  return try_ask(port, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").value_or("");
}

bool says(std::uint16_t port, const std::string& path, int status, const std::string& words) {
  const std::string answer = get(port, path);
  return !answer.empty() && status_in(answer) == status && answer.find(words) != std::string::npos;
}

// A city on a database server of its own, served.
struct Town {
  Town() {
    log::set_least(log::Level::error);
    make_city(place);
    served = std::make_unique<Served>(Served::Options{.place = place});
    REQUIRE(served->serves());
    port = served->port();
  }
  Folder folder;
  PostgresServer server;
  Place place{.folder = (folder.path / "data").string(), .url = server.url()};
  std::unique_ptr<Served> served;
  std::uint16_t port = 0;
};

}  // namespace

TEST_CASE("a PostgreSQL that is ended under load, again and again, loses and doubles no receipt") {
  if (!is_on_postgres()) return;  // SQLite has no server.
  Town town;
  SeededRandom random(20261126);
  const int rounds = std::getenv("LN_LONG") != nullptr ? 100 : 4;
  Load load(town.port, 0, Load::Patience::endless);
  for (int round = 0; round < rounds; ++round) {
    load.wait_for(load.told() + 20 + random.below(200));
    town.server.stop();
    town.server.start();
  }
  load.wait_for(load.told() + 50);
  load.stop();
  Round all = load.join();
  CHECK(all.unknown.empty());
  ask_again(town.port, all);
  CHECK(becomes([&] { return says(town.port, "/readyz", 200, "ready"); }));
  CHECK(town.served->stop() == 0);
  look_into(town.place, all, true);
  std::string refused;
  for (const auto& [status, count] : load.refused())
    refused += " " + std::to_string(status) + ": " + std::to_string(count);
  MESSAGE("cases: ", all.told.size(), ", answers that were none:", refused);
  // Nobody was told anything but to ask again.
  for (const auto& [status, count] : load.refused()) CHECK((status == 503 || status == 0));
}

TEST_CASE("while PostgreSQL is away the server says so, and goes on by itself when it is back") {
  if (!is_on_postgres()) return;  // SQLite has no server.
  Town town;
  const std::string asked =
      submission("before-it-went", R"({"about":"place","body":"Đường ngập nước"})");
  const auto told = try_ask(town.port, asked);
  REQUIRE((told && status_in(*told) == 201));
  REQUIRE(becomes([&] { return says(town.port, "/readyz", 200, "ready"); }));
  for (int time = 0; time < 2; ++time) {
    town.server.stop();
    CHECK(says(town.port, "/healthz", 200, "ok"));
    // Readers and writers are told the sentence, in their language, and when to come again.
    CHECK(says(town.port, "/register", 503, "Chưa có gì được gửi"));
    CHECK(says(town.port, "/en/register", 503, "Nothing was sent. Try again in a minute."));
    CHECK(says(town.port, "/en/register", 503, "The database does not answer"));
    CHECK(says(town.port, "/register", 503, "Retry-After: "));
    const std::string key = "sent-while-away-" + std::to_string(time);
    const std::string late = submission(key, R"({"about":"place","body":"Đèn đường hỏng"})");
    const auto refused = try_ask(town.port, late);
    CHECK((refused && status_in(*refused) == 503));
    CHECK(becomes([&] {
      return says(town.port, "/readyz", 503, "database: cannot write: it cannot be reached");
    }));
    CHECK(says(town.port, "/healthz", 200, "ok"));
    CHECK(get(town.port, "/readyz").find(town.place.folder) == std::string::npos);
    town.server.start();
    CHECK(becomes([&] { return says(town.port, "/readyz", 200, "ready"); }));
    CHECK(says(town.port, "/register", 200, "</html>"));
    const auto again = try_ask(town.port, asked);
    CHECK((again && body_of(*again) == body_of(*told)));
    const auto sent = try_ask(town.port, late);
    CHECK((sent && status_in(*sent) == 201));
  }
  CHECK(town.served->log().find("database_connected_again") != std::string::npos);
  CHECK(town.served->stop() == 0);
}

TEST_CASE("a PostgreSQL that falls silent under load, again and again, loses and doubles nothing") {
  if (!is_on_postgres()) return;  // SQLite has no server.
  Town town;
  SeededRandom random(20261127);
  const int rounds = std::getenv("LN_LONG") != nullptr ? 20 : 2;
  Load load(town.port, 0, Load::Patience::endless);
  for (int round = 0; round < rounds; ++round) {
    load.wait_for(load.told() + 20 + random.below(200));
    town.server.freeze();
    CHECK(becomes([&] {
      return says(town.port, "/readyz", 503, "database: cannot write: it does not answer");
    }));
    town.server.thaw();
  }
  load.wait_for(load.told() + 50);
  load.stop();
  Round all = load.join();
  CHECK(all.unknown.empty());
  ask_again(town.port, all);
  CHECK(becomes([&] { return says(town.port, "/readyz", 200, "ready"); }));
  CHECK(town.served->stop() == 0);
  look_into(town.place, all, true);
  for (const auto& [status, count] : load.refused()) CHECK((status == 503 || status == 0));
}

TEST_CASE("while PostgreSQL says nothing everybody is told so, and what was sent counts once") {
  if (!is_on_postgres()) return;  // SQLite has no server.
  Town town;
  const std::string asked =
      submission("before-it-froze", R"({"about":"place","body":"Đường ngập nước"})");
  const auto told = try_ask(town.port, asked);
  REQUIRE((told && status_in(*told) == 201));
  REQUIRE(becomes([&] { return says(town.port, "/readyz", 200, "ready"); }));
  town.server.freeze();
  // The one who waits for an answer that does not come is told in the end.
  const std::string late =
      submission("sent-while-frozen", R"({"about":"place","body":"Đèn đường hỏng"})");
  const auto refused = try_ask(town.port, late);
  CHECK((refused && status_in(*refused) == 503));
  CHECK((refused && refused->find("Retry-After: ") != std::string::npos));
  CHECK(says(town.port, "/register", 503, "Cơ sở dữ liệu không trả lời"));
  CHECK(says(town.port, "/en/register", 503, "The database does not answer. Nothing was sent."));
  CHECK(says(town.port, "/register", 503, "Retry-After: "));
  CHECK(becomes([&] {
    return says(town.port, "/readyz", 503, "database: cannot write: it does not answer");
  }));
  CHECK(says(town.port, "/healthz", 200, "ok"));
  CHECK(town.served->log().find("PostgreSQL does not answer") != std::string::npos);
  town.server.thaw();
  CHECK(becomes([&] { return says(town.port, "/readyz", 200, "ready"); }));
  CHECK(says(town.port, "/register", 200, "</html>"));
  const auto again = try_ask(town.port, asked);
  CHECK((again && body_of(*again) == body_of(*told)));
  const auto sent = try_ask(town.port, late);
  REQUIRE((sent && status_in(*sent) == 201));
  const auto sent_again = try_ask(town.port, late);
  CHECK((sent_again && body_of(*sent_again) == body_of(*sent)));
  CHECK(town.served->log().find("database_answers_again") != std::string::npos);
  // Somebody who ends the server meanwhile is not kept waiting either.
  town.server.freeze();
  CHECK(town.served->stop() == 0);
  town.server.thaw();
  std::int64_t cases = 0;
  SystemRandom random;
  app::City city({.folder = town.place.folder,
                  .url = town.place.url,
                  .schema = town.place.schema,
                  .clock = app::now},
                 random);
  city.database().read([&](db::Read& read) {
    cases =
        read.one("SELECT count(*) FROM feedback", [](const db::Row& row) { return row.integer(0); })
            .value_or(0);
  });
  CHECK(cases == 2);
}

TEST_CASE("a disk that is full under PostgreSQL is told to who sends, and is over by itself") {
  if (!is_on_postgres()) return;  // SQLite's is in break_test.cpp.
  const Folder folder;
  const std::string disk = (folder.path / "disk").string(), filler = disk + "/filler";
  const auto does = [](const std::string& command) {
    return std::system((command + " >/dev/null 2>&1").c_str()) == 0;
  };
  // A small disk of our own for the tables, which goes with this process. The write-ahead log lies
  // elsewhere: without room for that PostgreSQL ends, which is the test "ended under load".
  fs::create_directories(disk);
  if (::geteuid() != 0 || ::unshare(CLONE_NEWNS) != 0 || !does("mount --make-rprivate /") ||
      !does("mount -t tmpfs -o size=96m,mode=777 small " + disk)) {
    MESSAGE("skipped: it takes root, and a kernel that mounts");
    return;
  }
  fs::permissions(folder.path, fs::perms::others_exec, fs::perm_options::add);
  log::set_least(log::Level::error);
  {
    PostgresServer server;
    const auto orders = [&](const std::string& sql) {
      return does("psql '" + server.url() + "' -c \"" + sql + "\"");
    };
    REQUIRE(does("install -d -o postgres -m 700 " + disk + "/tables"));
    REQUIRE(orders("CREATE TABLESPACE small LOCATION '" + disk + "/tables'"));
    REQUIRE(orders("ALTER ROLE CURRENT_USER SET default_tablespace = small"));
    const Place place{.folder = (folder.path / "data").string(), .url = server.url()};
    make_city(place);
    Served served({.place = place});
    REQUIRE(served.serves());
    const auto send = [&](int number) {
      // Long words, so that a row soon needs a new page of the disk.
      std::string body = "Đường ngập nước";
      for (int each = 0; each < 150; ++each) body += ", ngõ " + std::to_string(each * number);
      return try_ask(served.port(), submission("case-number-" + std::to_string(number),
                                               R"({"about":"place","body":")" + body + R"("})"));
    };
    const auto first = send(0);
    REQUIRE((first && status_in(*first) == 201));
    REQUIRE_FALSE(does("dd if=/dev/zero bs=1M count=200 of=" + filler));
    std::optional<std::string> refused;
    int number = 0;
    for (; number < 200 && !refused; ++number) {
      const auto answer = send(number + 1);
      REQUIRE(answer);
      if (status_in(*answer) != 201) refused = answer;
    }
    REQUIRE(refused);
    CHECK(status_in(*refused) == 503);
    CHECK(refused->find("Retry-After: 60") != std::string::npos);
    CHECK(says(served.port(), "/", 200, "</html>"));
    CHECK(served.log().find("No space left on device (53100)") != std::string::npos);
    fs::remove(filler);
    const auto sent = send(number);
    CHECK((sent && status_in(*sent) == 201));
    CHECK(becomes([&] { return says(served.port(), "/readyz", 200, "ready"); }));
    const auto again = send(0);
    CHECK((again && body_of(*again) == body_of(*first)));
    CHECK(served.stop() == 0);
    SystemRandom random;
    app::City city(
        {.folder = place.folder, .url = place.url, .schema = place.schema, .clock = app::now},
        random);
    city.database().read([](db::Read& read) { CHECK(ledger::verify_all(read).empty()); });
  }
  CHECK(does("umount " + disk));
}

}  // namespace ln::test
