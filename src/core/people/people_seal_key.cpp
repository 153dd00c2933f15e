// The wing of sealing for the files in which holders keep their keys.
#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/check.h"
#include "base/text.h"
#include "core/people/people_seal.h"

namespace ln::people {
namespace {

constexpr std::string_view key_title = "langnghe holder key 1\n";

// The rest of the line that begins with "name: "; empty when there is none.
std::string_view line_of(std::string_view file, std::string_view name) {
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    const std::string_view line = file.substr(0, end);
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": "))
      return line.substr(name.size() + 2);
    file.remove_prefix(std::min(end + 1, file.size()));
  }
  return {};
}

template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> bytes_of_line(std::string_view file,
                                                            std::string_view name) {
  const auto bytes = from_base64(line_of(file, name));
  if (!bytes || bytes->size() != size) return std::nullopt;
  std::array<std::uint8_t, size> out{};
  std::ranges::copy(as_bytes(*bytes), out.begin());
  return out;
}

using Salt = std::array<std::uint8_t, crypto_pwhash_SALTBYTES>;
using Nonce = std::array<std::uint8_t, crypto_secretbox_NONCEBYTES>;
using Box = std::array<std::uint8_t, crypto_secretbox_MACBYTES + sizeof(SecretKey)>;

// The key under which a passphrase keeps a holder's key. This is the one place where a guess costs
// nobody but the thief anything, so it is dearer than a sign-in.
std::array<std::uint8_t, 32> stretched(std::string_view passphrase, const Salt& salt) {
  std::array<std::uint8_t, 32> key{};
  const int done = crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(),
                                 salt.data(), crypto_pwhash_OPSLIMIT_MODERATE,
                                 crypto_pwhash_MEMLIMIT_MODERATE, crypto_pwhash_ALG_ARGON2ID13);
  CHECK(done == 0);
  return key;
}

}  // namespace

std::string to_key_file(const KeyPair& key, std::string_view passphrase, Random& random) {
  CHECK(sodium_init() >= 0);
  std::string file(key_title);
  file += "fingerprint: " + fingerprint(key.public_key) + "\n";
  file += "public: " + to_base64(key.public_key) + "\n";
  if (passphrase.empty()) return file + "secret: " + to_base64(key.secret_key) + "\n";
  const auto salt = random.bytes<crypto_pwhash_SALTBYTES>();
  const auto nonce = random.bytes<crypto_secretbox_NONCEBYTES>();
  Box box{};
  crypto_secretbox_easy(box.data(), key.secret_key.data(), key.secret_key.size(), nonce.data(),
                        stretched(passphrase, salt).data());
  file += "salt: " + to_base64(salt) + "\nnonce: " + to_base64(nonce) + "\n";
  return file + "locked: " + to_base64(box) + "\n";
}

bool needs_passphrase(std::string_view key_file) { return !line_of(key_file, "locked").empty(); }

Result<KeyPair> from_key_file(std::string_view key_file, std::string_view passphrase) {
  CHECK(sodium_init() >= 0);
  const Error not_a_key{ErrorKind::invalid, "people.error.not_a_key"_t};
  const auto public_key = bytes_of_line<32>(key_file, "public");
  if (key_file.size() > 4096 || !key_file.starts_with(key_title) || !public_key) return not_a_key;
  KeyPair pair{*public_key, {}};
  if (needs_passphrase(key_file)) {
    const auto salt = bytes_of_line<sizeof(Salt)>(key_file, "salt");
    const auto nonce = bytes_of_line<sizeof(Nonce)>(key_file, "nonce");
    const auto box = bytes_of_line<sizeof(Box)>(key_file, "locked");
    if (!salt || !nonce || !box) return not_a_key;
    if (crypto_secretbox_open_easy(pair.secret_key.data(), box->data(), box->size(), nonce->data(),
                                   stretched(passphrase, *salt).data()) != 0)
      return Error{ErrorKind::forbidden, "people.error.passphrase"_t};
  } else {
    const auto secret = bytes_of_line<32>(key_file, "secret");
    if (!secret) return not_a_key;
    pair.secret_key = *secret;
  }
  PublicKey computed{};
  crypto_scalarmult_base(computed.data(), pair.secret_key.data());
  if (computed != pair.public_key) return not_a_key;
  return pair;
}

}  // namespace ln::people
