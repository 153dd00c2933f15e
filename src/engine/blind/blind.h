// Blind signatures: somebody signs what they cannot read, and later knows their signature again
// without knowing when they gave it.
//
// RFC 9474, the variant RSABSSA-SHA384-PSS-Randomized: RSA, PSS with SHA-384, MGF1 with SHA-384 and
// a salt of 48 bytes, over 32 random bytes followed by what is signed. Keys travel as bytes: the
// public half as SubjectPublicKeyInfo (rsaEncryption, DER, as browsers read it), the private half
// as RSAPrivateKey (RFC 8017, A.1.2, DER). Whoever asks for a signature is in blind_client.h.
//
// Every function here takes what came from outside: it refuses with nothing and never throws for
// what it was given. Pure: randomness is a parameter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace ln::blind {

// Of the keys made here, and the least and most that is read. The public exponent is 65537.
inline constexpr int key_bits = 2048, key_bits_max = 4096;
inline constexpr std::size_t prefix_size = 32, salt_size = 48;

struct KeyPair {
  std::string public_key{}, private_key{};
};
// A new key of key_bits. Two primes of half the size with the two highest bits set, drawn until
// one is prime (FIPS 186-5, A.1.3; the test is OpenSSL's). The same bytes give the same key: with
// SeededRandom it is no secret. Takes some tenths of a second.
KeyPair make_key(Random& random);

// How many bytes a signature, and a blinded message, of this key has; null: it is no key of ours.
std::optional<std::size_t> signature_size(std::string_view public_key);

// BlindSign (RFC 9474, 4.3). Null when `blinded` has another size than the modulus or is not below
// it, when the key is none, and when the result does not verify, which a fault of the machine would
// be; a faulty signature must not leave, because it can give the key away. The exponentiation is
// OpenSSL's, blinded and in constant time.
std::optional<std::string> sign(std::string_view private_key, std::string_view blinded);

// Verify (RFC 9474, 4.5): `message` is the prepared one, with its 32 random bytes before it.
bool verify(std::string_view public_key, std::string_view message, std::string_view signature);

// A token as people carry it: "CT-12-" and the base64url of message and signature, without padding.
// It says for which draft it is, so that one for another draft can be told from a forged one.
inline constexpr std::size_t nonce_size = 32;
inline constexpr std::size_t message_size = prefix_size + nonce_size;
struct Token {
  std::int64_t draft = 0;
  std::string message{}, signature{};
  friend bool operator==(const Token&, const Token&) = default;
};
std::string text_of(const Token& token);
// Spaces and line breaks, which paper and mail put in, are left out. Null for what is no token of
// a key of key_bits; whether the signature is one is asked by verify().
std::optional<Token> read_token(std::string_view text);

// Without padding, with '-' and '_' (RFC 4648, 5). Null for anything else and for bits beyond the
// last byte.
std::string to_base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace ln::blind
