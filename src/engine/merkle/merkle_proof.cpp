#include "engine/merkle/merkle_proof.h"

#include <bit>

#include "base/check.h"

namespace ln::merkle {
namespace {

// The largest power of two below `count`. Precondition: count > 1.
std::uint64_t split(std::uint64_t count) { return std::bit_floor(count - 1); }

// The root of the leaves [begin, begin + count) where `begin` is where the tree's own splitting
// puts it, so that each power of two inside is a complete subtree. Precondition: count > 0.
Hash hash_range(std::uint64_t begin, std::uint64_t count, const Subtrees& subtrees) {
  if (std::has_single_bit(count)) {
    const auto level = static_cast<unsigned>(std::countr_zero(count));
    return subtrees({level, begin >> level});
  }
  const std::uint64_t left = split(count);
  return hash_node(hash_range(begin, left, subtrees),
                   hash_range(begin + left, count - left, subtrees));
}

// PATH of RFC 9162 §2.1.3.1, the leaf's sibling first.
void add_path(std::uint64_t index,
              std::uint64_t begin,
              std::uint64_t count,
              const Subtrees& subtrees,
              Proof& proof) {
  if (count == 1) return;
  const std::uint64_t left = split(count);
  if (index < begin + left) {
    add_path(index, begin, left, subtrees, proof);
    proof.push_back(hash_range(begin + left, count - left, subtrees));
  } else {
    add_path(index, begin + left, count - left, subtrees, proof);
    proof.push_back(hash_range(begin, left, subtrees));
  }
}

// SUBPROOF of RFC 9162 §2.1.4.1 for [begin, begin + count), of which the first `old` leaves are the
// old tree's. `known` while the old tree's root is itself a node on the way.
void add_growth(std::uint64_t old,
                std::uint64_t begin,
                std::uint64_t count,
                bool known,
                const Subtrees& subtrees,
                Proof& proof) {
  if (old == count) {
    if (!known) proof.push_back(hash_range(begin, count, subtrees));
    return;
  }
  const std::uint64_t left = split(count);
  if (old <= left) {
    add_growth(old, begin, left, known, subtrees, proof);
    proof.push_back(hash_range(begin + left, count - left, subtrees));
  } else {
    add_growth(old - left, begin + left, count - left, false, subtrees, proof);
    proof.push_back(hash_range(begin, left, subtrees));
  }
}

// The walk both verifications share: how far the node at `first` and the last node, at `last`, are
// from the root.
struct Walk {
  std::uint64_t first;
  std::uint64_t last;
  bool at_root() const { return last == 0; }
  // Whether the next hash of the proof stands to the left. Then the node is promoted past the
  // levels on which it is the lone last one.
  bool step() {
    const bool from_left = (first & 1U) != 0 || first == last;
    if (from_left)
      while ((first & 1U) == 0 && first != 0) up();
    up();
    return from_left;
  }
  void up() {
    first >>= 1U;
    last >>= 1U;
  }
};

}  // namespace

bool is_included(std::uint64_t index,
                 std::uint64_t size,
                 const Hash& leaf_hash,
                 std::span<const Hash> proof,
                 const Hash& root) {
  if (index >= size) return false;
  Walk walk{index, size - 1};
  Hash reached = leaf_hash;
  for (const Hash& part : proof) {
    if (walk.at_root()) return false;
    reached = walk.step() ? hash_node(part, reached) : hash_node(reached, part);
  }
  return walk.at_root() && reached == root;
}

bool is_consistent(const Growth& growth, std::span<const Hash> proof) {
  const auto& [old_size, size, old_root, root] = growth;
  if (size == 0) return old_size == 0 && proof.empty() && old_root == root && root == empty_root();
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  // When the old tree is one complete subtree, its root is where the walk begins and the proof
  // leaves it out.
  const bool complete = std::has_single_bit(old_size);
  if (!complete && proof.empty()) return false;
  Walk walk{old_size - 1, size - 1};
  while ((walk.first & 1U) != 0) walk.up();
  Hash old_reached = complete ? old_root : proof.front();
  Hash reached = old_reached;
  for (const Hash& part : complete ? proof : proof.subspan(1)) {
    if (walk.at_root()) return false;
    if (walk.step()) {
      old_reached = hash_node(part, old_reached);
      reached = hash_node(part, reached);
    } else {
      reached = hash_node(reached, part);
    }
  }
  return walk.at_root() && old_reached == old_root && reached == root;
}

Hash root_of(std::uint64_t size, const Subtrees& subtrees) {
  return size == 0 ? empty_root() : hash_range(0, size, subtrees);
}

Proof prove_inclusion(std::uint64_t index, std::uint64_t size, const Subtrees& subtrees) {
  CHECK(index < size);
  Proof proof;
  add_path(index, 0, size, subtrees, proof);
  return proof;
}

Proof prove_consistency(std::uint64_t old_size, std::uint64_t size, const Subtrees& subtrees) {
  CHECK(old_size <= size);
  Proof proof;
  if (old_size > 0) add_growth(old_size, 0, size, true, subtrees, proof);
  return proof;
}

}  // namespace ln::merkle
