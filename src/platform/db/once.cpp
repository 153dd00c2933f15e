#include "platform/db/once.h"

#include <sodium.h>

#include <array>

#include "base/text.h"

namespace ln::db {
namespace {

using Hash = std::array<std::uint8_t, 32>;
static_assert(crypto_secretbox_KEYBYTES == sizeof(Hash));

// BLAKE2b keyed with the purpose, so that the row's name tells nothing about the key that opens it.
Hash derive(std::string_view purpose, std::string_view key) {
  Hash made{};
  if (crypto_generichash(made.data(), made.size(), as_bytes(key).data(), key.size(),
                         as_bytes(purpose).data(), purpose.size()) != 0)
    throw Failure("BLAKE2b is not available");
  return made;
}

Hash row_of(std::string_view key) { return derive("langnghe once v1 row", key); }
Hash box_of(std::string_view key) { return derive("langnghe once v1 box", key); }

// A commit may run twice and draws no randomness, so the nonce comes from key and outcome: two
// different outcomes never share one.
std::array<std::uint8_t, crypto_secretbox_NONCEBYTES> nonce_of(std::string_view key,
                                                               std::string_view outcome) {
  const Hash under = derive("langnghe once v1 nonce", key);
  std::array<std::uint8_t, crypto_secretbox_NONCEBYTES> nonce{};
  if (crypto_generichash(nonce.data(), nonce.size(), as_bytes(outcome).data(), outcome.size(),
                         under.data(), under.size()) != 0)
    throw Failure("BLAKE2b is not available");
  return nonce;
}

}  // namespace

std::optional<std::string> Once::find(Read& read, std::string_view key) {
  const Hash row = row_of(key);
  const auto sealed = read.one(
      "SELECT sealed FROM db_once WHERE key_hash = $1",
      [](const Row& found) { return found.text(0); }, Blob{row});
  if (!sealed) return std::nullopt;
  constexpr std::size_t nonce_size = crypto_secretbox_NONCEBYTES;
  const auto bytes = as_bytes(*sealed);
  if (bytes.size() < nonce_size + crypto_secretbox_MACBYTES)
    throw Failure("a row of db_once is cut short", Failure::Kind::corrupt);
  const auto box = bytes.subspan(nonce_size);
  std::string outcome(box.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(outcome.data()), box.data(),
                                 box.size(), bytes.data(), box_of(key).data()) != 0)
    throw Failure("a row of db_once was changed", Failure::Kind::corrupt);
  return outcome;
}

bool Once::save(Write& write, std::string_view key, std::string_view outcome, Instant now) {
  const Hash row = row_of(key);
  const auto nonce = nonce_of(key, outcome);
  std::vector<std::uint8_t> sealed(nonce.begin(), nonce.end());
  sealed.resize(nonce.size() + crypto_secretbox_MACBYTES + outcome.size());
  crypto_secretbox_easy(sealed.data() + nonce.size(), as_bytes(outcome).data(), outcome.size(),
                        nonce.data(), box_of(key).data());
  return 1 == write.run(
                  "INSERT INTO db_once (key_hash, sealed, created_at) VALUES ($1, $2, $3) "
                  "ON CONFLICT (key_hash) DO NOTHING",
                  Blob{row}, Blob{sealed}, now);
}

std::int64_t Once::forget_before(Write& write, Instant limit) {
  return write.run("DELETE FROM db_once WHERE created_at < $1", limit);
}

}  // namespace ln::db
