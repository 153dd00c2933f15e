#include "engine/merkle/merkle_tile.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace ln::merkle {
namespace {

// Takes the text before the first '/', or all of it.
std::string_view take_word(std::string_view& path) {
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view word = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return word;
}

std::optional<unsigned> parse_group(std::string_view word) {
  if (word.size() != 3) return std::nullopt;
  unsigned group = 0;
  for (const char c : word) {
    if (c < '0' || c > '9') return std::nullopt;
    group = group * 10 + static_cast<unsigned>(c - '0');
  }
  return group;
}

}  // namespace

std::string Tile::path() const {
  std::string number;
  std::uint64_t rest = n;
  for (bool last = true; last || rest > 0; last = false) {
    const auto group = static_cast<unsigned>(rest % 1000);
    std::string digits = std::to_string(group);
    digits.insert(0, 3 - digits.size(), '0');
    if (!last) digits.insert(0, 1, 'x').append("/").append(number);
    number = std::move(digits);
    rest /= 1000;
  }
  std::string path = "tile/" + (entries ? "entries" : std::to_string(level)) + "/" + number;
  if (width < tile_width) path += ".p/" + std::to_string(width);
  return path;
}

std::optional<Tile> Tile::parse(std::string_view path) {
  const std::string_view whole = path;
  // The longest name: 64 bits are seven groups of three digits.
  if (path.size() > 64 || take_word(path) != "tile") return std::nullopt;
  Tile tile;
  if (const std::string_view level = take_word(path); level == "entries") {
    tile.entries = true;
  } else {
    const auto number = parse_number(level);
    if (!number || *number > 63) return std::nullopt;
    tile.level = static_cast<unsigned>(*number);
  }
  for (bool last = false; !last;) {
    std::string_view group = take_word(path);
    last = !group.starts_with('x');
    if (!last) group.remove_prefix(1);
    if (last && group.ends_with(".p")) {
      group.remove_suffix(2);
      const auto width = parse_number(take_word(path));
      if (!width || *width < 1 || *width >= tile_width) return std::nullopt;
      tile.width = static_cast<unsigned>(*width);
    }
    const auto digits = parse_group(group);
    if (!digits || tile.n > ~std::uint64_t{0} / 1000 - 1) return std::nullopt;
    tile.n = tile.n * 1000 + *digits;
  }
  // Leading groups of zeros, and whatever else is a second way to write the same tile.
  if (tile.path() != whole) return std::nullopt;
  return tile;
}

Tiles tiles_at(unsigned level, std::uint64_t size) {
  if (level >= 8) return {};
  const std::uint64_t hashes = size >> (8 * level);
  return {hashes / tile_width, static_cast<unsigned>(hashes % tile_width)};
}

void add_to_bundle(std::string& bundle, std::string_view entry) {
  CHECK(entry.size() <= 65'535);
  bundle += static_cast<char>(entry.size() >> 8U);
  bundle += static_cast<char>(entry.size() & 255U);
  bundle += entry;
}

}  // namespace ln::merkle
