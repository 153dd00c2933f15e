// Two versions of a draft beside each other: which piece became which, and which words changed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/draft/draft.h"

namespace ln::draft {

enum class Fate : std::uint8_t {
  kept,     // The same number, the same words.
  changed,  // The same number, other words.
  moved,    // Stands under another number now, with the same words or most of them.
  gone,     // Stands nowhere any more.
  added,    // Was not there before.
};
inline constexpr std::size_t fates = 5;
std::string_view to_text(Fate fate);
TextKey key_of(Fate fate);

struct Match {
  Fate fate = Fate::kept;
  std::string before{}, after{};  // keys; `before` is empty when added, `after` when gone
  bool is_reworded = false;       // moved, and words changed too
};

// From how much alike two pieces are taken for the same one, by the share of their pairs of
// neighbouring syllables that both have: under the same number somewhat alike is enough, under
// another one they must be more alike than not.
inline constexpr double alike_in_place = 0.25, alike_elsewhere = 0.6;

// What became of each piece of `before`, in its order, and then what was added, in the order of
// `after`. Each piece of either stands in exactly one match. First those with the same words (in
// place before elsewhere), then by how much alike the words are, the most alike first, ties in the
// order of the texts. A piece without words of its own or a heading is matched by its number.
std::vector<Match> matches_of(const Draft& before, const Draft& after);

// Where a key of the version before leads in the one after; empty when the piece is gone.
std::string follow(const std::vector<Match>& matches, std::string_view key);

// A stretch of words in both texts, or in one of them.
enum class Edit : std::uint8_t { same, removed, added };
struct Piece {
  Edit edit = Edit::same;
  std::string text{};  // with the spaces around its words
};
// The fewest words to take out and put in (longest common subsequence of words). Texts that differ
// in more than 2,000 words on either side are shown as one removal and one addition between what
// begins and ends the same. The pieces without the added ones give `before`, without the removed
// ones `after`, byte for byte.
std::vector<Piece> differences(std::string_view before, std::string_view after);

}  // namespace ln::draft
