// Randomness is a parameter, like time: only app/ makes the real one, tests and the sample city
// seed theirs. No commit draws randomness (it may be run twice); it is drawn while preparing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace ln {

// Source of random bytes. Implementations: SystemRandom (the kernel's, for serving) and
// SeededRandom (repeatable, for tests and samples; never for secrets of a real city).
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> bytes) = 0;

  template <std::size_t size>
  std::array<std::uint8_t, size> bytes() {
    std::array<std::uint8_t, size> out{};
    fill(out);
    return out;
  }
  std::uint64_t next();
  // Uniform in [0, bound), without modulo bias. Precondition: bound > 0.
  std::uint64_t below(std::uint64_t bound);
};

// getrandom(2). Throws std::runtime_error when the kernel refuses.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

// splitmix64 and xoshiro256** (Blackman, Vigna 2018): the same seed gives the same bytes on every
// machine and for ever.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::uint64_t step();
  std::array<std::uint64_t, 4> state_;
};

}  // namespace ln
