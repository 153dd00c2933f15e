#include "feature/reception/reception_work.h"

#include <algorithm>
#include <bit>
#include <span>

#include "base/text.h"
#include "engine/merkle/merkle.h"

namespace ln::reception {

int work_bits(std::int64_t lately, std::int64_t places) {
  constexpr std::int64_t quarter = 4;
  const std::int64_t quiet = std::max(quiet_bookings, places / quarter);
  if (lately < quiet) return 0;
  return static_cast<int>(std::min<std::int64_t>(work_bits_min + lately - quiet, work_bits_max));
}

bool is_kept_back(std::int64_t rushed, std::int64_t free, std::int64_t places) {
  constexpr std::int64_t third = 3;
  const std::int64_t kept = places / third;
  return free <= kept && rushed >= std::max(quiet_bookings, places - kept);
}

std::string work_of(ReceptionId id, std::string_view once, std::int64_t hour, const SeedOf& seed) {
  // Short, so that the browser hashes one block a try and not two.
  constexpr std::size_t kept_bytes = 16;
  const std::string all = "reception " + std::to_string(id.value) + " " + std::string(once) + " " +
                          std::to_string(hour) + " " + seed(hour);
  const merkle::Hash hash = merkle::sha256(as_bytes(all));
  return to_hex(std::span(hash).first(kept_bytes)) + " ";
}

std::int64_t work_hour(Instant now) {
  return std::chrono::floor<std::chrono::hours>(now.time_since_epoch()).count();
}

int bits_of_proof(ReceptionId id,
                  std::string_view once,
                  std::string_view proof,
                  const SeedOf& seed,
                  Instant now) {
  constexpr std::int64_t hours_back = 2;
  constexpr std::size_t proof_size_max = 40;
  const std::size_t space = proof.find(' ');
  if (proof.size() > proof_size_max || space == std::string_view::npos) return 0;
  const auto hour = parse_number(proof.substr(0, space));
  const auto nonce = parse_number(proof.substr(space + 1));
  if (!hour || !nonce || *hour > work_hour(now) || *hour < work_hour(now) - hours_back) return 0;
  const std::string text = work_of(id, once, *hour, seed) + std::to_string(*nonce);
  int bits = 0;
  for (const std::uint8_t byte : merkle::sha256(as_bytes(text))) {
    bits += std::countl_zero(byte);
    if (byte != 0) break;
  }
  return bits;
}

}  // namespace ln::reception
