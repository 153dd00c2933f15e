// How a growing tree is stored: its leaves, and crowns above them.
//
// A crown is the upper six layers of a complete subtree of 256^level leaves, level 1 to 8: 63
// hashes, the root first and then layer by layer, as in a heap. Layers in between are three
// hashings above the leaves, or two above the roots of smaller crowns, so a proof of any leaf reads
// eight leaves and one hash for each layer; and crowns cost 8 bytes for each leaf, where all hashes
// would cost 64.
#pragma once

#include <string_view>
#include <vector>

#include "engine/merkle/merkle_edge.h"

namespace ln::merkle {

inline constexpr unsigned crown_layers = 6;
inline constexpr std::size_t crown_hashes = 63;
inline constexpr std::size_t crown_size = crown_hashes * 32;  // bytes

// Where the hash of a complete subtree stands in a crown; null for those that stand in none.
struct CrownPlace {
  unsigned level = 0;
  std::uint64_t n = 0;  // the crown's subtree is the nth of 256^level leaves
  std::size_t at = 0;   // position among its hashes
  friend bool operator==(const CrownPlace&, const CrownPlace&) = default;
};
std::optional<CrownPlace> crown_place(const Subtree& subtree);

// The hash of a subtree from the hashes of the complete subtrees it consists of. Precondition:
// their number is a power of two.
Hash join(std::vector<Hash> hashes);

// The right edge, with the crowns that are not complete yet. A plain value, a few kilobytes:
// copying it is how a batch that may be rolled back is tried out.
class Trunk {
 public:
  const Edge& edge() const { return edge_; }
  std::uint64_t size() const { return edge_.size(); }

  // Adds one leaf by its leaf hash, and calls `made(level, n, bytes)` for each crown it completes,
  // the smallest first. `bytes` (crown_size of them) are valid during the call.
  template <class Made>
  void append(const Hash& leaf_hash, Made made) {
    edge_.append(leaf_hash, [&](const Subtree& subtree, const Hash& hash) {
      const auto place = keep(subtree, hash);
      if (place && place->at == 0) made(place->level, place->n, bytes_of(place->level));
    });
  }

  // Gives the hashes of `count` complete subtrees of 256^level leaves from number `first` on.
  using Children =
      std::function<std::vector<Hash>(unsigned level, std::uint64_t first, std::size_t count)>;
  // The trunk of the first `size` leaves of a stored tree. Asks once for each level, for at most
  // 255 hashes. Throws what `children` throws. Precondition: `children` gives as many as were asked
  // for.
  static Trunk from(std::uint64_t size, const Children& children);

 private:
  using Crown = std::array<Hash, crown_hashes>;
  std::optional<CrownPlace> keep(const Subtree& subtree, const Hash& hash);
  std::string_view bytes_of(unsigned level) const;

  Edge edge_;
  std::vector<Crown> open_;  // by level - 1
};

}  // namespace ln::merkle
