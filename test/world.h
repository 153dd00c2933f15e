// A small world for tests: a real database with the real schema, time that stands still until a
// test moves it, and randomness that repeats.
#pragma once

#include <stdexcept>
#include <type_traits>
#include <utility>

#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "platform/db/db.h"
#include "test/engine.h"

namespace ln::test {

// Monday, 23 November 2026, nine o'clock in Hanoi: a working day, inside office hours.
inline constexpr Instant monday =
    at_local(Day(std::chrono::year(2026) / std::chrono::November / 23), std::chrono::hours(9));

// Runs `body` as one job and gives back its Result; a body that returns nothing cannot refuse.
template <class Body>
auto write(db::Database& database, Body body) {
  if constexpr (std::is_void_v<std::invoke_result_t<Body, db::Write&>>) {
    const Result<Done> done = database.write([&](db::Write& to) -> Result<Done> {
      body(to);
      return Done{};
    });
    if (!done.ok()) throw std::logic_error("refused without a reason");
  } else {
    return database.write(std::move(body));
  }
}

struct World {
  Instant now = monday;
  SeededRandom random{2026};
  db::Database database{quiet_options()};

  // Runs `body` with a Read& on a snapshot, and gives back what it returns.
  template <class Body>
  auto read(Body&& body) {
    return database.read(std::forward<Body>(body));
  }
  template <class Body>
  auto write(Body body) {
    return test::write(database, std::move(body));
  }

 private:
  // The log would tell of each migration of each test.
  static db::Options quiet_options() {
    log::set_least(log::Level::warning);
    return on_engine({.path = ":memory:", .now = monday});
  }
};

}  // namespace ln::test
