// The features of a text, as numbers of buckets. For the wings of triage only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ln::triage {

inline constexpr unsigned bucket_bits = 20;
inline constexpr std::uint32_t bucket_count = 2u << bucket_bits;  // syllables, then characters

// The key whose features are taken: text::marked of the beginning of `text`.
std::string key_of(std::string_view text);

// Mixes a running hash so that its upper bits depend on all of it (the finalizer of splitmix64).
inline std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
  return h ^ (h >> 31);
}
inline std::uint32_t bucket_of(std::uint64_t hash, bool is_characters) {
  return static_cast<std::uint32_t>(hash >> (64 - bucket_bits)) +
         (is_characters ? 1u << bucket_bits : 0u);
}

// Calls use(bucket, first word, words touched) for each syllable 1–3-gram of a key, and
// use(bucket, word, 1) for each character 2–5-gram, in the order of the text. A key begins and ends
// with a space for its characters; an n-gram belongs to the word in which its first letter stands.
template <class Use>
void each_feature(std::string_view key, Use use) {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15u;
  constexpr std::size_t chars_min = 2, chars_max = 5;
  std::uint64_t before[2] = {0, 0};  // hashes of the two words before
  std::uint64_t word = 0;
  std::size_t count = 0;
  const auto end_word = [&] {
    const std::uint64_t one = mixed(word);
    use(bucket_of(mixed(one + 1), false), count, std::size_t{1});
    if (count >= 1)
      use(bucket_of(mixed(before[0] * prime + one), false), count - 1, std::size_t{2});
    if (count >= 2)
      use(bucket_of(mixed((before[1] * prime + before[0]) * prime + one), false), count - 2,
          std::size_t{3});
    before[1] = before[0];
    before[0] = one;
    word = 0;
    ++count;
  };
  if (key.empty()) return;
  for (const char c : key) {
    if (c == ' ')
      end_word();
    else
      word = (word + static_cast<unsigned char>(c) + 1) * prime;
  }
  end_word();
  const std::size_t size = key.size() + 2;
  const auto byte = [&](std::size_t at) {
    return at == 0 || at + 1 == size ? static_cast<unsigned char>(' ')
                                     : static_cast<unsigned char>(key[at - 1]);
  };
  const auto starts = [&](std::size_t at) { return (byte(at) & 0xC0) != 0x80; };
  std::size_t index = 0;
  for (std::size_t from = 0; from < size; ++from) {
    if (!starts(from)) continue;
    if (from != 0 && byte(from) == ' ') ++index;
    std::uint64_t hash = 0;
    std::size_t chars = 0;
    for (std::size_t at = from; at < size && chars <= chars_max;) {
      do hash = (hash + byte(at) + 1) * prime;
      while (++at < size && !starts(at));
      ++chars;
      if (chars >= chars_min && chars <= chars_max)
        use(bucket_of(mixed(hash), true), index < count ? index : count - 1, std::size_t{1});
      if (chars == chars_max) break;
    }
  }
}

}  // namespace ln::triage
