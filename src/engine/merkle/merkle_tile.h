// Where hashes lie in the tiles of C2SP tlog-tiles: names and widths only, no bytes.
//
// Tile (level, n) holds up to 256 hashes; hash i is the complete subtree of 256^level leaves at
// n·256 + i. Only full tiles are hashed upward, and a tile of width 0 does not exist.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/merkle/merkle.h"

namespace ln::merkle {

inline constexpr unsigned tile_width = 256;

struct Tile {
  unsigned level = 0;    // 0 to 63
  bool entries = false;  // a bundle of entries, beside level 0; `level` is then 0
  std::uint64_t n = 0;
  unsigned width = tile_width;  // 1 to 256; below 256 the tile is partial
  auto operator<=>(const Tile&) const = default;

  // "tile/0/x001/x234/067.p/8", "tile/entries/000".
  std::string path() const;
  // Null for every text that path() does not write.
  static std::optional<Tile> parse(std::string_view path);
};

// How many full tiles a tree of `size` leaves has on `level`, and how wide the partial one after
// them is (0: there is none).
struct Tiles {
  std::uint64_t full = 0;
  unsigned partial_width = 0;
};
Tiles tiles_at(unsigned level, std::uint64_t size);

// Adds one entry to the bytes of a bundle: its length as two bytes, big-endian, and the entry.
// Precondition: at most 65,535 bytes.
void add_to_bundle(std::string& bundle, std::string_view entry);

// Which hash of which tile a stored subtree is. Precondition: subtree.level is a multiple of 8.
struct TilePlace {
  unsigned level;
  std::uint64_t n;
  unsigned at;
};
constexpr TilePlace place_of(const Subtree& subtree) {
  return {subtree.level / 8, subtree.index >> 8U, static_cast<unsigned>(subtree.index & 255U)};
}

}  // namespace ln::merkle
