// Counting on hot paths: each number is raised by one thread and may be read by any. Raising one
// costs what a plain addition costs; a reader may see some numbers a moment older than others.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ln {

class Tally {
 public:
  // Only the thread that owns the tally.
  void add(std::uint64_t more = 1) {
    value_.store(value_.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
  }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// What a Spread has counted: `counts[i]` values of at most `bounds[i]` and more than the bound
// before; the last count, which has no bound, is of all larger ones.
struct Spreading {
  std::vector<std::uint64_t> bounds;
  std::vector<std::uint64_t> counts;
  std::uint64_t sum = 0;

  std::uint64_t count() const {
    std::uint64_t all = 0;
    for (const std::uint64_t each : counts) all += each;
    return all;
  }
  // Another spread with the same bounds.
  void add(const Spreading& other) {
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
    sum += other.sum;
  }
};

// How values are spread over a few fixed bounds, which rise.
template <std::uint64_t... bounds>
class Spread {
 public:
  // Only the thread that owns the spread.
  void add(std::uint64_t value) {
    std::size_t at = 0;
    while (at < limits.size() && value > limits[at]) ++at;
    counts_[at].add();
    sum_.add(value);
  }
  Spreading read() const {
    Spreading read{{limits.begin(), limits.end()}, {}, sum_.value()};
    for (const Tally& each : counts_) read.counts.push_back(each.value());
    return read;
  }

 private:
  static constexpr std::array limits{bounds...};
  std::array<Tally, sizeof...(bounds) + 1> counts_;
  Tally sum_;
};

// Microseconds, from a page out of the cache to somebody giving up.
using Durations = Spread<1'000, 5'000, 20'000, 50'000, 100'000, 250'000, 1'000'000, 5'000'000>;

}  // namespace ln
