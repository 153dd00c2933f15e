#include "engine/merkle/merkle_sum.h"

#include <array>
#include <bit>

#include "base/check.h"
#include "base/text.h"
#include "engine/merkle/merkle_line.h"

namespace ln::merkle {
namespace {

constexpr std::string_view leaf_context = "langnghe/sum-leaf/v1\n";
constexpr std::string_view node_context = "langnghe/sum-node/v1\n";
constexpr std::string_view left_word = "left ", right_word = "right ";

std::array<std::uint8_t, 8> big_endian(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
  return bytes;
}

// Where RFC 6962 splits `count` nodes. Precondition: count > 1.
std::size_t sum_split(std::size_t count) { return std::bit_floor(count - 1); }

std::optional<SumStep> parse_step(std::string_view line) {
  SumStep step;
  step.is_left = line.starts_with(left_word);
  if (!step.is_left && !line.starts_with(right_word)) return std::nullopt;
  line.remove_prefix(step.is_left ? left_word.size() : right_word.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const auto sum = parse_number(line.substr(0, space));
  const auto bytes = from_base64(line.substr(space + 1));
  const auto hash = bytes ? to_hash(*bytes) : std::nullopt;
  if (!sum || *sum < 1 || static_cast<std::uint64_t>(*sum) > sum_max || !hash) return std::nullopt;
  step.sibling = {*hash, static_cast<std::uint64_t>(*sum)};
  return step;
}

}  // namespace

SumNode sum_leaf(const Hash& label) {
  return {sha256({as_bytes(leaf_context), label, big_endian(1)}), 1};
}

SumNode sum_node(const SumNode& left, const SumNode& right) {
  CHECK(left.sum > 0 && right.sum > 0 && left.sum <= sum_max && right.sum <= sum_max - left.sum);
  return {sha256({as_bytes(node_context), left.hash, big_endian(left.sum), right.hash,
                  big_endian(right.sum)}),
          left.sum + right.sum};
}

SumNode sum_root(std::span<const SumNode> nodes) {
  CHECK(!nodes.empty());
  if (nodes.size() == 1) return nodes.front();
  const std::size_t left = sum_split(nodes.size());
  return sum_node(sum_root(nodes.first(left)), sum_root(nodes.subspan(left)));
}

SumNode sum_root(std::span<const Hash> labels) {
  CHECK(!labels.empty());
  if (labels.size() == 1) return sum_leaf(labels.front());
  const std::size_t left = sum_split(labels.size());
  return sum_node(sum_root(labels.first(left)), sum_root(labels.subspan(left)));
}

SumProof prove_sum(std::span<const SumNode> nodes, std::size_t index) {
  CHECK(index < nodes.size());
  if (nodes.size() == 1) return {};
  const std::size_t left = sum_split(nodes.size());
  const bool goes_left = index < left;
  SumProof proof = goes_left ? prove_sum(nodes.first(left), index)
                             : prove_sum(nodes.subspan(left), index - left);
  proof.push_back({!goes_left, sum_root(goes_left ? nodes.subspan(left) : nodes.first(left))});
  return proof;
}

std::optional<SumNode> climb(const Hash& label, std::span<const SumStep> steps) {
  if (steps.size() > sum_proof_max) return std::nullopt;
  SumNode reached = sum_leaf(label);
  for (const auto& [is_left, sibling] : steps) {
    if (sibling.sum == 0 || sibling.sum > sum_max - reached.sum) return std::nullopt;
    reached = is_left ? sum_node(sibling, reached) : sum_node(reached, sibling);
  }
  return reached;
}

std::string sum_proof_text(std::span<const SumStep> steps) {
  std::string text;
  for (const SumStep& step : steps) {
    text += step.is_left ? left_word : right_word;
    text += std::to_string(step.sibling.sum) + " " + to_base64(step.sibling.hash) + "\n";
  }
  return text;
}

std::optional<SumProof> parse_sum_proof(std::string_view text) {
  SumProof proof;
  while (!text.empty()) {
    const auto line = take_line(text);
    const auto step = line ? parse_step(*line) : std::nullopt;
    if (!step || proof.size() == sum_proof_max) return std::nullopt;
    proof.push_back(*step);
  }
  return proof;
}

}  // namespace ln::merkle
