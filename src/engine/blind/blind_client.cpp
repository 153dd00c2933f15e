#include "engine/blind/blind_client.h"

#include <array>
#include <new>

#include "base/text.h"
#include "engine/blind/blind.h"
#include "engine/blind/blind_number.h"

namespace ln::blind {
namespace {

constexpr std::size_t hash_size = 48;

std::string sha384(std::string_view text) {
  std::string out(hash_size, '\0');
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), bytes_at(out), &size, EVP_sha384(), nullptr) != 1)
    throw std::bad_alloc();
  return out;
}

// MGF1 (RFC 8017, B.2.1), laid over `text`.
void mask(std::string& text, const std::string& seed) {
  for (std::size_t block = 0; block * hash_size < text.size(); ++block) {
    const std::string counter = {0, 0, 0, static_cast<char>(block)};
    const std::string bits = sha384(seed + counter);
    for (std::size_t i = 0; i < hash_size && block * hash_size + i < text.size(); ++i)
      text[block * hash_size + i] = static_cast<char>(text[block * hash_size + i] ^ bits[i]);
  }
}

// EMSA-PSS-ENCODE (RFC 8017, 9.1.1) for a modulus of `size` whole bytes: one bit less.
std::string encoded(std::string_view message, std::string_view salt, std::size_t size) {
  std::string seed = std::string(8, '\0') + sha384(message);
  seed += salt;
  const std::string hash = sha384(seed);
  std::string block(size - salt.size() - hash_size - 2, '\0');
  block += '\1';
  block += salt;
  mask(block, hash);
  block.front() = static_cast<char>(block.front() & 0x7f);
  return block + hash + '\xbc';
}

std::string drawn(Random& random, std::size_t size) {
  std::string bytes(size, '\0');
  random.fill({bytes_at(bytes), size});
  return bytes;
}

}  // namespace

std::string prepare(std::string_view what, Random& random) {
  return drawn(random, prefix_size).append(what);
}

std::optional<Blinded> blind_with(std::string_view public_key,
                                  std::string_view message,
                                  std::string_view salt,
                                  std::string_view inverse) {
  const Key key = public_key_in(public_key);
  const auto modulus = key ? modulus_of(key) : std::nullopt;
  if (!modulus || inverse.size() != modulus->size || salt.size() != salt_size) return std::nullopt;
  const Context context(BN_CTX_secure_new());
  const Number from = number_in(inverse), out(BN_secure_new());
  const Number m = number_in(encoded(message, salt, modulus->size));
  const Number r(BN_mod_inverse(nullptr, from.get(), modulus->n.get(), context.get()));
  if (!r) return std::nullopt;
  BN_set_flags(r.get(), BN_FLG_CONSTTIME);
  const bool fine =
      BN_mod_exp(out.get(), r.get(), modulus->e.get(), modulus->n.get(), context.get()) == 1 &&
      BN_mod_mul(out.get(), out.get(), m.get(), modulus->n.get(), context.get()) == 1;
  if (!fine) throw std::bad_alloc();
  return Blinded{bytes_of(out, modulus->size), std::string(inverse)};
}

std::optional<Blinded> blind(std::string_view public_key,
                             std::string_view message,
                             Random& random) {
  const Key key = public_key_in(public_key);
  const auto modulus = key ? modulus_of(key) : std::nullopt;
  if (!modulus) return std::nullopt;
  const std::string salt = drawn(random, salt_size);
  for (;;) {
    const std::string inverse = drawn(random, modulus->size);
    // Drawn again until it is below the modulus, so that every one is as likely as any other.
    if (BN_cmp(number_in(inverse).get(), modulus->n.get()) >= 0) continue;
    if (auto made = blind_with(public_key, message, salt, inverse)) return made;
  }
}

std::optional<std::string> finalize(std::string_view public_key,
                                    std::string_view message,
                                    std::string_view blind_signature,
                                    std::string_view inverse) {
  const Key key = public_key_in(public_key);
  const auto modulus = key ? modulus_of(key) : std::nullopt;
  if (!modulus || blind_signature.size() != modulus->size || inverse.size() != modulus->size)
    return std::nullopt;
  const Context context(BN_CTX_secure_new());
  const Number s(BN_secure_new());
  if (BN_mod_mul(s.get(), number_in(blind_signature).get(), number_in(inverse).get(),
                 modulus->n.get(), context.get()) != 1)
    throw std::bad_alloc();
  std::string signature = bytes_of(s, modulus->size);
  if (!verify(public_key, message, signature)) return std::nullopt;
  return signature;
}

}  // namespace ln::blind
