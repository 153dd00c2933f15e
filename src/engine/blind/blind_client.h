// The half of whoever asks for a blind signature (blind.h): in the reader's browser it is
// assets/src/token; here for tests and samples.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace ln::blind {

// What goes to the signer, and what stays: only who has `inverse` can make a signature of the
// answer. Both have the size of the modulus.
struct Blinded {
  std::string message{}, inverse{};
};

// PrepareRandomize (RFC 9474, 4.1): 32 random bytes before what is signed.
std::string prepare(std::string_view what, Random& random);
// Blind (RFC 9474, 4.2) of a prepared message. Null when the key is none.
std::optional<Blinded> blind(std::string_view public_key, std::string_view message, Random& random);
// The same with a salt and an inverse that are given; for known answers. Null when the inverse has
// none itself.
std::optional<Blinded> blind_with(std::string_view public_key,
                                  std::string_view message,
                                  std::string_view salt,
                                  std::string_view inverse);
// Finalize (RFC 9474, 4.4). Null when what comes out does not verify: the signer gave something
// else than a signature.
std::optional<std::string> finalize(std::string_view public_key,
                                    std::string_view message,
                                    std::string_view blind_signature,
                                    std::string_view inverse);

}  // namespace ln::blind
