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

// getrandom(2). Throws std::runtime_error when the kernel refuses. Asks for a block at a time,
// because a call of the kernel costs more than the few bytes of a letter; what was given out is
// wiped from the block at once. Not to be used on both sides of a fork.
class SystemRandom final : public Random {
 public:
  SystemRandom() = default;
  ~SystemRandom() override;
  SystemRandom(const SystemRandom&) = delete;
  SystemRandom& operator=(const SystemRandom&) = delete;
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::array<std::uint8_t, 1024> block_{};
  std::size_t left_ = 0;  // bytes of the block not given out, at its end
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
