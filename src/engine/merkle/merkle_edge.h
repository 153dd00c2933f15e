// The right edge of a growing tree: the roots of its complete subtrees, one for each bit of its
// size. It is all that appending and the root need, at most 64 hashes however large the log is.
#pragma once

#include <bit>
#include <optional>
#include <string>
#include <string_view>

#include "engine/merkle/merkle.h"

namespace ln::merkle {

// A plain value: copying it is how a batch that may be rolled back is tried out.
class Edge {
 public:
  std::uint64_t size() const { return size_; }
  Hash root() const;

  // Adds one leaf by its leaf hash.
  void append(const Hash& leaf_hash) {
    append(leaf_hash, [](Subtree, const Hash&) {});
  }
  // The same, and calls `completed(Subtree, hash)` for the leaf and for each subtree it completes,
  // from the smallest: this is what tiles are filled from.
  template <class Completed>
  void append(const Hash& leaf_hash, Completed completed) {
    Hash hash = leaf_hash;
    unsigned level = 0;
    completed(Subtree{0, size_}, hash);
    for (; (size_ >> level & 1U) != 0; ++level) {
      hash = hash_node(roots_[level], hash);
      completed(Subtree{level + 1, size_ >> (level + 1)}, hash);
    }
    roots_[level] = hash;
    ++size_;
  }

  // Big-endian size, then the roots from the largest subtree to the smallest.
  std::string serialise() const;
  // Null when `bytes` is not what serialise() writes.
  static std::optional<Edge> parse(std::string_view bytes);
  // The edge of the first `size` leaves of a stored tree.
  static Edge from(std::uint64_t size, const Subtrees& subtrees);

  friend bool operator==(const Edge& a, const Edge& b) { return a.serialise() == b.serialise(); }

 private:
  std::uint64_t size_ = 0;
  // roots_[level] is meant only when bit `level` of size_ is set. One more than 64 are never
  // needed: a tree of 2^64 leaves cannot be counted.
  std::array<Hash, 64> roots_{};
};

}  // namespace ln::merkle
