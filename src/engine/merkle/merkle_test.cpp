#include "engine/merkle/merkle.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_edge.h"
#include "engine/merkle/merkle_leaf.h"
#include "engine/merkle/merkle_proof.h"
#include "engine/merkle/merkle_tile.h"

namespace ln::merkle {
namespace {

std::ifstream open_vectors(const std::string& name) {
  std::ifstream file(LN_SOURCE "/test/vectors/" + name);
  REQUIRE(file.good());
  return file;
}

std::vector<std::vector<std::string>> lines_of(const std::string& name) {
  std::vector<std::vector<std::string>> lines;
  auto file = open_vectors(name);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    lines.emplace_back();
    for (std::string word; words >> word;) lines.back().push_back(word);
  }
  return lines;
}

Hash hex(const std::string& text) { return to_hash(from_hex(text).value()).value(); }

// A tree in memory, with every complete subtree kept: the reference for proofs and edges.
class Tree {
 public:
  void add(std::string_view entry) { add(hash_leaf(as_bytes(entry))); }
  void add(const Hash& leaf) {
    edge_.append(leaf, [&](Subtree at, const Hash& hash) { kept_[at] = hash; });
    leaves_.push_back(leaf);
  }
  void grow_to(std::uint64_t size) {
    while (leaves_.size() < size) add("leaf " + std::to_string(leaves_.size()));
  }
  const Edge& edge() const { return edge_; }
  const std::vector<Hash>& leaves() const { return leaves_; }
  Subtrees subtrees() const {
    return [this](Subtree at) { return kept_.at(at); };
  }
  // MTH of RFC 6962, word for word.
  Hash root(std::size_t begin, std::size_t count) const {
    if (count == 0) return empty_root();
    if (count == 1) return leaves_[begin];
    std::size_t k = 1;
    while (k * 2 < count) k *= 2;
    return hash_node(root(begin, k), root(begin + k, count - k));
  }

