#include "engine/geo/geo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

namespace ln::geo {
namespace {

constexpr std::int64_t million = 1'000'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

void skip_spaces(std::string_view& text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
}

// Takes one number with `mark` before its decimals off the front, in millionths. Null when there is
// none, or when it has more than three digits before the mark.
std::optional<std::int64_t> take_number(std::string_view& text, char mark) {
  bool is_negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    is_negative = text.front() == '-';
    text.remove_prefix(1);
  }
  std::int64_t value = 0;
  std::size_t digits = 0;
  for (; !text.empty() && is_digit(text.front()); ++digits, text.remove_prefix(1)) {
    if (digits == 3) return std::nullopt;
    value = value * 10 + (text.front() - '0');
  }
  if (digits == 0) return std::nullopt;
  value *= million;
  if (text.size() > 1 && text.front() == mark && is_digit(text[1])) {
    text.remove_prefix(1);
    for (std::int64_t unit = million / 10; !text.empty() && is_digit(text.front());
         unit /= 10, text.remove_prefix(1))
      value += unit * (text.front() - '0');
  }
  return is_negative ? -value : value;
}

std::optional<Point> point_of(std::int64_t first, std::int64_t second) {
  if (std::abs(first) > 90 * million) std::swap(first, second);
  if (std::abs(first) > 90 * million || std::abs(second) > 180 * million) return std::nullopt;
  return Point{static_cast<std::int32_t>(first), static_cast<std::int32_t>(second)};
}

// What may stand behind a number: a degree sign, a letter for north or east, in either language.
void skip_marks(std::string_view& text) {
  constexpr std::array marks = {std::string_view("°"), std::string_view("N"), std::string_view("E"),
                                std::string_view("B"), std::string_view("Đ")};
  for (bool found = true; found;) {
    skip_spaces(text);
    found = false;
    for (const std::string_view mark : marks)
      if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
        found = true;
      }
  }
}

// The part of the address of a map that holds the point; all of it when it is no address.
std::string_view point_in_address(std::string_view text) {
  if (text.starts_with("geo:")) return text.substr(4, text.find_first_of(";?", 4) - 4);
  if (text.find("://") == std::string_view::npos) return text;
  for (const std::string_view sign : {"/@", "?q=", "&q=", "?ll=", "&ll=", "query=", "destination="})
    if (const auto at = text.find(sign); at != std::string_view::npos) {
      text.remove_prefix(at + sign.size());
      // Its zoom, or another parameter.
      return text.substr(0, text.find_first_of("&#z/"));
    }
  return {};
}

std::optional<Point> read_pair(std::string_view text, char mark, std::string_view parts) {
  const auto first = take_number(text, mark);
  if (!first) return std::nullopt;
  skip_marks(text);
  bool is_parted = false;
  for (const std::string_view part : {parts, std::string_view("%2C"), std::string_view("%2c")})
    if (!is_parted && !part.empty() && text.starts_with(part)) {
      text.remove_prefix(part.size());
      is_parted = true;
    }
  skip_spaces(text);
  const auto second = take_number(text, mark);
  if (!second) return std::nullopt;
  skip_marks(text);
  return text.empty() ? point_of(*first, *second) : std::nullopt;
}

std::string thousandths(std::int32_t value) {
  const bool is_negative = value < 0;
  const std::int64_t size = (std::abs(static_cast<std::int64_t>(value)) + 500) / 1000;
  std::string decimals = std::to_string(size % 1000);
  decimals.insert(0, 3 - decimals.size(), '0');
  return (is_negative && size > 0 ? "-" : "") + std::to_string(size / 1000) + "." + decimals;
}

std::string millionths(std::int32_t value) {
  const std::int64_t size = std::abs(static_cast<std::int64_t>(value));
  std::string decimals = std::to_string(size % million);
  decimals.insert(0, 6 - decimals.size(), '0');
  return (value < 0 ? "-" : "") + std::to_string(size / million) + "." + decimals;
}

