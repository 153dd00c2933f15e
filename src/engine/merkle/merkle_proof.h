// Proofs that a leaf is in a tree and that a tree grew from an earlier one (RFC 9162
// §2.1.3, 2.1.4).
#pragma once

#include <vector>

#include "engine/merkle/merkle.h"

namespace ln::merkle {

using Proof = std::vector<Hash>;

// Whether `proof` leads from the leaf at `index` to the root of the tree of `size` leaves. The
// length of the proof must be exact. False for every index outside the tree.
bool is_included(std::uint64_t index,
                 std::uint64_t size,
                 const Hash& leaf_hash,
                 std::span<const Hash> proof,
                 const Hash& root);

// Two sizes of one tree and the roots claimed for them.
struct Growth {
  std::uint64_t old_size = 0;
  std::uint64_t size = 0;
  Hash old_root;
  Hash root;
};
// Whether `proof` shows that the tree of `size` begins with the leaves of the tree of `old_size`.
// Equal sizes need an empty proof and equal roots. Growth from the empty tree shows nothing, since
// every tree follows it, and is refused: who starts from nothing decides that for himself.
bool is_consistent(const Growth& growth, std::span<const Hash> proof);

// The root, and the proofs, of the first `size` leaves of a stored tree.
// Preconditions: index < size; 0 <= old_size <= size.
Hash root_of(std::uint64_t size, const Subtrees& subtrees);
Proof prove_inclusion(std::uint64_t index, std::uint64_t size, const Subtrees& subtrees);
Proof prove_consistency(std::uint64_t old_size, std::uint64_t size, const Subtrees& subtrees);

}  // namespace ln::merkle
