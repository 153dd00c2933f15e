// What stands between a stranger and a handler: tokens that show a form came from one of our pages,
// and a limit on how often one sender may ask.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/random.h"
#include "base/time.h"

namespace ln::http {

// The hidden field `csrf` of every form: salt and HMAC-SHA256(key, salt, cookie), in base64url. The
// cookie `ln_visit` is random and says nothing about anybody. The salt differs with each page, so
// that a compressed page does not give the token away by its size.
class FormGuard {
 public:
  // `key` is any secret text; two servers of one site share it.
  explicit FormGuard(std::string_view key);
  std::string token(std::string_view cookie, std::uint64_t salt) const;
  bool is_valid(std::string_view token, std::string_view cookie) const;

 private:
  std::string seal(std::string_view salt, std::string_view cookie) const;
  std::array<std::uint8_t, 32> key_;
};

// Bytes in the alphabet of cookies and URLs (RFC 4648 §5), without padding.
std::string to_base64url(std::span<const std::uint8_t> bytes);

// How often one sender may ask, in the long run and at once.
struct Rate {
  std::int64_t per_minute;
  std::int64_t burst;
};
struct Rates {
  Rate read = {1'200, 600};
  Rate send = {30, 60};
};

// Token buckets for each sender. A sender is a hash of an address under a key that is drawn anew
// every day and kept nowhere else, so that yesterday's hashes mean nothing. Thread-safe; the map is
// bounded: when it is full, those who waited long enough are forgotten, then everybody is.
class RateLimiter {
 public:
  RateLimiter(Random& random, const Rates& rates);

  // IPv6 addresses count by their first 64 bits: that is what one subscriber is given.
  std::uint64_t sender(std::span<const std::uint8_t> address, Instant now);

  enum class Kind : std::uint8_t { read, send };
  // 0 when the sender may go on (and is counted), else the seconds after which to try again.
  std::int64_t wait_s(std::uint64_t sender, Kind kind, Instant now);

 private:
  static constexpr std::size_t shards = 16;
  static constexpr std::size_t senders_max = 8'192;  // in each shard
  // When the bucket will be full again: the whole state of a bucket that fills steadily.
  struct Buckets {
    std::array<std::int64_t, 2> full_at_ms{};
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::uint64_t, Buckets> senders;  // guarded by mutex
  };
  Random* random_;
  Rates rates_;
  std::array<Shard, shards> shards_;
  std::mutex key_mutex_;
  std::array<std::uint8_t, 16> key_{};  // guarded by key_mutex_, as is key_day_
  Day key_day_{};
};

}  // namespace ln::http
