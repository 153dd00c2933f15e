#include "engine/text/text_similar.h"

#include <algorithm>
#include <limits>

#include "engine/text/text.h"

namespace ln::text {
namespace {

// Folded.
constexpr std::string_view common_words[] = {
    "a",     "ai",   "an",   "and",   "anh",   "ay",    "ba",   "bao",   "bi",   "cac",  "cai",
    "cho",   "chu",  "chua", "chung", "co",    "con",   "cua",  "cung",  "da",   "dan",  "dang",
    "day",   "de",   "den",  "di",    "do",    "duoc",  "em",   "for",   "gi",   "gio",  "giup",
    "hay",   "hien", "hon",  "i",     "in",    "is",    "it",   "k",     "khi",  "kinh", "ko",
    "khong", "la",   "lai",  "lam",   "len",   "ma",    "mong", "mot",   "my",   "nam",  "nay",
    "nen",   "neu",  "nghi", "ngay",  "nguoi", "nhieu", "nhu",  "nhung", "o",    "of",   "on",
    "ong",   "qua",  "ra",   "rat",   "roi",   "sau",   "se",   "sua",   "that", "the",  "thi",
    "this",  "to",   "toi",  "trong", "truoc", "tu",    "tui",  "u",     "vao",  "ve",   "vi",
    "viec",  "voi",  "vui",  "was",   "we",    "with",  "xin",  "y"};

bool carries_sense(std::string_view word) {
  const bool is_small_number =
      word.size() < 3 && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
  return !is_small_number &&
         std::ranges::find(common_words, word) == std::ranges::end(common_words);
}

std::uint64_t scrambled(std::uint64_t h) {  // the finalizer of splitmix64
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
  return h ^ (h >> 31);
}

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 0x9E3779B97F4A7C15u;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  return scrambled(hash);
}

template <class Use>
void each_syllable(std::string_view key, Use use) {
  while (!key.empty()) {
    const std::size_t end = std::min(key.find(' '), key.size());
    use(key.substr(0, end));
    key.remove_prefix(std::min(end + 1, key.size()));
  }
}

Shingles as_set(Shingles all) {
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

Shingles pairs_of(std::string_view text) {
  Shingles all;
  std::uint64_t before = 0;
  std::size_t count = 0;
  each_syllable(dedup_key(text), [&](std::string_view word) {
    const std::uint64_t hash = hash_of(word);
    if (count++ > 0) all.push_back(scrambled(before * 0x9E3779B97F4A7C15u + hash));
    before = hash;
  });
  if (count == 1) all.push_back(before);
  return as_set(std::move(all));
}

Shingles syllables_of(std::string_view text) {
  Shingles all;
  each_syllable(dedup_key(text), [&](std::string_view word) {
    if (carries_sense(word)) all.push_back(hash_of(word));
  });
  return as_set(std::move(all));
}

double likeness(const Shingles& a, const Shingles& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    common += a[i] == b[j] ? 1 : 0;
    const bool a_moves = a[i] <= b[j], b_moves = b[j] <= a[i];
    i += a_moves ? 1 : 0;
    j += b_moves ? 1 : 0;
  }
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

std::array<std::int64_t, band_count> bands_of(const Shingles& shingles) {
  constexpr std::size_t rows = 2;
  std::array<std::int64_t, band_count> bands{};
  for (std::size_t band = 0; band < band_count; ++band) {
    std::uint64_t key = band + 1;
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint64_t seed = scrambled(band * rows + row + 1);
      std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
      for (const std::uint64_t each : shingles) least = std::min(least, scrambled(each ^ seed));
      key = scrambled(key * 0x9E3779B97F4A7C15u + least);
    }
    bands[band] = static_cast<std::int64_t>(key);
  }
  return bands;
}

std::vector<std::string> shared_words(std::string_view text,
                                      std::string_view other,
                                      std::size_t count_max) {
  const Shingles there = syllables_of(other);
  std::vector<std::string> shared;
  each_syllable(dedup_key(text), [&](std::string_view word) {
    if (shared.size() < count_max && carries_sense(word) &&
        std::ranges::binary_search(there, hash_of(word)) &&
        std::ranges::find(shared, word) == shared.end())
      shared.emplace_back(word);
  });
  return shared;
}

}  // namespace ln::text
