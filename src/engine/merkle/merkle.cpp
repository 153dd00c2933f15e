#include "engine/merkle/merkle.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "base/check.h"

namespace ln::merkle {
namespace {

// The digest is fetched once and its context used again: fetching for each hash makes hashing
// nearly three times as slow. One per thread, and no value of it outlives a call.
class Sha256 {
 public:
  Sha256() : digest_(EVP_MD_fetch(nullptr, "SHA256", nullptr)), context_(EVP_MD_CTX_new()) {
    if (digest_ == nullptr || context_ == nullptr) throw std::runtime_error("no SHA-256");
  }
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  ~Sha256() {
    EVP_MD_CTX_free(context_);
    EVP_MD_free(digest_);
  }
  Hash operator()(Bytes prefix, std::initializer_list<Bytes> parts) {
    Hash hash;
    bool fine = EVP_DigestInit_ex2(context_, digest_, nullptr) == 1;
    fine = fine && EVP_DigestUpdate(context_, prefix.data(), prefix.size()) == 1;
    for (const Bytes part : parts)
      fine = fine && EVP_DigestUpdate(context_, part.data(), part.size()) == 1;
    fine = fine && EVP_DigestFinal_ex(context_, hash.data(), nullptr) == 1;
    CHECK(fine);
    return hash;
  }

 private:
  EVP_MD* digest_;
  EVP_MD_CTX* context_;
};

Hash digest(Bytes prefix, std::initializer_list<Bytes> parts) {
  thread_local Sha256 sha256;
  return sha256(prefix, parts);
}

constexpr std::uint8_t leaf_prefix[] = {0};
constexpr std::uint8_t node_prefix[] = {1};

}  // namespace

Hash sha256(std::initializer_list<Bytes> parts) { return digest({}, parts); }

Hash hmac_sha256(Bytes key, std::initializer_list<Bytes> parts) {
  std::array<std::uint8_t, 64> block{};
  if (key.size() > block.size()) {
    const Hash shorter = sha256(key);
    std::copy(shorter.begin(), shorter.end(), block.begin());
  } else {
    std::copy(key.begin(), key.end(), block.begin());
  }
  std::array<std::uint8_t, 64> inner{}, outer{};
  for (std::size_t i = 0; i < block.size(); ++i) {
    inner[i] = block[i] ^ 0x36U;
    outer[i] = block[i] ^ 0x5CU;
  }
  return digest(outer, {digest(inner, parts)});
}

Hash hkdf_sha256(Bytes secret, Bytes info) {
  constexpr Hash no_salt{};
  constexpr std::uint8_t first_block[] = {1};
  return hmac_sha256(hmac_sha256(no_salt, {secret}), {info, first_block});
}

Hash empty_root() { return sha256(Bytes{}); }
Hash hash_leaf(Bytes entry) { return digest(leaf_prefix, {entry}); }
Hash hash_node(const Hash& left, const Hash& right) { return digest(node_prefix, {left, right}); }

std::optional<Hash> to_hash(std::string_view bytes) {
  Hash hash;
  if (bytes.size() != hash.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace ln::merkle
