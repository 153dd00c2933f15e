#include "engine/geo/geo.h"

#include <doctest/doctest.h>

#include <random>

using namespace ln;
using geo::Point;

TEST_CASE("coordinates are read as people type and paste them") {
  const Point opera{21'024'400, 105'857'600};
  for (const char* typed :
       {"21.0244, 105.8576", "21.0244,105.8576", " 21.0244 105.8576 ", "21.0244; 105.8576",
        "21,0244 105,8576", "21,0244; 105,8576", "105.8576, 21.0244", "21.0244° N, 105.8576° E",
        "21.0244°B 105.8576°Đ", "geo:21.0244,105.8576", "geo:21.0244,105.8576;u=35",
        "+21.02440, +105.857600", "21.0244000999, 105.8576000999",
        "https://maps.example/maps/place/X/@21.0244,105.8576,17z/data=1",
        "https://maps.example/?q=21.0244,105.8576&z=3",
        "https://maps.example/search?api=1&query=21.0244%2C105.8576"})
    CHECK_MESSAGE(geo::parse_point(typed) == opera, typed);
  for (const char* typed :
       {"", "21.0244", "Nhà hát Lớn", "21.0244, 105.8576 gần hồ", "210.5, 105.8", "91, 181",
        "21.0244,,105.8576", "1234.5, 20", "https://maps.example/place/Ha+Noi", "geo:", "21 02 40"})
    CHECK_MESSAGE(!geo::parse_point(typed), typed);
  CHECK_FALSE(geo::parse_point(std::string(500, '1')));
}

TEST_CASE("a point is written so that it can be read again, and coarsely for everybody") {
  std::mt19937 random(7);
  for (int i = 0; i < 1'000; ++i) {
    const Point point{static_cast<std::int32_t>(random() % 180'000'001) - 90'000'000,
                      static_cast<std::int32_t>(random() % 360'000'001) - 180'000'000};
    // Where a latitude could be none the order is turned: the text says latitude first.
    CHECK(geo::parse_point(geo::to_text(point)) == point);
  }
  CHECK(geo::to_text({21'000'005, -5}) == "21.000005, -0.000005");
  CHECK(geo::to_coarse_text({21'024'449, 105'857'500}) == "21.024, 105.858");
  CHECK(geo::to_coarse_text({-21'000'400, -400}) == "-21.000, 0.000");
}

TEST_CASE("a point is in an area, in its hole, on its border or outside") {
  const auto area = geo::parse_area("0 0,0 10,10 10,10 0; 4 4,4 6,6 6,6 4; 20 20,20 21,21 20");
  REQUIRE(area);
  const auto in = [&](double lat, double lon) {
    return geo::contains(
        *area, {static_cast<std::int32_t>(lat * 1e6), static_cast<std::int32_t>(lon * 1e6)});
  };
  CHECK(in(1, 1));
  CHECK(in(9.999999, 9.999999));
  CHECK_FALSE(in(5, 5));  // the hole
  CHECK(in(4, 5));        // its border
  CHECK(in(0, 0));        // a corner
  CHECK(in(10, 3));       // the upper border
  CHECK_FALSE(in(10.000001, 3));
  CHECK(in(20.2, 20.2));  // another piece
  CHECK_FALSE(in(20.8, 20.8));
  CHECK_FALSE(in(4, 15));  // level with corners, outside
  CHECK_FALSE(in(4, -1));
}

TEST_CASE("what is no area is refused") {
  for (const char* text : {"", "1 1", "1 1,2 2", "1 1,2 2,3 3;", "1 1,2 2,x 3", "91 1,2 2,3 3",
                           "1 1,2 2,3 3,", "1,2,3", "1 1;2 2;3 3"})
    CHECK_MESSAGE(!geo::parse_area(text), text);
  std::string many = "0 0";
  for (std::size_t i = 0; i < geo::area_points_max; ++i) many += ",1 1";
  CHECK_FALSE(geo::parse_area(many));
}

TEST_CASE("distances agree with those of geodesy") {
  // One degree of latitude on this sphere; Hanoi to Ho Chi Minh City is about 1,140 km.
  CHECK(geo::metres_between({0, 0}, {1'000'000, 0}) == doctest::Approx(111'195.08).epsilon(1e-6));
  CHECK(geo::metres_between({21'028'500, 105'854'200}, {10'776'900, 106'700'900}) ==
        doctest::Approx(1'143'000).epsilon(0.005));
  CHECK(geo::metres_between({5, 5}, {5, 5}) == 0);
}
