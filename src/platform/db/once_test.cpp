#include "platform/db/once.h"

#include <doctest/doctest.h>
#include <sodium.h>

#include "base/result.h"
#include "base/text.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::db {
namespace {

TEST_CASE("the second try gets the first outcome") {
  test::World world;
  const auto save = [&](std::string_view key, std::string_view outcome) {
    return world
        .write([&](Write& write) -> Result<bool> {
          return Once::save(write, key, outcome, world.now);
        })
        .value();
  };
  const auto find = [&](std::string_view key) {
    return world.read([&](Read& read) { return Once::find(read, key); });
  };
  CHECK(find("a token") == std::nullopt);
  CHECK(save("a token", "case 7"));
  CHECK_FALSE(save("a token", "case 8"));
  CHECK(find("a token") == "case 7");
  CHECK(save("another", ""));
  CHECK(find("another") == "");
  CHECK(find("a toke") == std::nullopt);
}

TEST_CASE("an outcome is forgotten after a while") {
  test::World world;
  const auto save = [&](std::string_view key) {
    world.write([&](Write& write) { CHECK(Once::save(write, key, "outcome", world.now)); });
  };
  save("old");
  world.now += std::chrono::hours(1);
  save("new");
  const auto gone = world.write(
      [&](Write& write) -> Result<std::int64_t> { return Once::forget_before(write, world.now); });
  CHECK(gone.value() == 1);
  world.read([&](Read& read) {
    CHECK(Once::find(read, "old") == std::nullopt);
    CHECK(Once::find(read, "new") == "outcome");
  });
}

TEST_CASE("who has the whole database but not the key reads neither key nor outcome") {
  if (test::is_on_postgres()) return;  // About SQLite's files.
  const test::Folder folder;
  log::set_least(log::Level::warning);
  const std::string key = "draft-token-Q7K2M4";
  const std::string outcome = "HN-7K2M-Q4XT and its secret";
  Database database(test::on_engine({.path = (folder.path / "db").string()}));
  test::write(database,
              [&](Write& write) { CHECK(Once::save(write, key, outcome, test::monday)); });
  const std::string bytes = folder.bytes();
  REQUIRE(bytes.find("db_once") != std::string::npos);
  CHECK(bytes.find(outcome.substr(0, 8)) == std::string::npos);
  CHECK(bytes.find(key.substr(0, 8)) == std::string::npos);
  // Two keys with one outcome give rows that have nothing in common.
  test::write(database, [&](Write& write) {
    CHECK(Once::save(write, "another key", outcome, test::monday));
  });
  const auto rows = database.read([](Read& read) {
    return read.all("SELECT key_hash, sealed FROM db_once ORDER BY created_at",
                    [](const Row& row) { return std::pair(row.text(0), row.text(1)); });
  });
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].first != rows[1].first);
  CHECK(rows[0].second.substr(24) != rows[1].second.substr(24));
  // The row's name does not open it.
  const auto sealed = as_bytes(rows[0].second);
  std::string opened(outcome.size(), '\0');
  CHECK(crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(opened.data()),
                                   sealed.data() + 24, sealed.size() - 24, sealed.data(),
                                   as_bytes(rows[0].first).data()) != 0);
}

TEST_CASE("two outcomes under one key share no nonce, for a commit may run twice") {
  test::World world;
  const auto nonce = [&](std::string_view outcome) {
    world.write([&](Write& write) {
      write.run("DELETE FROM db_once");
      CHECK(Once::save(write, "key", outcome, world.now));
    });
    return world
        .read([](Read& read) {
          return read.one("SELECT sealed FROM db_once", [](const Row& row) { return row.text(0); });
        })
        ->substr(0, 24);
  };
  CHECK(nonce("one") != nonce("two"));
  CHECK(nonce("one") == nonce("one"));
}

TEST_CASE("an outcome that was tampered with is not given out") {
  test::World world;
  world.write([&](Write& write) { CHECK(Once::save(write, "key", "outcome", world.now)); });
  const auto put = [&](std::string_view bytes) {
    world.write([&](Write& write) {
      write.run("UPDATE db_once SET sealed = $1",
                Blob{{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}});
    });
  };
  std::string sealed = *world.read([](Read& read) {
    return read.one("SELECT sealed FROM db_once", [](const Row& row) { return row.text(0); });
  });
  const auto find = [](Read& read) { return Once::find(read, "key"); };
  put(sealed.substr(0, 30));
  CHECK_THROWS_AS(world.read(find), Failure);
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  put(sealed);
  CHECK_THROWS_AS(world.read(find), Failure);
}

}  // namespace
}  // namespace ln::db
