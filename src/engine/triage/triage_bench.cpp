// engines.md C: 100,000 short texts a second and core; and what the shipped corpus teaches,
// measured on texts that were not learned from.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "engine/triage/triage.h"
#include "test/triage_quality.h"

namespace {

// Four labels, as the public corpora of short texts have, or 26, as a city's topics.
ln::triage::Model model_of(std::size_t labels) {
  const std::string words[] = {"thầy",  "giảng", "dạy",  "dễ",   "hiểu", "lớp",
                               "phòng", "máy",   "lạnh", "bài",  "tập",  "nhiều",
                               "khó",   "thi",   "điểm", "sách", "học",  "nhóm"};
  std::vector<ln::triage::Example> examples;
  std::uint64_t state = 1;
  for (std::size_t n = 0; n < labels * 60; ++n) {
    std::string text = "nhãn" + std::to_string(n % labels);
    for (int i = 0; i < 12; ++i) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      text += " " + words[(state >> 33) % std::size(words)];
    }
    examples.push_back({text, std::to_string(n % labels), std::to_string(n)});
  }
  return *ln::triage::train(examples);
}

void suggest(benchmark::State& state) {
  const ln::triage::Model model = model_of(static_cast<std::size_t>(state.range(0)));
  const std::string text = "thầy giảng dạy rất dễ hiểu, bài tập nhiều";  // 41 characters
  for (auto _ : state) benchmark::DoNotOptimize(model.suggest(text, 1));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(suggest)->Name("triage_suggest_short")->Arg(4)->Arg(26);

void tell(benchmark::State& state, const ln::triage::Score& marked, const ln::triage::Score& bare) {
  const std::pair<const char*, double> shares[] = {
      {"F1_percent", marked.macro_f1()},        {"F1_named_percent", marked.macro_f1_named()},
      {"F1_stripped_percent", bare.macro_f1()}, {"suggested_percent", marked.coverage()},
      {"right_percent", marked.precision()},    {"ECE_percent", marked.calibration_error},
      {"Brier_percent", marked.brier}};
  for (const auto& [name, share] : shares) state.counters[name] = share * 100;
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(marked.examples));
}

// Learns from three quarters of the templates and is asked about the fourth, twice.
void unseen_templates(benchmark::State& state) {
  ln::test::TriageQuality quality;
  for (auto _ : state) quality = ln::test::quality_of_unseen(2);
  tell(state, quality.marked, quality.stripped);
}
BENCHMARK(unseen_templates)
    ->Name("engines/triage_unseen_templates")
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

// Learns what the program learns in a new city, and is asked about the sample city's reports.
void sample_reports(benchmark::State& state) {
  const auto& corpus = ln::test::triage_corpus();
  ln::test::TriageQuality quality;
  for (auto _ : state)
    quality = ln::test::quality_of(
        *ln::triage::train(ln::triage::expand(corpus.templates, corpus.slots, 2)),
        ln::test::sample_reports());
  tell(state, quality.marked, quality.stripped);
}
BENCHMARK(sample_reports)
    ->Name("engines/triage_sample_reports")
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
