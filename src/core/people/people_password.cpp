#include "core/people/people_password.h"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "base/check.h"
#include "base/text.h"
#include "core/people/people_sodium.h"

namespace ln::people {
namespace {

std::string to_unpadded(std::span<const std::uint8_t> bytes) {
  std::string text = to_base64(bytes);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

// The number after `name` in "$m=65536,t=2,p=1$"; 0 when there is none.
std::uint64_t number_after(std::string_view hash, std::string_view name) {
  const std::size_t at = hash.find(name);
  if (at == std::string_view::npos) return 0;
  const std::string_view rest = hash.substr(at + name.size());
  const auto number = parse_number(rest.substr(0, rest.find_first_not_of("0123456789")));
  return number ? static_cast<std::uint64_t>(*number) : 0;
}

}  // namespace

std::string hash_password(std::string_view password, Random& random, const PasswordCost& cost) {
  start_sodium();
  // crypto_pwhash_str would draw the salt itself; randomness is a parameter in this house.
  const auto salt = random.bytes<crypto_pwhash_SALTBYTES>();
  std::array<std::uint8_t, 32> raw{};
  if (crypto_pwhash(raw.data(), raw.size(), password.data(), password.size(), salt.data(),
                    cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    throw std::runtime_error("not enough memory to hash a password");
  std::string hash = "$argon2id$v=19$m=" + std::to_string(cost.memory / 1024) +
                     ",t=" + std::to_string(cost.passes) + ",p=1$" + to_unpadded(salt) + "$" +
                     to_unpadded(raw);
  sodium_memzero(raw.data(), raw.size());
  CHECK(hash.size() < crypto_pwhash_STRBYTES);
  return hash;
}

bool is_password(std::string_view hash, std::string_view password) {
  start_sodium();
  if (hash.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string terminated(hash);
  return crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
}

PasswordCost cost_of(std::string_view hash) {
  const std::uint64_t memory = number_after(hash, "$m="), passes = number_after(hash, ",t=");
  if (memory == 0 || passes == 0) return interactive_cost;
  return {passes, static_cast<std::size_t>(memory) * 1024};
}

std::string make_password(Random& random) {
  constexpr std::string_view alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::string password;
  for (int i = 0; i < 20; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += alphabet[random.below(alphabet.size())];
  }
  return password;
}

}  // namespace ln::people
