#include "engine/merkle/merkle_edge.h"

#include <algorithm>

namespace ln::merkle {

Hash Edge::root() const {
  if (size_ == 0) return empty_root();
  auto level = static_cast<unsigned>(std::countr_zero(size_));
  Hash root = roots_[level];
  for (++level; level < roots_.size(); ++level)
    if ((size_ >> level & 1U) != 0) root = hash_node(roots_[level], root);
  return root;
}

std::string Edge::serialise() const {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(size_ >> shift & 255U);
  for (unsigned level = 64; level-- > 0;)
    if ((size_ >> level & 1U) != 0) bytes.append(roots_[level].begin(), roots_[level].end());
  return bytes;
}

std::optional<Edge> Edge::parse(std::string_view bytes) {
  if (bytes.size() < 8) return std::nullopt;
  Edge edge;
  for (int i = 0; i < 8; ++i)
    edge.size_ = edge.size_ << 8U | static_cast<unsigned char>(bytes[static_cast<unsigned>(i)]);
  bytes.remove_prefix(8);
  if (bytes.size() != std::size_t{32} * static_cast<std::size_t>(std::popcount(edge.size_)))
    return std::nullopt;
  for (unsigned level = 64; level-- > 0;) {
    if ((edge.size_ >> level & 1U) == 0) continue;
    std::copy_n(bytes.begin(), 32, edge.roots_[level].begin());
    bytes.remove_prefix(32);
  }
  return edge;
}

Edge Edge::from(std::uint64_t size, const Subtrees& subtrees) {
  Edge edge;
  edge.size_ = size;
  for (unsigned level = 0; level < 64; ++level)
    if ((size >> level & 1U) != 0) edge.roots_[level] = subtrees({level, (size >> level) - 1});
  return edge;
}

}  // namespace ln::merkle
