#include "engine/merkle/merkle_trunk.h"

#include <map>

#include "base/check.h"

namespace ln::merkle {

std::optional<CrownPlace> crown_place(const Subtree& subtree) {
  const unsigned level = (subtree.level + 7) / 8;
  const unsigned depth = 8 * level - subtree.level;
  if (level == 0 || depth >= crown_layers) return std::nullopt;
  const std::uint64_t in_layer = (std::uint64_t{1} << depth) - 1;
  return CrownPlace{level, subtree.index >> depth,
                    static_cast<std::size_t>(in_layer + (subtree.index & in_layer))};
}

Hash join(std::vector<Hash> hashes) {
  CHECK(std::has_single_bit(hashes.size()));
  for (std::size_t count = hashes.size() / 2; count > 0; count /= 2)
    for (std::size_t i = 0; i < count; ++i) hashes[i] = hash_node(hashes[2 * i], hashes[2 * i + 1]);
  return hashes.front();
}

std::optional<CrownPlace> Trunk::keep(const Subtree& subtree, const Hash& hash) {
  const auto place = crown_place(subtree);
  if (!place) return std::nullopt;
  if (open_.size() < place->level) open_.resize(place->level);
  open_[place->level - 1][place->at] = hash;
  return place;
}

std::string_view Trunk::bytes_of(unsigned level) const {
  const Crown& crown = open_[level - 1];
  return {reinterpret_cast<const char*>(crown.data()), crown_size};
}

Trunk Trunk::from(std::uint64_t size, const Children& children) {
  Trunk trunk;
  std::map<Subtree, Hash> on_the_edge;
  for (unsigned level = 0; level < 8 && size >> (8 * level) != 0; ++level) {
    const std::uint64_t complete = size >> (8 * level);
    std::uint64_t first = complete & ~std::uint64_t{255};
    std::vector<Hash> layer;
    if (complete > first)
      layer = children(level, first, static_cast<std::size_t>(complete - first));
    CHECK(layer.size() == complete - first);
    for (unsigned height = 8 * level; !layer.empty(); ++height, first /= 2) {
      for (std::size_t i = 0; i < layer.size(); ++i) trunk.keep({height, first + i}, layer[i]);
      if (layer.size() % 2 == 1) on_the_edge[{height, first + layer.size() - 1}] = layer.back();
      for (std::size_t i = 0; i < layer.size() / 2; ++i)
        layer[i] = hash_node(layer[2 * i], layer[2 * i + 1]);
      layer.resize(layer.size() / 2);
    }
  }
  trunk.edge_ = Edge::from(size, [&](const Subtree& at) { return on_the_edge.at(at); });
  return trunk;
}

}  // namespace ln::merkle
