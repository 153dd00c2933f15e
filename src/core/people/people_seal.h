// Protected identities: sealed so that the server itself cannot read them.
//
// Three holders A, B and C each keep a private key on a machine of their own. A text is sealed
// three times, once for each pair of them (A then B, B then C, C then A), each time in two nested
// boxes (libsodium's crypto_box_seal), so that any two holders together can open it and one alone
// learns nothing but its length in steps of 256 bytes. The server knows public keys only. Opening
// happens offline with `langnghe unseal`: each holder peels the boxes that are theirs and passes
// the rest on.
//
// The bytes are text, so that they travel by any means:
//
//   langnghe sealed 1
//   1f2e3d4c,99aa0b1c BASE64         the boxes from the outermost inwards, by the key that opens
//   each …
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"

namespace ln::people {

using PublicKey = std::array<std::uint8_t, 32>;
using SecretKey = std::array<std::uint8_t, 32>;
struct KeyPair {
  PublicKey public_key;
  SecretKey secret_key;
};

KeyPair make_key_pair(Random& random);
// Eight hexadecimal digits by which people and files name a key.
std::string fingerprint(const PublicKey& key);

inline constexpr std::size_t sealed_text_max = 4096;  // bytes

// `text` for any two of `holders`, whose keys differ. Draws randomness: prepare, do not commit,
// with it. Precondition: text.size() <= sealed_text_max.
std::string seal(std::string_view text, const std::array<PublicKey, 3>& holders, Random& random);

// What one holder's work leaves.
struct Peeled {
  std::optional<std::string> text;     // the plain text, when the last box came off
  std::string sealed;                  // otherwise the file to pass on
  std::vector<std::string> next_keys;  // fingerprints of those who can go on from there
};
// Takes off every outermost box that `key` opens. Refuses (ErrorKind::invalid) what is no sealed
// file, and a file none of whose outermost boxes is for this key or which was damaged.
Result<Peeled> peel(std::string_view sealed, const KeyPair& key);

// Fingerprints of the keys that open an outermost box; empty for what is no sealed file.
std::vector<std::string> outermost_keys(std::string_view sealed);

// A holder's key as the text of a file, in the clear or under a passphrase (Argon2id, secretbox).
std::string to_key_file(const KeyPair& key, std::string_view passphrase, Random& random);
bool needs_passphrase(std::string_view key_file);
// Refuses what is no key file, is damaged, or has another passphrase.
Result<KeyPair> from_key_file(std::string_view key_file, std::string_view passphrase);

}  // namespace ln::people
