// A comment as the engine reads it: its words, folded and hashed, and where each stands.
//
// A word is what engine/text calls one after folding: letters and digits without marks and case.
// Vietnamese syllables are words here. Two forms of a whole text are hashed: with its marks
// (text::marked) and without (text::fold); campaigns.h says when two texts are the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ln::campaigns {

using Hash = std::uint64_t;

// Mixes all bits of `h` (the finalizer of splitmix64).
constexpr Hash scrambled(Hash h) {
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
  return h ^ (h >> 31);
}
constexpr Hash joined(Hash before, Hash next) {
  return scrambled(before * 0x9E3779B97F4A7C15u + next);
}

// Words beyond this are not looked at: nobody can make a comparison expensive by writing much.
inline constexpr std::size_t words_max = 4096;

struct Words {
  std::vector<Hash> hashes;
  std::vector<std::uint32_t> begins, ends;  // bytes of the text

  std::size_t size() const { return hashes.size(); }
};

// The first words of `text`, at most words_max; bytes that are not UTF-8 end a word. `into` is
// emptied first, so that its memory can be used again.
void read_words(std::string_view text, Words& into);
Words words_of(std::string_view text);
// The same with each of , . ; : ! ? as a word of its own: they show where a sentence is cut.
Words words_and_stops_of(std::string_view text);

// One hash for all words of a text, also of those beyond words_max: of its form without marks, and
// of its form with them. Equal when the text has no marks.
struct Forms {
  Hash folded = 0, marked = 0;
};
Forms forms_of(std::string_view text);

// 128 bits that tell texts apart, byte for byte. `secret` keeps a stranger from writing two texts
// that fall together; nothing that is given out depends on it.
struct Identity {
  Hash high = 0, low = 0;
  bool operator==(const Identity&) const = default;
};
Identity identity_of(std::string_view bytes, Hash secret);

}  // namespace ln::campaigns
