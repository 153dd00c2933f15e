// What is in a receipt besides the proof, and what a receipt shows to whoever examines it. Pure: a
// receipt is examined without the database and without us (docs/formats/ledger.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/ledger/ledger.h"
#include "engine/merkle/merkle_policy.h"

namespace ln::ledger {

// Everything that opens one leaf. It tells what happened in the case and lets its holder find all
// lines of the case in the public log, so it is for the holder of the secret alone.
struct Opening {
  std::string code;  // of the case, as it stands in links
  CaseKey key{};
  Salts salts{};
  std::string payload;

  // The bytes of a receipt's `extra`. Precondition: the code has at most 255 bytes.
  std::string bytes() const;
  // Null for everything bytes() does not write. Verifies nothing.
  static std::optional<Opening> parse(std::string_view bytes);
};

// The place of an event in its case, as the payload says it; null when it says none.
std::optional<std::uint32_t> seq_in(std::string_view payload);
// The leaf that an opening opens; null when the payload names no place.
std::optional<Leaf> leaf_of(const Opening& opening);

// What a receipt shows.
struct Examined {
  Opening opening;
  std::uint32_t seq = 0;
  Hash leaf_hash{};
  merkle::Checkpoint head;
  // Who signed the head. Null when no policy was given: then only the arithmetic was checked.
  std::optional<merkle::Verdict> verdict{};
};

// Checks that the opening gives the leaf, that the proof leads from the leaf to the head, and that
// the head is one the policy believes. Refuses (invalid) with the sentence that says which of these
// is not so.
Result<Examined> examine(const merkle::Receipt& receipt, const merkle::Policy* policy);

// Whether `text` is what the payload commits to with `body`.
bool is_text_of(const Opening& opening, std::string_view text);

// All events of a case that came together: each is examined, and they must be of one case, from its
// first event on, each naming the leaf of the one before. Refuses (invalid) otherwise.
Result<std::vector<Examined>> examine_case(const std::vector<merkle::Receipt>& receipts,
                                           const merkle::Policy* policy);

// Receipts one after the other, each ended by a line "--". Null when one of them is malformed, or
// there are none or more than `receipts_max`.
inline constexpr std::size_t receipts_max = 1'000;
std::string bundle_of(const std::vector<merkle::Receipt>& receipts);
std::optional<std::vector<merkle::Receipt>> receipts_in(std::string_view bundle);

}  // namespace ln::ledger
