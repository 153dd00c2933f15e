// Drawing lots that nobody can choose and everybody can draw again (docs/formats/draw.md).
//
// What is drawn from is a frame: a text that names the programme, the strata and every item by its
// number. Its hash is said in public before the draw, together with the moment whose ledger head
// will decide. The seed is made of that head, which nobody knows before it is there:
//
//   seed = SHA-256("langnghe draw 1\n" NAME "\n" SIZE "\n" ROOT "\n")     ROOT in hexadecimal
//   rank of an item = SHA-256(seed in hexadecimal "/" NUMBER)
//
// In each stratum the items with the smallest ranks are drawn, as many as the frame says. That is a
// sample without replacement in which every set of the size is as likely as any other; it follows
// from the numbers alone and not from the order in which anybody looks at them.
// `tools/redraw.py` does the same and shares no code with this. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "engine/merkle/merkle.h"

namespace ln::draw {

using merkle::Hash;

// A head of the ledger: so many leaves with this root.
struct Head {
  std::int64_t size = 0;
  Hash root{};
};
// `name` is the frame's ("supervision/3"): one head gives every programme a seed of its own.
Hash seed_of(std::string_view name, const Head& head);

// Where an item stands in the order of the draw: smaller is drawn sooner.
Hash rank_of(const Hash& seed, std::int64_t number);

// The `count` of `numbers` with the smallest ranks, ascending by number; all when there are fewer.
// Precondition: no number stands twice.
std::vector<std::int64_t> sample(const Hash& seed,
                                 std::span<const std::int64_t> numbers,
                                 std::int64_t count);

// So many of `size` items, whose numbers follow each other.
struct Stratum {
  std::string word;  // small letters and '_'
  std::int64_t size = 0, count = 0;
  friend bool operator==(const Stratum&, const Stratum&) = default;
};
// What stands behind a number without showing it: SHA-256(salt || what it is).
struct Frame {
  std::string name;  // "supervision/3"
  std::string unit;  // code of the unit at whose top it stands
  Day from{}, to{};
  Instant head_at{};  // the first head published at this moment or later decides; whole seconds
  std::vector<Stratum> strata{};
  std::vector<Hash> items{};  // the first has the number 1; stratum after stratum
};
// The text whose SHA-256 stands in the ledger. Lines end in a line feed.
std::string text_of(const Frame& frame);

// The numbers drawn, ascending. Precondition: the sizes of the strata add up to the items.
std::vector<std::int64_t> drawn_from(const Frame& frame, const Head& head);

}  // namespace ln::draw
