#include <benchmark/benchmark.h>

#include <vector>

#include "base/random.h"
#include "engine/stats/stats_compare.h"

namespace ln {
namespace {

// A nation of 10,000 units, pooled at the joint level and put in bands with their places.
void ten_thousand_units(benchmark::State& state) {
  SeededRandom random(10);
  std::vector<stats::Share> units(10'000);
  for (stats::Share& unit : units) {
    unit.whole = static_cast<std::int64_t>(random.below(2000));
    unit.part = unit.whole * static_cast<std::int64_t>(60 + random.below(40)) / 100;
  }
  for ([[maybe_unused]] auto each : state) benchmark::DoNotOptimize(stats::places_of(units));
}
BENCHMARK(ten_thousand_units)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ln
