// engines.md C: 100,000 short texts a second and core.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "engine/triage/triage.h"

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

}  // namespace
