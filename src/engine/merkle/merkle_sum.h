// Trees of sums: a Merkle tree each of whose nodes also says how many leaves are below it, so that
// who holds one leaf checks that it is counted in the total, and learns nothing of the others.
//
//   leaf  SHA-256("langnghe/sum-leaf/v1\n" || label[32] || uint64be(1))
//   node  SHA-256("langnghe/sum-node/v1\n" || left hash || uint64be(left sum)
//                                          || right hash || uint64be(right sum))
//
// The sums of both children are hashed apart. Where only their total is hashed, each half of a tree
// can be shown with another share of it, and the total can be stated too small (Chalkias,
// Chatzigiannis, Ji: "Broken Proofs of Solvency in Blockchain Custodial Wallets and Exchanges",
// 2022). No sum is below one or above sum_max, so none is negative and none runs over. The words in
// front begin with a letter: nobody can take a node for one of the log, which begin with 0x00 and
// 0x01. The tree is split as in RFC 6962 §2.1; a lone right node is promoted. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/merkle/merkle.h"

namespace ln::merkle {

// Where every JSON reader is exact.
inline constexpr std::uint64_t sum_max = (std::uint64_t{1} << 53) - 1;
// A tree of sum_max leaves is not higher.
inline constexpr std::size_t sum_proof_max = 53;

struct SumNode {
  Hash hash{};
  std::uint64_t sum = 0;
  friend bool operator==(const SumNode&, const SumNode&) = default;
};

// The leaf of a label, which counts as one.
SumNode sum_leaf(const Hash& label);
// Precondition: both sums are at least one, and their total is at most sum_max.
SumNode sum_node(const SumNode& left, const SumNode& right);

// The root over nodes in their order. They may be leaves, or the roots of complete subtrees of one
// size, of which the last may be smaller: the root is the same. Precondition: there is one.
SumNode sum_root(std::span<const SumNode> nodes);
SumNode sum_root(std::span<const Hash> labels);

// One step on the way up: the other child.
struct SumStep {
  bool is_left = false;  // it stands to the left
  SumNode sibling;
  friend bool operator==(const SumStep&, const SumStep&) = default;
};
using SumProof = std::vector<SumStep>;

// The way from the node at `index` to the root, its sibling first. Precondition: index < size.
SumProof prove_sum(std::span<const SumNode> nodes, std::size_t index);

// Where the steps lead from the leaf of `label`. Null when there are more than sum_proof_max, or a
// sum is zero or too large: then they are no proof.
std::optional<SumNode> climb(const Hash& label, std::span<const SumStep> steps);

// The steps as lines: "left 3 <base64>" or "right 3 <base64>", the side, sum and hash of the
// sibling. parse_sum_proof gives null for everything sum_proof_text does not write.
std::string sum_proof_text(std::span<const SumStep> steps);
std::optional<SumProof> parse_sum_proof(std::string_view text);

}  // namespace ln::merkle
