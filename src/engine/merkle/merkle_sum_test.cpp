#include "engine/merkle/merkle_sum.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "base/random.h"
#include "base/text.h"

namespace ln::merkle {
namespace {

std::vector<Hash> labels_of(std::size_t count, std::uint64_t seed = 1) {
  SeededRandom random(seed);
  std::vector<Hash> labels(count);
  for (Hash& label : labels) label = random.bytes<32>();
  return labels;
}

std::vector<SumNode> leaves_of(std::span<const Hash> labels) {
  std::vector<SumNode> leaves;
  for (const Hash& label : labels) leaves.push_back(sum_leaf(label));
  return leaves;
}

}  // namespace

TEST_CASE("the bytes of a tree of sums are the ones of the document") {
  const Hash a{}, b = {1};
  const std::string one("\0\0\0\0\0\0\0\1", 8);
  const Hash left = sha256({as_bytes("langnghe/sum-leaf/v1\n"), a, as_bytes(one)});
  const Hash right = sha256({as_bytes("langnghe/sum-leaf/v1\n"), b, as_bytes(one)});
  CHECK(sum_leaf(a) == SumNode{left, 1});
  const Hash labels[] = {a, b};
  CHECK(sum_root(labels) == SumNode{sha256({as_bytes("langnghe/sum-node/v1\n"), left, as_bytes(one),
                                            right, as_bytes(one)}),
                                    2});
}

TEST_CASE("every leaf of every tree leads to its root and its total, and no other leaf does") {
  for (std::size_t count : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, 63U, 64U, 65U, 200U}) {
    const auto labels = labels_of(count);
    const auto leaves = leaves_of(labels);
    const SumNode root = sum_root(labels);
    CHECK(root.sum == count);
    CHECK(sum_root(leaves) == root);
    for (std::size_t i = 0; i < count; ++i) {
      const SumProof proof = prove_sum(leaves, i);
      CHECK(climb(labels[i], proof) == root);
      CHECK(climb(labels_of(1, 2).front(), proof) != root);
    }
  }
}

TEST_CASE("subtrees of one size stand for their leaves") {
  CHECK(rc::check("any count", [] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 300);
    const auto width = std::size_t{1} << *rc::gen::inRange(0, 6);
    const auto labels = labels_of(count);
    std::vector<SumNode> parts;
    for (std::size_t from = 0; from < count; from += width)
      parts.push_back(
          sum_root(std::span(labels).subspan(from, std::min<std::size_t>(width, count - from))));
    RC_ASSERT(sum_root(parts) == sum_root(labels));
    // And a way through a subtree goes on through the tree of subtrees.
    const auto index = *rc::gen::inRange<std::size_t>(0, count);
    const std::size_t part = index / width;
    const auto inside = leaves_of(std::span(labels).subspan(
        part * width, std::min<std::size_t>(width, count - part * width)));
    SumProof proof = prove_sum(inside, index % width);
    for (const SumStep& step : prove_sum(parts, part)) proof.push_back(step);
    RC_ASSERT(proof == prove_sum(leaves_of(labels), index));
  }));
}

TEST_CASE("whoever changes a sum, a side, a hash or the number of steps does not reach the root") {
  CHECK(rc::check("any change", [] {
    const auto count = *rc::gen::inRange<std::size_t>(2, 120);
    const auto labels = labels_of(count);
    const auto index = *rc::gen::inRange<std::size_t>(0, count);
    const SumNode root = sum_root(labels);
    SumProof proof = prove_sum(leaves_of(labels), index);
    const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
    SumStep& step = proof[at];
    switch (*rc::gen::inRange(0, 5)) {
      case 0: step.sibling.sum += 1; break;
      case 1: step.sibling.sum += sum_max; break;
      case 2: step.is_left = !step.is_left; break;
      case 3: step.sibling.hash[*rc::gen::inRange<std::size_t>(0, 32)] ^= 1; break;
      default: proof.erase(proof.begin() + static_cast<std::ptrdiff_t>(at));
    }
    RC_ASSERT(climb(labels[index], proof) != root);
  }));
}

// The known flaw: where a node hashes the total of its children alone, the city moves what it likes
// from one child to the other and shows each holder the half in which her sibling counts less.
TEST_CASE("one total in other shares is another node") {
  const SumNode a{{1}, 3}, b{{2}, 4};
  CHECK(sum_node(a, b).sum == 7);
  CHECK(sum_node({a.hash, 4}, {b.hash, 3}).sum == 7);
  CHECK(sum_node({a.hash, 4}, {b.hash, 3}).hash != sum_node(a, b).hash);
  CHECK(sum_node(b, a).hash != sum_node(a, b).hash);
}

TEST_CASE("a step without a sum, beyond all sums or one too many is no proof") {
  const SumStep good{false, {{7}, 1}};
  CHECK(climb(Hash{}, std::vector{good}));
  CHECK_FALSE(climb(Hash{}, std::vector{SumStep{false, {{7}, 0}}}));
  CHECK(climb(Hash{}, std::vector{SumStep{false, {{7}, sum_max - 1}}}));
  CHECK_FALSE(climb(Hash{}, std::vector{SumStep{false, {{7}, sum_max}}}));
  CHECK_FALSE(climb(Hash{}, std::vector{good, SumStep{true, {{7}, ~std::uint64_t{0}}}}));
  CHECK(climb(Hash{}, SumProof(sum_proof_max, good)));
  CHECK_FALSE(climb(Hash{}, SumProof(sum_proof_max + 1, good)));
}

TEST_CASE("the text of a proof reads back, and nothing else does") {
  const auto labels = labels_of(6);
  const SumProof proof = prove_sum(leaves_of(labels), 2);
  const std::string text = sum_proof_text(proof);
  CHECK(parse_sum_proof(text) == proof);
  CHECK(parse_sum_proof("") == SumProof{});
  CHECK_FALSE(parse_sum_proof(text.substr(0, text.size() - 1)));
  CHECK_FALSE(parse_sum_proof(text + "\n"));
  const std::string hash = to_base64(labels[0]);
  CHECK(parse_sum_proof("left 1 " + hash + "\n"));
  for (const char* sum : {"0", "01", "-1", "+1", "", "1.0", "9007199254740992", "1 "})
    CHECK_FALSE(parse_sum_proof("left " + std::string(sum) + " " + hash + "\n"));
  CHECK_FALSE(parse_sum_proof("up 1 " + hash + "\n"));
  CHECK_FALSE(parse_sum_proof("left 1 " + hash.substr(4) + "\n"));
  CHECK_FALSE(parse_sum_proof("left 1 " + hash + "\r\n"));
  std::string long_one;
  for (std::size_t i = 0; i < sum_proof_max; ++i) long_one += "left 1 " + hash + "\n";
  CHECK(parse_sum_proof(long_one));
  CHECK_FALSE(parse_sum_proof(long_one + "left 1 " + hash + "\n"));
}

}  // namespace ln::merkle