// Above 0 when `p` lies to the left of the way from `a` to `b`, 0 on their line. Differences fit in
// 30 bits, so products fit.
std::int64_t side(const Point& a, const Point& b, const Point& p) {
  const auto wide = [](std::int32_t one, std::int32_t other) {
    return static_cast<std::int64_t>(one) - other;
  };
  return wide(b.lon, a.lon) * wide(p.lat, a.lat) - wide(p.lon, a.lon) * wide(b.lat, a.lat);
}

bool is_on(const Point& a, const Point& b, const Point& p) {
  return side(a, b, p) == 0 && std::min(a.lat, b.lat) <= p.lat && p.lat <= std::max(a.lat, b.lat) &&
         std::min(a.lon, b.lon) <= p.lon && p.lon <= std::max(a.lon, b.lon);
}

double radians(double millionths_of_degree) {
  return millionths_of_degree / million * std::numbers::pi / 180;
}

}  // namespace

std::optional<Point> parse_point(std::string_view text) {
  if (text.size() > point_size_max) return std::nullopt;
  skip_spaces(text);
  text = point_in_address(text);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  // "@21.02,105.85,17": the third number is the zoom.
  if (const auto first = text.find(','); first != std::string_view::npos)
    if (const auto second = text.find(',', first + 1);
        second != std::string_view::npos && text.find('.') < second)
      text = text.substr(0, second);
  if (const auto point = read_pair(text, '.', ",")) return point;
  if (const auto point = read_pair(text, '.', ";")) return point;
  if (const auto point = read_pair(text, ',', ";")) return point;
  return read_pair(text, ',', {});
}

std::string to_text(const Point& point) {
  return millionths(point.lat) + ", " + millionths(point.lon);
}

std::string to_coarse_text(const Point& point) {
  return thousandths(point.lat) + ", " + thousandths(point.lon);
}

std::optional<Area> parse_area(std::string_view text) {
  Area area;
  std::size_t points = 0;
  while (!text.empty()) {
    Ring& ring = area.rings.emplace_back();
    if (area.rings.size() > area_rings_max) return std::nullopt;
    for (bool goes_on = true; goes_on;) {
      if (++points > area_points_max) return std::nullopt;
      skip_spaces(text);
      const auto lat = take_number(text, '.');
      if (!lat || text.empty() || text.front() != ' ') return std::nullopt;
      skip_spaces(text);
      const auto lon = take_number(text, '.');
      if (!lon || std::abs(*lat) > 90 * million || std::abs(*lon) > 180 * million)
        return std::nullopt;
      ring.push_back({static_cast<std::int32_t>(*lat), static_cast<std::int32_t>(*lon)});
      skip_spaces(text);
      goes_on = !text.empty() && text.front() == ',';
      if (!goes_on && !text.empty() && text.front() != ';') return std::nullopt;
      if (text.empty()) break;
      text.remove_prefix(1);
      if (text.empty()) return std::nullopt;  // Something was to come.
    }
    if (ring.size() < 3) return std::nullopt;
  }
  return area.rings.empty() ? std::nullopt : std::optional(std::move(area));
}

bool contains(const Area& area, const Point& point) {
  bool is_in = false;
  for (const Ring& ring : area.rings)
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Point& a = ring[i];
      const Point& b = ring[(i + 1) % ring.size()];
      if (is_on(a, b, point)) return true;
      // Counts the lower end of each edge and not the upper one, so that a corner counts once.
      if ((a.lat > point.lat) == (b.lat > point.lat)) continue;
      const bool is_east = b.lat > a.lat ? side(a, b, point) > 0 : side(a, b, point) < 0;
      if (is_east) is_in = !is_in;
    }
  return is_in;
}

double metres_between(const Point& one, const Point& other) {
  constexpr double radius = 6'371'008.8;
  const double lat = std::sin(radians(static_cast<double>(one.lat) - other.lat) / 2);
  const double lon = std::sin(radians(static_cast<double>(one.lon) - other.lon) / 2);
  const double part =
      lat * lat + std::cos(radians(one.lat)) * std::cos(radians(other.lat)) * lon * lon;
  return 2 * radius * std::asin(std::min(1.0, std::sqrt(part)));
}

}  // namespace ln::geo
