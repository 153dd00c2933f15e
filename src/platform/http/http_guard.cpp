#include "platform/http/http_guard.h"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace ln::http {
namespace {

constexpr std::size_t salt_size = 8;
constexpr std::size_t seal_size = 24;
constexpr std::size_t token_size = (salt_size + seal_size) / 3 * 4 + 3;  // 32 bytes: 43 letters

}  // namespace

std::string to_base64url(std::span<const std::uint8_t> bytes) {
  std::string text = to_base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  return text;
}

FormGuard::FormGuard(std::string_view key) : key_{} {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  const auto bytes = as_bytes(key);
  crypto_generichash(key_.data(), key_.size(), bytes.data(), bytes.size(), nullptr, 0);
}

// HMAC over the salt and the cookie; the salt has a fixed size, so the two cannot be shifted.
std::string FormGuard::seal(std::string_view salt, std::string_view cookie) const {
  std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> mac{};
  const std::string message = std::string(salt) + std::string(cookie);
  const auto bytes = as_bytes(message);
  crypto_auth_hmacsha256(mac.data(), bytes.data(), bytes.size(), key_.data());
  std::string sealed(salt);
  sealed += as_text(std::span(mac).first(seal_size));
  return to_base64url(as_bytes(sealed));
}

std::string FormGuard::token(std::string_view cookie, std::uint64_t salt) const {
  std::array<std::uint8_t, salt_size> bytes{};
  for (std::uint8_t& byte : bytes) {
    byte = static_cast<std::uint8_t>(salt);
    salt >>= 8U;
  }
  return seal(as_text(bytes), cookie);
}

bool FormGuard::is_valid(std::string_view token, std::string_view cookie) const {
  if (token.size() != token_size || cookie.empty()) return false;
  // The salt is the first 8 bytes; 12 letters hold 9, the last of which belongs to the seal.
  std::string letters(token.substr(0, 12));
  std::replace(letters.begin(), letters.end(), '-', '+');
  std::replace(letters.begin(), letters.end(), '_', '/');
  const auto head = from_base64(letters);
  if (!head) return false;
  const std::string expected = seal(std::string_view(*head).substr(0, salt_size), cookie);
  return expected.size() == token.size() &&
         sodium_memcmp(expected.data(), token.data(), token.size()) == 0;
}

RateLimiter::RateLimiter(Random& random, const Rates& rates) : random_(&random), rates_(rates) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::uint64_t RateLimiter::sender(std::span<const std::uint8_t> address, Instant now) {
  std::array<std::uint8_t, 16> key{};
  {
    const std::lock_guard lock(key_mutex_);
    if (key_day_ != local_day(now)) {
      key_day_ = local_day(now);
      random_->fill(key_);
    }
    key = key_;
  }
  if (address.size() > 4) address = address.first(8);
  std::array<std::uint8_t, crypto_shorthash_BYTES> hash{};
  crypto_shorthash(hash.data(), address.data(), address.size(), key.data());
  std::uint64_t value = 0;
  for (const std::uint8_t byte : hash) value = value << 8U | byte;
  return value;
}

std::int64_t RateLimiter::wait_s(std::uint64_t sender, Kind kind, Instant now) {
  const Rate& rate = kind == Kind::read ? rates_.read : rates_.send;
  const std::int64_t each_ms = 60'000 / std::max<std::int64_t>(rate.per_minute, 1);
  const std::int64_t now_ms = to_ms(now);
  Shard& shard = shards_[sender % shards];
  const std::lock_guard lock(shard.mutex);
  if (shard.senders.size() >= senders_max && !shard.senders.contains(sender)) {
    std::erase_if(shard.senders, [&](const auto& entry) {
      return *std::max_element(entry.second.full_at_ms.begin(), entry.second.full_at_ms.end()) <=
             now_ms;
    });
    if (shard.senders.size() >= senders_max) shard.senders.clear();
  }
  std::int64_t& full_at = shard.senders[sender].full_at_ms[static_cast<std::size_t>(kind)];
  const std::int64_t after = std::max(full_at, now_ms) + each_ms;
  const std::int64_t over_ms = after - (now_ms + rate.burst * each_ms);
  if (over_ms > 0) return (over_ms + 999) / 1000;
  full_at = after;
  return 0;
}

}  // namespace ln::http
