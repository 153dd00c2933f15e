#include "feature/consultation/consultation_token.h"

#include "base/text.h"
#include "core/people/people_citizen.h"
#include "core/people/people_code.h"
#include "engine/merkle/merkle.h"

namespace ln::consultation {
namespace {

std::string hashed(std::string_view kind, std::string_view what) {
  const std::string text = "langnghe " + std::string(kind) + " 1\n" + std::string(what);
  return std::string(as_text(merkle::sha256(as_bytes(text))));
}

}  // namespace

std::string hash_of(const TokenKey& key) {
  return std::string(as_text(merkle::sha256(as_bytes(key.public_key))));
}

std::string shown_hash(const TokenKey& key) {
  const std::string hex = to_hex(as_bytes(hash_of(key)));
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 4) out += (i == 0 ? "" : " ") + hex.substr(i, 4);
  return out;
}

std::optional<std::int64_t> told(std::int64_t count) {
  return count >= token_floor ? std::optional(count) : std::nullopt;
}

bool may_tell_apart(std::int64_t by_token, std::int64_t nameless) {
  return by_token >= token_floor && nameless - by_token >= token_floor;
}

std::int64_t slips_most(std::int64_t audience) { return audience / 2 / token_floor * token_floor; }

std::string slip_hash(std::string_view secret) { return hashed("slip", secret); }

std::optional<Brought> read_brought(std::string_view typed) {
  if (auto token = blind::read_token(typed)) {
    std::string hash = hashed("token", token->message);
    return Brought{std::move(hash), std::move(token)};
  }
  const std::string secret = people::plain_secret(typed);
  if (secret.size() != people::secret_size ||
      secret.find_first_not_of(people::code_letters) != std::string::npos)
    return std::nullopt;
  return Brought{slip_hash(secret), std::nullopt};
}

}  // namespace ln::consultation
