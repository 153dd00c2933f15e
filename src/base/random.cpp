#include "base/random.h"

#include <sys/random.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "base/check.h"

namespace ln {
namespace {

void fill_from_kernel(std::span<std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw std::runtime_error("the kernel gives no randomness");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes<8>()) value = value << 8U | byte;
  return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
  CHECK(bound > 0);
  const std::uint64_t refuse_below = (0 - bound) % bound;  // 2^64 mod bound.
  for (;;) {
    const std::uint64_t value = next();
    if (value >= refuse_below) return value % bound;
  }
}

SystemRandom::~SystemRandom() { explicit_bzero(block_.data(), block_.size()); }

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  if (bytes.size() > block_.size()) return fill_from_kernel(bytes);
  if (bytes.size() > left_) {
    fill_from_kernel(block_);
    left_ = block_.size();
  }
  const auto given = std::span(block_).last(left_).first(bytes.size());
  std::copy(given.begin(), given.end(), bytes.begin());
  explicit_bzero(given.data(), given.size());
  left_ -= given.size();
}

SeededRandom::SeededRandom(std::uint64_t seed) : state_{} {
  for (std::uint64_t& word : state_) {
    seed += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = seed;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    word = mixed ^ (mixed >> 31U);
  }
}

std::uint64_t SeededRandom::step() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17U;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

void SeededRandom::fill(std::span<std::uint8_t> bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    std::uint64_t word = step();
    for (int k = 0; k < 8 && i < bytes.size(); ++k, ++i, word >>= 8U)
      bytes[i] = static_cast<std::uint8_t>(word);
  }
}

}  // namespace ln
