// A log of a real size, written by the program and read from outside over HTTP.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "app/city.h"
#include "app/clock.h"
#include "base/log.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_store.h"
#include "test/fault/served.h"
#include "test/folder.h"
#include "test/wire.h"
#include "test/world.h"

namespace ln::test {
namespace {

// A tile has 256. The long log fills one of the second level, and needs minutes on a slow machine.
int entries() { return std::getenv("LN_LONG") != nullptr ? 70'000 : 2'000; }
constexpr int entries_at_once = 1'000;

// By the way that every act takes: appended in a transaction and sealed with it. They are of a kind
// that no room keeps rows of, so that nothing has to stand beside the ledger.
void write_log(const std::string& folder) {
  SeededRandom random(70);
  app::City city({.folder = folder, .sync_full = false, .clock = app::now}, random);
  const Instant at = app::now();
  for (int done = 0; done < entries(); done += entries_at_once)
    write(city.database(), [&](db::Write& to) {
      for (int n = done; n < done + entries_at_once; ++n) {
        const ledger::CaseKey key = ledger::draw_case_key(random);
        const ledger::Salts salts = ledger::draw(random);
        ledger::Entry entry{
            .event = ledger::Event::received, .subject = {"drill", n + 1}, .at = at};
        entry.case_key = &key;
        entry.registers = ledger::PublicKey{};
        REQUIRE(ledger::append(to, entry, salts).ok());
      }
    });
  REQUIRE(city.database().read(ledger::leaf_count) >= entries());
}

// What the auditor ends with, behind a proxy that changes one byte of the answer at `path`.
int audit_through_proxy(std::uint16_t port, const std::string& path, const std::string& said) {
  const std::string command =
      "LC_ALL=C.UTF-8 python3 -B test/tamper_proxy.py http://127.0.0.1:" + std::to_string(port) +
      " '" + path + "' tools/verify_ledger.py >" + said + " 2>&1";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string text_in(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a log of many tiles is audited from outside, and the one tile that lies is named") {
  log::set_least(log::Level::error);
  const Folder place;
  const std::string folder = (place.path / "city").string(), said = (place.path / "said").string();
  make_city(folder);
  write_log(folder);
  Served served({.folder = folder});
  REQUIRE(served.serves());
  CHECK(audit_through_proxy(served.port(), "", said) == 0);
  CHECK(says(text_in(said), "HOLDS: all " + std::to_string(entries() / 1'000)));
  // A full one near the end; the number has three digits.
  const std::string tile = entries() > 2'000 ? "tile/0/200" : "tile/0/005";
  CHECK(audit_through_proxy(served.port(), tile, said) == 1);
  CHECK(says(text_in(said), tile + " is not what was signed"));
}

}  // namespace ln::test
