// engines.md B: 22 million comments of 300 words, 87 of 100 of them exact repeats, in three minutes
// and 8 GB. The comments are made as they are read, so nothing but the engine's own memory counts;
// the reference is the same run that only makes and hashes them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/random.h"
#include "engine/campaigns/campaigns.h"
#include "engine/campaigns/campaigns_generate.h"
#include "engine/campaigns/campaigns_words.h"

namespace {

namespace campaigns = ln::campaigns;

constexpr std::size_t words_each = 300;

// Comment number n is the same whoever asks, and when.
class Mix final : public campaigns::Texts {
 public:
  explicit Mix(std::uint64_t comments)
      : material_(campaigns::built_in_material()),
        uniques_(std::max<std::uint64_t>(comments * 13 / 100, 1)) {
    for (const std::string& text : material_.organic) add_words(text);
    for (std::size_t letter = 0; letter < 200; ++letter)
      letters_.push_back(chain(campaigns::scrambled(letter + 1), words_each));
  }

  // 13 of 100 numbers are texts of their own, the others repeat one of these, by Zipf's law.
  std::string text_at(std::uint64_t n) const override {
    return unique(n % 100 < 13 ? n / 100 * 13 + n % 100 : zipf(n));
  }

 private:
  void add_words(const std::string& text) {
    std::string word;
    for (const char c : text + " ") {
      if (c != ' ') {
        word += c;
      } else if (!word.empty()) {
        words_.push_back(std::move(word));
        word.clear();
      }
    }
  }
  // Pieces of four to eleven words as they stand in real comments.
  std::string chain(std::uint64_t seed, std::size_t count) const {
    std::string text;
    std::uint64_t state = seed;
    for (std::size_t left = count; left > 0;) {
      state = campaigns::scrambled(state + 0x9E3779B97F4A7C15u);
      const std::size_t run = std::min<std::size_t>(left, 4 + state % 8);
      const std::size_t from = (state >> 16) % (words_.size() - run);
      for (std::size_t i = 0; i < run; ++i) text += words_[from + i] + " ";
      left -= run;
    }
    return text;
  }
  std::uint64_t zipf(std::uint64_t n) const {
    const double u = static_cast<double>(campaigns::scrambled(n + 77) >> 11) / 9007199254740992.0;
    return static_cast<std::uint64_t>(std::pow(static_cast<double>(uniques_), u)) - 1;
  }
  // 35 of 100 come from one template, thrice over so that it is as long; 8 from the Vietnamese one;
  // 27 are edited letters; 30 are alone.
  std::string unique(std::uint64_t k) const {
    const std::uint64_t draw = campaigns::scrambled(k ^ 0x1234567);
    ln::SeededRandom random(draw);
    if (draw % 100 < 43) {
      const campaigns::Segments& segments = material_.templates[draw % 100 < 35 ? 0 : 1];
      return campaigns::merged(segments, random) + " " + campaigns::merged(segments, random) + " " +
             campaigns::merged(segments, random);
    }
    if (draw % 100 >= 70) return chain(draw, words_each);
    std::string text = letters_[(draw >> 32) % letters_.size()];
    if (draw >> 60 < 4) text += chain(draw, 25);
    return chain(draw, 3) + text;
  }

  campaigns::Material material_;
  std::vector<std::string> words_, letters_;
  std::uint64_t uniques_;
};

void in_two_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto take_all = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  if (count < 2) return take_all();
  std::jthread other(take_all);
  take_all();
}

// Calls `use` with batches of all comments.
template <class Use>
void each_batch(const Mix& mix, std::uint64_t comments, const Use& use) {
  constexpr std::uint64_t size = 16'384;
  std::vector<campaigns::Comment> batch;
  for (std::uint64_t begin = 0; begin < comments; begin += size) {
    batch.resize(std::min(size, comments - begin));
    constexpr std::size_t piece = 256;
    in_two_threads((batch.size() + piece - 1) / piece, [&](std::size_t part) {
      for (std::size_t i = part * piece; i < std::min(batch.size(), (part + 1) * piece); ++i)
        batch[i] = {"", mix.text_at(begin + i), begin + i};
    });
    use(batch);
  }
}

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double only_made_and_hashed(const Mix& mix, std::uint64_t comments) {
  const auto begin = Clock::now();
  std::uint64_t all = 0;
  each_batch(mix, comments, [&](const std::vector<campaigns::Comment>& batch) {
    for (const campaigns::Comment& each : batch) all ^= campaigns::identity_of(each.text, 1).high;
  });
  benchmark::DoNotOptimize(all);
  return seconds_since(begin);
}

void find_campaigns(benchmark::State& state) {
  const auto comments = static_cast<std::uint64_t>(
      std::getenv("LN_SMALL") == nullptr ? state.range(0) * 1'000'000 : 5000);
  const Mix mix(comments);
  const double reference = only_made_and_hashed(mix, comments);
  campaigns::Found found;
  std::array<double, 4> ended = {};
  for ([[maybe_unused]] auto _ : state) {
    const auto begin = Clock::now();
    campaigns::Finder finder(1, in_two_threads);
    each_batch(mix, comments,
               [&](const std::vector<campaigns::Comment>& batch) { finder.take(batch); });
    ended[0] = seconds_since(begin);
    found = finder.find(mix, [&](campaigns::Stage stage, double) {
      ended[static_cast<std::size_t>(stage)] = seconds_since(begin);
    });
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(comments));
  state.counters["reference_s"] = reference;
  state.counters["reading_s"] = ended[0];
  state.counters["letters_s"] = ended[1] - ended[0];
  state.counters["templates_s"] = ended[2] - ended[1];
  state.counters["own_text_s"] = ended[3] - ended[2];
  state.counters["texts"] = static_cast<double>(found.texts.size());
  state.counters["groups"] = static_cast<double>(found.groups.size());
  double merged = 0;
  for (const campaigns::Group& group : found.groups)
    if (group.merged) merged += static_cast<double>(group.comments);
  state.counters["merged"] = merged;
}
// Millions of comments.
BENCHMARK(find_campaigns)
    ->Name("engines/campaigns")
    ->Arg(2)
    ->Arg(22)
    ->Unit(benchmark::kSecond)
    ->Iterations(1)
    ->UseRealTime();

}  // namespace
