// A log for tests of witnesses: the trees that its leaves make, signed with its key. A copy that
// goes on with other leaves tells another history under the same name and key.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_witness.h"

namespace ln::test {

class SmallLog {
 public:
  explicit SmallLog(std::string origin = "so-cai.example", std::uint8_t seed = 1)
      : key_(std::move(origin), merkle::Seed{seed}) {}

  const merkle::Signer& key() const { return key_; }
  std::string vkey() const { return key_.verifier().text(); }
  // Adds leaves until there are `size`; they say `word` and their number.
  SmallLog& grow(std::uint64_t size, const std::string& word = "leaf") {
    while (leaves_.size() < size)
      leaves_.push_back(merkle::hash_leaf(as_bytes(word + std::to_string(leaves_.size()))));
    return *this;
  }
  merkle::Hash root(std::uint64_t size) const { return merkle::root_of(size, subtrees()); }
  std::string head(std::uint64_t size) const {
    merkle::Note note{merkle::Checkpoint{key_.verifier().name, size, root(size)}.text(), {}};
    note.signatures.push_back(key_.sign(note.text));
    return note.serialise();
  }
  merkle::Proof proof(std::uint64_t old_size, std::uint64_t size) const {
    if (old_size == 0 || old_size >= size) return {};
    return merkle::prove_consistency(old_size, size, subtrees());
  }
  // The body of a request that is as it should be.
  std::string request(std::uint64_t old_size, std::uint64_t size) const {
    return merkle::AddCheckpoint{old_size, proof(old_size, size), head(size)}.text();
  }

 private:
  merkle::Subtrees subtrees() const {
    return [this](const merkle::Subtree& subtree) { return hash_of(subtree); };
  }
  merkle::Hash hash_of(const merkle::Subtree& subtree) const {
    if (subtree.level == 0) return leaves_.at(subtree.index);
    return merkle::hash_node(hash_of({subtree.level - 1, 2 * subtree.index}),
                             hash_of({subtree.level - 1, 2 * subtree.index + 1}));
  }
  merkle::Signer key_;
  std::vector<merkle::Hash> leaves_;
};

}  // namespace ln::test
