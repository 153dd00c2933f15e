#include <doctest/doctest.h>

#include <limits>

#include "core/views/views_store.h"
#include "test/world.h"

namespace ln::views {
namespace {

void look(Looks& looks, Kind kind, std::int64_t number, int times) {
  for (int n = 0; n < times; ++n) looks.count(kind, number);
}

}  // namespace

TEST_CASE("how often a page was looked at is told from ten on, the most first") {
  test::World world;
  Looks looks;
  look(looks, Kind::project, 3, 9);
  look(looks, Kind::project, 4, 10);
  look(looks, Kind::project, 5, 12);
  look(looks, Kind::dialogue, 3, 40);
  CHECK(looks.flush(world.database, world.now) == 4);
  CHECK(looks.flush(world.database, world.now) == 0);
  const auto all = [&] {
    return world.read([&](db::Read& r) { return most_viewed(r, Kind::project, 5); });
  };
  CHECK(all() == std::vector<Viewed>{{5, 12}, {4, 10}});
  look(looks, Kind::project, 3, 4);
  CHECK(looks.flush(world.database, world.now) == 1);
  CHECK(all() == std::vector<Viewed>{{3, 13}, {5, 12}, {4, 10}});
  CHECK(world.read([&](db::Read& r) { return most_viewed(r, Kind::project, 1); }).size() == 1);
  CHECK(world.read([&](db::Read& r) { return most_viewed(r, Kind::consultation, 5); }).empty());
}

TEST_CASE("after thirty days a look counts only in the sum of all time, and its day is forgotten") {
  test::World world;
  Looks looks;
  const auto lately = [&] {
    const Day today = local_day(world.now);
    return world.read(
        [&](db::Read& r) { return most_viewed_lately(r, Kind::consultation, today, 5); });
  };
  look(looks, Kind::consultation, 1, 6);
  looks.flush(world.database, world.now);
  world.now += std::chrono::days(days_kept - 1);
  look(looks, Kind::consultation, 1, 5);
  looks.flush(world.database, world.now);
  CHECK(lately() == std::vector<Viewed>{{1, 11}});
  world.now += std::chrono::days(1);
  CHECK(lately().empty());  // 5 of them are left, too few to be told.
  look(looks, Kind::consultation, 1, 1);
  looks.flush(world.database, world.now);
  const auto days = world.read([&](db::Read& r) {
    return r.one("SELECT count(*) FROM views_day",
                 [](const db::Row& row) { return row.integer(0); });
  });
  CHECK(days == 2);
  CHECK(world.read([&](db::Read& r) { return most_viewed(r, Kind::consultation, 5); }) ==
        std::vector<Viewed>{{1, 12}});
}

TEST_CASE("days that are no longer kept go also when nothing is looked at") {
  test::World world;
  Looks looks;
  look(looks, Kind::project, 1, 3);
  looks.flush(world.database, world.now);
  const auto days = [&] {
    return world.read([](db::Read& r) {
      return r.one("SELECT count(*) FROM views_day",
                   [](const db::Row& row) { return row.integer(0); });
    });
  };
  looks.flush(world.database, world.now + std::chrono::days(days_kept - 1));
  CHECK(days() == 1);
  looks.flush(world.database, world.now + std::chrono::days(days_kept));
  CHECK(days() == 0);
}

TEST_CASE("looks that could not be written down are kept for the next time") {
  test::World world;
  Looks looks;
  look(looks, Kind::project, 1, 10);
  // No engine adds anything to the largest number there is.
  const auto total = [&](std::int64_t views) {
    world.write([&](db::Write& w) {
      w.run(
          "INSERT INTO views_total (kind, number, views) VALUES ($1, 1, $2) "
          "ON CONFLICT (kind, number) DO UPDATE SET views = excluded.views",
          to_text(Kind::project), views);
    });
  };
  total(std::numeric_limits<std::int64_t>::max());
  CHECK_THROWS_AS(looks.flush(world.database, world.now), db::Failure);
  total(0);
  look(looks, Kind::project, 1, 2);
  CHECK(looks.flush(world.database, world.now) == 1);
  CHECK(world.read([](db::Read& r) { return most_viewed(r, Kind::project, 5); }) ==
        std::vector<Viewed>{{1, 12}});
}

TEST_CASE("how often a page was looked at is told in tens") {
  CHECK(told(9) == 0);
  CHECK(told(10) == 10);
  CHECK(told(19) == 10);
  CHECK(told(20) == 20);
}

TEST_CASE("what is gathered in memory has a bound") {
  test::World world;
  Looks looks;
  for (std::size_t n = 0; n < gathered_max + 10; ++n)
    looks.count(Kind::project, static_cast<std::int64_t>(n));
  looks.count(Kind::project, 0);
  CHECK(looks.flush(world.database, world.now) == static_cast<std::int64_t>(gathered_max));
}

}  // namespace ln::views
