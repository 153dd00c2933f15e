// Hashes of the ledger: SHA-256 as RFC 6962 §2.1 uses it, and what is built from it.
//
// The tree of n leaves is split at k, the largest power of two below n; a lone right node is
// promoted, never doubled. The empty tree's root is the hash of nothing, not 32 zero bytes.
// Everything here is pure: bytes in, values out, the same on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace ln::merkle {

using Bytes = std::span<const std::uint8_t>;
using Hash = std::array<std::uint8_t, 32>;

// SHA-256 of the parts, one after the other.
Hash sha256(std::initializer_list<Bytes> parts);
inline Hash sha256(Bytes bytes) { return sha256({bytes}); }

// RFC 2104 and RFC 5869 with SHA-256. `hkdf_sha256` gives the first 32 bytes, with an empty salt.
Hash hmac_sha256(Bytes key, std::initializer_list<Bytes> parts);
Hash hkdf_sha256(Bytes secret, Bytes info);

// The root of the tree without leaves: e3b0c442…b855.
Hash empty_root();
// SHA-256(0x00 || entry).
Hash hash_leaf(Bytes entry);
// SHA-256(0x01 || left || right).
Hash hash_node(const Hash& left, const Hash& right);

// The hash spelled by `bytes`; null unless there are exactly 32.
std::optional<Hash> to_hash(std::string_view bytes);

// A complete subtree: the leaves [index·2^level, (index+1)·2^level).
struct Subtree {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const Subtree&) const = default;
};

// Gives the hash of a complete subtree of a stored tree. It is asked only for subtrees within the
// size the asker named; it throws when what is stored is damaged.
using Subtrees = std::function<Hash(Subtree)>;

}  // namespace ln::merkle
