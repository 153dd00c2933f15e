#include "platform/db/recent.h"

#include <doctest/doctest.h>

#include "base/result.h"
#include "test/world.h"

namespace ln::db {
namespace {

TEST_CASE("what was looked up a moment ago is not asked for again, until this process changes it") {
  test::World world;
  int asked = 0;
  const auto look_up = [&](Read& read) {
    return recent(read, "number", [&] { return std::optional(++asked); });
  };
  CHECK(world.read(look_up) == 1);
  CHECK(world.read(look_up) == 1);
  CHECK(world.read([](Read& read) { return recent(read, "other", [] { return 7; }); }) == 7);
  world.write([](Write& write) { forget_recent(write); });
  CHECK(world.read(look_up) == 2);
}

TEST_CASE("a job of the writer sees what it has written, not what is remembered") {
  test::World world;
  int asked = 0;
  const auto look_up = [&](Read& read) { return recent(read, "number", [&] { return ++asked; }); };
  CHECK(world.read(look_up) == 1);
  world.write([&](Write& write) { CHECK(look_up(write) == 2); });
  CHECK(world.read(look_up) == 1);
}

TEST_CASE("what is remembered has a bound, in number and in the length of a name") {
  Recents recents;
  const std::string long_name(121, 'x');
  recents.keep(long_name, std::make_shared<const int>(1));
  CHECK(recents.find(long_name) == nullptr);
  for (int n = 0; n < 5'000; ++n)
    recents.keep("n" + std::to_string(n), std::make_shared<const int>(n));
  int kept = 0;
  for (int n = 0; n < 5'000; ++n) kept += recents.find("n" + std::to_string(n)) ? 1 : 0;
  CHECK(kept > 0);
  CHECK(kept <= 4'096);
}

}  // namespace
}  // namespace ln::db
