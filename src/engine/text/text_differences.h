// What changed between two versions of a text, word by word. A word is a Vietnamese syllable, a
// number, or one mark of punctuation; spaces between words are compared too, but a word does not
// count as changed because the spaces before it did.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ln::text {

enum class Change : std::uint8_t { same, removed, added };

struct Difference {
  Change change = Change::same;
  std::string text{};
  friend bool operator==(const Difference&, const Difference&) = default;
};

// The runs from the beginning to the end; no two neighbours are of one kind, none is empty, and
// what was removed stands before what was added in its place. Always:
//   the runs that are same or removed, joined, are `before`, byte for byte;
//   the runs that are same or added, joined, are `after`.
//
// The least number of words removed and added (E. W. Myers, "An O(ND) Difference Algorithm and Its
// Variations", Algorithmica 1, 1986, 251–266, in the linear-space form of section 4b), as long as
// finding it takes no more than `work_max` steps. Beyond, the stretch that was not finished is cut
// at the words that stand exactly once in both, in their longest common order (the idea of Bram
// Cohen's patience diff), and each piece is compared with a small budget of its own; a piece that
// exceeds it is given as removed and added whole. So the work is bounded for any two texts. At
// last, a single mark of punctuation that stayed alone between changes on both sides is given as
// removed and added too, because a reader follows phrases and not commas.
//
// Texts are compared as they are (bring them to NFC first: to_nfc); any bytes may come in.
std::vector<Difference> differences(std::string_view before,
                                    std::string_view after,
                                    std::size_t work_max = 20'000'000);

// The share of words that stayed, between 0 (nothing) and 1 (the same): twice the words in same
// runs, divided by the words of both. Two empty texts are the same. For matching a clause with
// where it moved.
double likeness(std::string_view before, std::string_view after);

}  // namespace ln::text