 private:
  Edge edge_;
  std::vector<Hash> leaves_;
  std::map<Subtree, Hash> kept_;
};

const Tree& big_tree() {
  static const Tree tree = [] {
    Tree grown;
    grown.grow_to(66'000);
    return grown;
  }();
  return tree;
}

std::string digest_of(const Proof& proof) {
  std::string all;
  for (const Hash& hash : proof) all += as_text(hash);
  return to_hex(sha256(as_bytes(all)));
}

}  // namespace

TEST_CASE("hashes are those of RFC 6962") {
  CHECK(to_hex(empty_root()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(hash_leaf({})) ==
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  CHECK(to_hex(hash_leaf(as_bytes("L123456"))) ==
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
  // RFC 5869, test case 3 (no salt, no info): the first 32 bytes.
  const std::string secret(22, '\x0b');
  CHECK(to_hex(hkdf_sha256(as_bytes(secret), {})) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
  // RFC 4231, test cases 2 and 6 (a key longer than a block).
  CHECK(to_hex(hmac_sha256(as_bytes("Jefe"),
                           {as_bytes("what do ya want "), as_bytes("for nothing?")})) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha256(as_bytes(std::string(131, '\xaa')),
                           {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK_FALSE(to_hash(std::string(31, 'x')));
  CHECK_FALSE(to_hash(std::string(33, 'x')));
}

TEST_CASE("the probes of an independent program are accepted and refused as it says") {
  // Values that are not 32 bytes cannot become a Hash, so no inclusion of them can be asked for.
  // The other program compares roots of equal sizes without looking at their length; a stand-in
  // will do.
  bool all_hashes = true;
  const auto hash = [&](const std::string& text) {
    const std::string bytes = text == "-" ? "" : from_base64(text).value();
    all_hashes = all_hashes && bytes.size() == 32;
    return to_hash(bytes).value_or(sha256(as_bytes(bytes)));
  };
  int seen = 0;
  for (const auto& words : lines_of("merkle_probes.txt")) {
    all_hashes = true;
    const std::uint64_t first = std::stoull(words[3]), second = std::stoull(words[4]);
    const Hash start = hash(words[5]), root = hash(words[6]);
    Proof proof;
    for (std::size_t i = 7; i < words.size(); ++i) proof.push_back(hash(words[i]));
    const bool accepted = words[0] == "inclusion"
                              ? all_hashes && is_included(first, second, start, proof, root)
                              : is_consistent({first, second, start, root}, proof);
    CAPTURE(words[0]);
    CAPTURE(words[2]);
    CHECK(accepted == (words[1] == "accept"));
    ++seen;
  }
  CHECK(seen == 196);
}

TEST_CASE("roots, proofs and tiles are those of Go's tlog up to 66,000 leaves") {
  const Subtrees subtrees = big_tree().subtrees();
  const auto& leaves = big_tree().leaves();
  int seen = 0;
  for (const auto& words : lines_of("tlog.txt")) {
    CAPTURE(words[1]);
    CAPTURE(words[2]);
    ++seen;
    if (words[0] == "root") {
      const std::uint64_t size = std::stoull(words[1]);
      CHECK(to_hex(root_of(size, subtrees)) == words[2]);
      CHECK(to_hex(Edge::from(size, subtrees).root()) == words[2]);
    } else if (words[0] == "inclusion") {
      const std::uint64_t index = std::stoull(words[1]), size = std::stoull(words[2]);
      CHECK(to_hex(leaves[index]) == words[3]);
      const Proof proof = prove_inclusion(index, size, subtrees);
      CHECK(std::to_string(proof.size()) == words[4]);
      CHECK(digest_of(proof) == words[5]);
      CHECK(is_included(index, size, leaves[index], proof, root_of(size, subtrees)));
    } else if (words[0] == "consistency") {
      const std::uint64_t old_size = std::stoull(words[1]), size = std::stoull(words[2]);
      const Proof proof = prove_consistency(old_size, size, subtrees);
      CHECK(std::to_string(proof.size()) == words[3]);
      CHECK(digest_of(proof) == words[4]);
      CHECK(is_consistent({old_size, size, root_of(old_size, subtrees), root_of(size, subtrees)},
                          proof));
    } else if (words[0] == "path") {
      Tile tile;
      tile.entries = words[1] == "entries";
      tile.level = tile.entries ? 0 : static_cast<unsigned>(std::stoul(words[1]));
      tile.n = std::stoull(words[2]);
      tile.width = static_cast<unsigned>(std::stoul(words[3]));
      CHECK(tile.path() == words[4]);
      CHECK(Tile::parse(words[4]) == tile);
    } else if (words[0] == "width") {
      const Tiles tiles =
          tiles_at(static_cast<unsigned>(std::stoul(words[2])), std::stoull(words[1]));
      CHECK(std::to_string(tiles.full) == words[3]);
      CHECK(std::to_string(tiles.partial_width) == words[4]);
    }
  }
  CHECK(seen == 31 + 178 + 465 + 12 + 17 + 6);
}

TEST_CASE("a tile has one name") {
  for (const char* path : {"tile/0/00",
                           "tile/0/0000",
                           "tile/0/x000/001",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p",
                           "tile/0/000/",
                           "tile/0/000.p/1/",
                           "tile/0/x001",
                           "tile/0/",
                           "tile/0",
                           "tile",
                           "",
                           "/tile/0/000",
                           "tile/0/x001/abc",
                           "tile/x/000",
                           "tile/0/x999/x999/x999/x999/x999/x999/999"}) {
    CAPTURE(path);
    CHECK_FALSE(Tile::parse(path));
  }
}

TEST_CASE("the edge has the root of the naive definition at every size") {
  Tree tree;
  CHECK(tree.edge().root() == empty_root());
  for (std::size_t size = 1; size <= 300; ++size) {
    tree.grow_to(size);
    REQUIRE(tree.edge().root() == tree.root(0, size));
    const auto again = Edge::parse(tree.edge().serialise());
    REQUIRE(again);
    REQUIRE(*again == tree.edge());
    REQUIRE(Edge::from(size, tree.subtrees()) == tree.edge());
  }
  const std::string bytes = tree.edge().serialise();
  CHECK_FALSE(Edge::parse(bytes.substr(1)));
  CHECK_FALSE(Edge::parse(bytes + "x"));
  CHECK_FALSE(Edge::parse(""));
}

TEST_CASE("every proof of a small tree holds, and none holds for anything else") {
  Tree tree;
  tree.grow_to(70);
  const Subtrees subtrees = tree.subtrees();
  SeededRandom random(1);
  for (std::uint64_t size = 1; size <= 70; ++size) {
    const Hash root = tree.root(0, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      Proof proof = prove_inclusion(index, size, subtrees);
      const Hash& leaf = tree.leaves()[index];
      REQUIRE(is_included(index, size, leaf, proof, root));
      REQUIRE_FALSE(is_included(index + 1, size, leaf, proof, root));
      REQUIRE_FALSE(is_included(size, size, leaf, proof, root));
      Hash changed = leaf;
      changed[random.below(32)] ^= 1U;
      REQUIRE_FALSE(is_included(index, size, changed, proof, root));
      proof.push_back(leaf);
      REQUIRE_FALSE(is_included(index, size, leaf, proof, root));
      proof.pop_back();
      if (proof.empty()) continue;
      Proof one_short(proof.begin(), proof.end() - 1);
      REQUIRE_FALSE(is_included(index, size, leaf, one_short, root));
      proof[random.below(proof.size())][random.below(32)] ^= 1U;
      REQUIRE_FALSE(is_included(index, size, leaf, proof, root));
    }
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      Growth growth{old_size, size, tree.root(0, old_size), root};
      Proof proof = prove_consistency(old_size, size, subtrees);
      REQUIRE(is_consistent(growth, proof));
      proof.push_back(root);
      REQUIRE_FALSE(is_consistent(growth, proof));
      proof.pop_back();
      if (!proof.empty()) {
        Proof one_short(proof.begin(), proof.end() - 1);
        REQUIRE_FALSE(is_consistent(growth, one_short));
        std::swap(growth.old_root, growth.root);
        REQUIRE_FALSE(is_consistent(growth, proof));
        std::swap(growth.old_root, growth.root);
      }
      growth.old_root[random.below(32)] ^= 1U;
      REQUIRE_FALSE(is_consistent(growth, proof));
    }
  }
}

TEST_CASE("proofs at the sizes where trees and tiles change shape") {
  const Subtrees subtrees = big_tree().subtrees();
  for (const std::uint64_t size : {1U, 2U, 3U, 255U, 256U, 257U, 65'535U, 65'536U, 65'537U}) {
    const Hash root = root_of(size, subtrees);
    for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
      const Hash& leaf = big_tree().leaves()[index];
      const Proof proof = prove_inclusion(index, size, subtrees);
      CHECK(is_included(index, size, leaf, proof, root));
      CHECK_FALSE(is_included(size, size, leaf, proof, root));
    }
  }
  CHECK(is_consistent({0, 0, empty_root(), empty_root()}, {}));
  CHECK_FALSE(is_consistent({0, 0, Hash{}, Hash{}}, {}));
  CHECK_FALSE(is_consistent({0, 5, empty_root(), Hash{}}, {}));
  CHECK_FALSE(is_included(0, 0, Hash{}, {}, empty_root()));
}

TEST_CASE("sizes up to the last number are walked without overflow") {
  const Hash leaf = hash_leaf(as_bytes("x"));
  const Proof proof(64, leaf);
  constexpr std::uint64_t most = ~std::uint64_t{0};
  for (const std::uint64_t size : {std::uint64_t{1} << 63, most, most - 1})
    for (const std::uint64_t index : {std::uint64_t{0}, size - 1, size})
      CHECK_FALSE(is_included(index, size, leaf, proof, leaf));
  CHECK_FALSE(is_consistent({most - 1, most, leaf, leaf}, proof));
  // A tree of 2^63 equal leaves can be described, so a proof in it can be true.
  Hash root = leaf;
  Proof path;
  for (int i = 0; i < 63; ++i) {
    path.push_back(root);
    root = hash_node(root, root);
  }
  CHECK(is_included((std::uint64_t{1} << 63) - 1, std::uint64_t{1} << 63, leaf, path, root));
}

TEST_CASE("case leaves are those of an independent program") {
  CaseKey key{};
  for (const auto& words : lines_of("leaves.txt")) {
    if (words[0] == "key") {
      key = hex(words[1]);
      continue;
    }
    Salt salt;
    const std::string bytes = from_hex(words[2]).value();
    std::copy(bytes.begin(), bytes.end(), salt.begin());
    const Hash tag = tag_of(key, static_cast<std::uint32_t>(std::stoul(words[1])));
    const Hash commit = commit_to(salt, words[7]);
    CHECK(to_hex(tag) == words[3]);
    CHECK(to_hex(commit) == words[4]);
    const Leaf leaf = make_leaf(tag, commit);
    CHECK(to_hex(leaf) == words[5]);
    CHECK(to_hex(hash_leaf(leaf)) == words[6]);
  }
}

TEST_CASE("payloads are written in the canonical form of RFC 8785") {
  CanonicalObject object;
  object.text("body", "\u20ac$\x0F\nA'B\"\\\"/\x7F Đường");
  object.texts("files", std::vector<std::string>{"a", "\t\b\f\r"});
  object.texts("none", std::vector<std::string>{});
  object.number("v", -1);
  CHECK(std::move(object).take() ==
        "{\"body\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\x7F Đường\","
        "\"files\":[\"a\",\"\\t\\b\\f\\r\"],\"none\":[],\"v\":-1}");
  CHECK(CanonicalObject().take() == "{}");
}

}  // namespace ln::merkle
