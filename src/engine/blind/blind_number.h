// Keys and large numbers of OpenSSL with their owners. For this room only.
#pragma once

#include <openssl/bn.h>
#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ln::blind {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* thing) const {
    release(thing);
  }
};
using Number = std::unique_ptr<BIGNUM, Release<BN_clear_free>>;
using Context = std::unique_ptr<BN_CTX, Release<BN_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;

inline const unsigned char* bytes_at(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes_at(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Number number_in(std::string_view bytes);
// Big-endian, with zeros before it.
std::string bytes_of(const Number& number, std::size_t size);

struct Modulus {
  Number n, e;
  std::size_t size = 0;  // bytes
};
// Null when the bytes are no RSA key of 2048 to 4096 bits with the exponent 65537.
Key public_key_in(std::string_view der);
std::optional<Modulus> modulus_of(const Key& key);

}  // namespace ln::blind
