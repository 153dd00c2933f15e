// A city in a folder, as serve leaves it, for tests of what works on folders.
#pragma once

#include <doctest/doctest.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "app/city.h"
#include "base/log.h"
#include "core/ledger/ledger_actions.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::test {

struct CityOnDisk {
  // On PostgreSQL when there is a URL; the folder holds the keys and the second file then.
  explicit CityOnDisk(std::string its_url = {}, std::string its_schema = {})
      : url(std::move(its_url)), schema(std::move(its_schema)) {
    log::set_least(log::Level::error);
    open();
  }
  std::string url, schema;
  std::string origin = "langnghe.example/ledger";
  Folder place;
  std::string data = (place.path / "data").string();
  std::string to = (place.path / "backups").string();
  SeededRandom random{7};
  Instant now = monday;
  std::int64_t received = 0;
  std::unique_ptr<app::City> city;

  void open() {
    city = std::make_unique<app::City>(app::CityOptions{.folder = data,
                                                        .url = url,
                                                        .schema = schema,
                                                        .origin = origin,
                                                        .sync_full = false,
                                                        .clock = [this] { return now; }},
                                       random);
  }
  void close() { city.reset(); }
  // Adds leaves to the ledger.
  void receive(int count) {
    const merkle::Signer citizen("citizen.example/key", random.bytes<32>());
    for (int i = 0; i < count; ++i) receive_one();
  }
  // Around the program, as an accident or an attacker would. Closes the city.
  void tamper(const std::string& sql) {
    close();
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open((data + "/langnghe.db").c_str(), &handle) == SQLITE_OK);
    REQUIRE(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
  }
  // A leaf is another one than was signed for.
  void tamper_with_leaf() {
    tamper("DROP TRIGGER ledger_leaf_no_update; UPDATE ledger_leaf SET leaf = zeroblob(65)");
  }

 private:
  void receive_one() {
    const ledger::CaseKey key = ledger::draw_case_key(random);
    const ledger::Salts salts = ledger::draw(random);
    // Of a kind that no room keeps rows of, so that nothing has to stand beside the ledger.
    ledger::Entry entry{
        .event = ledger::Event::received, .subject = {"drill", ++received}, .at = now};
    entry.case_key = &key;
    entry.registers = ledger::PublicKey{};
    const auto done = city->database().write(
        [&](db::Write& write) { return ledger::append(write, entry, salts); });
    REQUIRE(done.ok());
  }
};

}  // namespace ln::test
