// What a case leaf is made of, and canonical JSON for what it commits to (docs/formats/ledger.md).
//
//   leaf    0x01 || tag[32] || commit[32]
//   tag     HMAC-SHA256(case key, "langnghe/tag/v1\n" || uint32be(seq))
//   commit  SHA-256("langnghe/commit/v1\n" || salt[64] || payload)
//
// To everybody without the case key and the salt a leaf is 65 random bytes. The salt is 64 bytes,
// not 32, so that even an unbounded guesser learns nothing once it is destroyed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/merkle/merkle.h"

namespace ln::merkle {

using CaseKey = std::array<std::uint8_t, 32>;
using Salt = std::array<std::uint8_t, 64>;
using Leaf = std::array<std::uint8_t, 65>;

Hash tag_of(const CaseKey& key, std::uint32_t seq);
Hash commit_to(const Salt& salt, std::string_view payload);
Leaf make_leaf(const Hash& tag, const Hash& commit);
// Whether these bytes have the form of a case leaf: 65 of them, the first 0x01.
bool is_case_leaf(std::string_view bytes);

// Writes one flat object in the canonical form of RFC 8785. Names are given in ascending order and
// are ASCII; the compiler cannot check it, so a CHECK does.
class CanonicalObject {
 public:
  // Text is UTF-8 in NFC; the writer's business.
  void text(std::string_view name, std::string_view value);
  // Precondition: within ±(2^53 - 1), where every JSON reader is exact.
  void number(std::string_view name, std::int64_t value);
  void texts(std::string_view name, std::span<const std::string> values);
  // The object. Nothing may be added afterwards.
  std::string take() &&;

 private:
  void begin(std::string_view name);
  std::string json_ = "{";
  std::string last_name_;
};

}  // namespace ln::merkle
