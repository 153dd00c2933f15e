// kill -9 at any moment, under load, again and again: what was acknowledged is there, once.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/log.h"
#include "test/engine.h"
#include "test/fault/load.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::test {
namespace {

// Killed somewhere on its way up.
void kill_while_starting(const Place& place, Random& random) {
  Served served({.place = place});
  std::this_thread::sleep_for(std::chrono::microseconds(random.below(40'000)));
  served.kill();
}

void kill_again_and_again(const Place& place, int rounds) {
  log::set_least(log::Level::error);
  SeededRandom random(20261124);
  for (int i = 0; i < 5; ++i) kill_while_starting(place, random);
  make_city(place);
  Round all, last;
  for (int round = 0; round < rounds; ++round) {
    kill_while_starting(place, random);
    Served served({.place = place});
    const bool serves = served.serves();
    INFO(served.log());
    REQUIRE(serves);
    ask_again(served.port(), last);
    all.add(last);
    Load load(served.port(), round);
    load.wait_for(1 + random.below(100));
    served.kill();
    last = load.join();
    CHECK(!last.told.empty());
    if (round % 5 == 4) {
      Round so_far = all;
      so_far.add(last);
      look_into(place, so_far, false);
    }
  }
  Served served({.place = place});
  REQUIRE(served.serves());
  ask_again(served.port(), last);
  all.add(last);
  CHECK(served.stop() == 0);
  look_into(place, all, true);
  CHECK(all.told.size() >= static_cast<std::size_t>(rounds));
  MESSAGE("cases: ", all.told.size());
}

bool is_long() { return std::getenv("LN_LONG") != nullptr; }

}  // namespace

TEST_CASE("kill -9 under load loses nothing that was acknowledged and doubles nothing") {
  const Folder folder;
  Place place{.folder = (folder.path / "data").string()};
  std::optional<PostgresServer> server;
  if (is_on_postgres()) place.url = server.emplace().url();
  kill_again_and_again(place, is_long() ? 200 : 20);
}

}  // namespace ln::test
