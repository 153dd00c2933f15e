// Points on the map and what lies around them: coordinates that people type or paste, and areas
// given as rings of points.
//
// Know first: a point is in millionths of a degree (WGS 84), about 11 cm of latitude, as whole
// numbers, so that whether it lies in an area is the same on every machine. Everything is pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ln::geo {

struct Point {
  std::int32_t lat = 0;  // north of the equator, from -90'000'000 to 90'000'000
  std::int32_t lon = 0;  // east of Greenwich, from -180'000'000 to 180'000'000
  friend bool operator==(const Point&, const Point&) = default;
};

inline constexpr std::size_t point_size_max = 400;  // bytes of what is typed for one point

// What people type or paste: "21.0285, 105.8542", "21,0285 105,8542", "21.0285° N, 105.8542° E",
// "geo:21.0285,105.8542" (RFC 5870), or the address of a map page with "@21.02,105.85" or
// "q=21.02,105.85" in it. Latitude first; where the first number can be no latitude, the other way
// round. More than six decimals are cut. Null for anything else.
std::optional<Point> parse_point(std::string_view text);

// "21.028500, 105.854200"; parse_point reads it back.
std::string to_text(const Point& point);
// To a thousandth of a degree, about a hundred metres: "21.029, 105.854". For what everybody reads.
std::string to_coarse_text(const Point& point);

// A ring is closed by itself: the last point joins the first.
using Ring = std::vector<Point>;
struct Area {
  std::vector<Ring> rings;  // inside one ring is in, inside two is a hole (even-odd rule)
};

inline constexpr std::size_t area_rings_max = 100, area_points_max = 20'000;

// Rings parted by ';', points by ',', latitude and longitude by a space:
// "21.03 105.84,21.04 105.84,21.04 105.85". Null when a ring has fewer than three points, for too
// many of either, and for anything that is no number in range. Empty text is no area: null.
std::optional<Area> parse_area(std::string_view text);

// Whether the point lies in the area or on its border. Crossings of a ray to the east (Haines,
// Point in Polygon Strategies, Graphics Gems IV, 1994), in whole numbers.
bool contains(const Area& area, const Point& point);

// Metres along the sphere of 6,371,008.8 m (haversine formula). Within 0.6 % of the ellipsoid.
double metres_between(const Point& one, const Point& other);

}  // namespace ln::geo
