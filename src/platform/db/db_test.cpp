#include "platform/db/db.h"

#include <doctest/doctest.h>

#include "base/result.h"
#include "platform/db/once.h"
#include "test/world.h"

namespace ln::db {
namespace {

TEST_CASE("what is written once is found again, and only with its key") {
  test::World world;
  const auto saved = world.write([&](Write& write) -> Result<bool> {
    return Once::save(write, "token", "the outcome", world.now);
  });
  CHECK(saved.value());
  CHECK(world.read([](Read& read) { return Once::find(read, "token"); }) == "the outcome");
  CHECK(world.read([](Read& read) { return Once::find(read, "other"); }) == std::nullopt);
}

}  // namespace
}  // namespace ln::db
