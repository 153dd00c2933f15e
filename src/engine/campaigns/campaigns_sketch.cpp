#include "engine/campaigns/campaigns_sketch.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace ln::campaigns {
namespace {

using Minima = std::array<Hash, places>;
constexpr Hash nothing = std::numeric_limits<Hash>::max();
constexpr int place_bits = 7;
static_assert(std::size_t{1} << place_bits == places);

void put(Minima& minima, Hash shingle) {
  Hash& least = minima[shingle >> (64 - place_bits)];
  least = std::min(least, shingle);
}

// An empty place borrows from one that the place and the number of the attempt choose, the same for
// all texts.
void fill_empty(Minima& minima) {
  const Minima own = minima;
  for (std::size_t place = 0; place < places; ++place)
    for (Hash attempt = 1; minima[place] == nothing; ++attempt)
      minima[place] = own[joined(place + 1, attempt) >> (64 - place_bits)];
}

template <class Sketch>
int same_places(const Sketch& a, const Sketch& b) {
  int same = 0;
  for (std::size_t i = 0; i < places; ++i) same += a[i] == b[i] ? 1 : 0;
  return same;
}

}  // namespace

Sketches sketches_of(std::span<const Hash> words) {
  CHECK(words.size() >= 3);
  Minima triples, pairs;
  triples.fill(nothing);
  pairs.fill(nothing);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const Hash pair = joined(words[i - 1], words[i]);
    put(pairs, pair);
    if (i > 1) put(triples, joined(words[i - 2], pair));
  }
  fill_empty(triples);
  fill_empty(pairs);
  Sketches made;
  for (std::size_t i = 0; i < places; ++i) {
    made.triples[i] = static_cast<std::uint16_t>(triples[i]);
    made.pairs[i] = static_cast<std::uint8_t>(pairs[i]);
  }
  return made;
}

int agreeing(const Triples& a, const Triples& b) { return same_places(a, b); }
int agreeing(const Pairs& a, const Pairs& b) { return same_places(a, b); }

double likeness(int agreeing) { return static_cast<double>(agreeing) / places; }

double contained(int agreeing, std::size_t words_a, std::size_t words_b) {
  const double like = likeness(agreeing);
  const auto triples = [](std::size_t words) { return static_cast<double>(words) - 2; };
  const double common = like / (1 + like) * (triples(words_a) + triples(words_b));
  return std::min(1.0, common / triples(std::min(words_a, words_b)));
}

}  // namespace ln::campaigns
