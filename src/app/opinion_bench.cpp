// engines.md A at scale: ./dev bench engines. Each runs once, in a process of its own, on two
// threads; votes are drawn before the clock starts, and a plain loop that only reads them says what
// the machine can do.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>

#include "app/opinion_workers.h"
#include "engine/opinion/opinion_findings.h"
#include "engine/opinion/opinion_quality.h"
#include "engine/opinion/opinion_sample.h"

namespace {

using ln::opinion::Votes;

// Everything is done, on few people, so that this does not rot.
bool is_small() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): no thread has been started yet.
  return std::getenv("LN_SMALL") != nullptr;
}

Votes votes_of(std::size_t people, std::size_t votes_each) {
  return ln::opinion::sample_votes({.people = is_small() ? people / 1'000 : people,
                                    .statements = is_small() ? 100U : 1'000U,
                                    .votes_each = is_small() ? 20 : votes_each});
}

class Watch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

double seconds_to_read(const Votes& votes) {
  const Watch watch;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < votes.people(); ++i)
    for (const ln::opinion::Vote vote : votes.row(i)) sum += vote.value();
  benchmark::DoNotOptimize(sum);
  return watch.seconds();
}

// All votes: tables, map, then what is published with it.
void draw(benchmark::State& state, std::size_t people, std::size_t votes_each) {
  const Votes votes = votes_of(people, votes_each);
  const ln::opinion::Workers workers = ln::app::workers_of(2);
  for ([[maybe_unused]] auto each : state) {
    const Watch watch;
    const ln::opinion::Tables tables = tables_of(votes, workers);
    state.counters["tables_s"] = watch.seconds();
    const ln::opinion::Map map = map_of(votes, tables, workers);
    state.counters["map_s"] = watch.seconds();
    const ln::opinion::Quality quality = quality_of(votes, map, workers);
    const ln::opinion::Counts counts(votes, map, workers);
    benchmark::DoNotOptimize(findings_of(map, counts));
    state.SetIterationTime(watch.seconds());
    if (!is_small() && map.grouping.centres.size() != 3)
      state.SkipWithError("not the three groups that were drawn");
    benchmark::DoNotOptimize(quality);
  }
  state.counters["reference_s"] = seconds_to_read(votes);
  state.SetItemsProcessed(static_cast<std::int64_t>(votes.count()));
}
BENCHMARK_CAPTURE(draw, hundred_thousand, 100'000, 75)
    ->Name("engines/opinion_100_000_people")
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(draw, ten_million, 10'000'000, 100)
    ->Name("engines/opinion_10_million_people")
    ->Iterations(1)
    ->UseManualTime();

// One vote more, and the whole map anew: everybody is placed again.
void one_vote(benchmark::State& state) {
  Votes votes = votes_of(100'000, 75);
  const ln::opinion::Workers workers = ln::app::workers_of(2);
  ln::opinion::Tables tables = tables_of(votes, workers);
  std::size_t person = 0;
  for ([[maybe_unused]] auto each : state) {
    const auto said = person % 2 == 0 ? ln::opinion::Said::agree : ln::opinion::Said::disagree;
    const Watch watch;
    const auto before = votes.change(person, person % 10, said);
    tables.change(votes.row(person), person % 10, before, said);
    benchmark::DoNotOptimize(map_of(votes, tables, workers));
    state.SetIterationTime(watch.seconds());
    person = (person + 1) % votes.people();
  }
  state.counters["reference_s"] = seconds_to_read(votes);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(one_vote)->Name("engines/opinion_one_vote_more")->Iterations(20)->UseManualTime();

}  // namespace
