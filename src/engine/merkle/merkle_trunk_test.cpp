#include "engine/merkle/merkle_trunk.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "base/text.h"
#include "engine/merkle/merkle_proof.h"
#include "engine/merkle/merkle_tile.h"

namespace ln::merkle {
namespace {

// Grows a trunk and keeps what the database would keep: leaf hashes and crowns.
struct Stored {
  Trunk trunk;
  std::vector<Hash> leaves;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> crowns;
  std::map<Subtree, Hash> all;  // every complete subtree, to compare with

  void grow_to(std::size_t size) {
    Edge edge = trunk.edge();
    while (leaves.size() < size) {
      const Hash leaf = hash_leaf(as_bytes("leaf " + std::to_string(leaves.size())));
      edge.append(leaf, [&](const Subtree& at, const Hash& hash) { all[at] = hash; });
      trunk.append(leaf, [&](unsigned level, std::uint64_t n, std::string_view bytes) {
        REQUIRE(bytes.size() == crown_size);
        REQUIRE(crowns.emplace(std::pair(level, n), bytes).second);
      });
      leaves.push_back(leaf);
    }
  }
  // The trunk of the first `size` leaves, from leaves and roots of crowns alone.
  Trunk again(std::size_t size, std::size_t& asked) const {
    return Trunk::from(size, [&](unsigned level, std::uint64_t first, std::size_t count) {
      asked += count;
      std::vector<Hash> hashes;
      for (std::uint64_t n = first; n < first + count; ++n)
        hashes.push_back(level == 0
                             ? leaves.at(n)
                             : *to_hash(std::string_view(crowns.at({level, n})).substr(0, 32)));
      return hashes;
    });
  }
};

}  // namespace

TEST_CASE("crowns hold the upper six layers of each complete tile and nothing else") {
  Stored stored;
  stored.grow_to(66'000);
  std::size_t found = 0;
  for (const auto& [at, hash] : stored.all) {
    const auto place = crown_place(at);
    if (!place) continue;
    const auto crown = stored.crowns.find({place->level, place->n});
    if (crown == stored.crowns.end()) continue;
    REQUIRE(crown->second.substr(place->at * 32, 32) == as_text(hash));
    ++found;
  }
  CHECK(stored.crowns.size() == 257 + 1);
  CHECK(found == stored.crowns.size() * crown_hashes);
  CHECK_FALSE(crown_place({0, 5}));
  CHECK_FALSE(crown_place({2, 5}));
  CHECK(crown_place({3, 33}) == CrownPlace{1, 1, 32});
  CHECK(crown_place({8, 7}) == CrownPlace{1, 7, 0});
  CHECK_FALSE(crown_place({9, 0}));
  CHECK_FALSE(crown_place({10, 0}));
  CHECK(crown_place({11, 0}) == CrownPlace{2, 0, 31});
}

TEST_CASE("a trunk read from what is stored goes on as if it had never stopped") {
  Stored stored;
  for (const std::size_t size : {0U, 1U, 2U, 7U, 8U, 9U, 255U, 256U, 257U, 511U, 512U, 700U,
                                 65'535U, 65'536U, 65'537U, 65'793U}) {
    stored.grow_to(size);
    std::size_t asked = 0;
    Trunk again = stored.again(size, asked);
    REQUIRE(again.edge() == stored.trunk.edge());
    REQUIRE(asked <= 3 * 255);
    // It completes the next crowns with the same bytes.
    std::map<std::pair<unsigned, std::uint64_t>, std::string> next;
    Stored twin = stored;
    twin.grow_to(size + 256);
    for (std::size_t i = size; i < size + 256; ++i)
      again.append(twin.leaves[i], [&](unsigned level, std::uint64_t n, std::string_view bytes) {
        next[{level, n}] = bytes;
      });
    REQUIRE(again.edge() == twin.trunk.edge());
    REQUIRE(!next.empty());
    for (const auto& [place, bytes] : next) REQUIRE(twin.crowns.at(place) == bytes);
  }
}

TEST_CASE("bundles of entries are those of another program") {
  std::ifstream file(LN_SOURCE "/test/vectors/tessera_log.txt");
  std::vector<std::string> entries;
  int seen = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("entry ")) entries.push_back(line.substr(6));
    if (!line.starts_with("bundle ")) continue;
    std::istringstream words(line.substr(7));
    std::size_t width = 0;
    std::string hex, bundle;
    words >> width >> hex;
    for (std::size_t i = 0; i < width; ++i) add_to_bundle(bundle, entries.at(i));
    CHECK(to_hex(as_bytes(bundle)) == hex);
    ++seen;
  }
  CHECK(seen == 3);
  std::string bundle;
  add_to_bundle(bundle, std::string(257, 'x'));
  CHECK(bundle == "\x01\x01" + std::string(257, 'x'));
}

}  // namespace ln::merkle
