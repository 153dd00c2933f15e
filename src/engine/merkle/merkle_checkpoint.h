// Checkpoints (C2SP tlog-checkpoint) and receipts (C2SP tlog-proof), as texts.
//
//   <origin>\n<size>\n<base64 root>\n
//
// Checkpoints here never have extension lines: cosigners disagree about whether to sign them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/merkle/merkle_note.h"
#include "engine/merkle/merkle_proof.h"

namespace ln::merkle {

struct Checkpoint {
  std::string origin;      // the log's name, which is the name of its key too
  std::uint64_t size = 0;  // at most 2^63 - 1, so that every reader can count it
  Hash root{};

  // The text that is signed.
  std::string text() const;
  // Null for anything but the three lines: leading zeros, carriage returns, extension lines.
  static std::optional<Checkpoint> parse(std::string_view text);
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// The checkpoint in a note that the log `by` signed and whose origin is the log's name; null when
// the note is malformed, not signed by it, or spoiled.
std::optional<Checkpoint> open_checkpoint(std::string_view note, const Verifier& by);

// A receipt: that the leaf at `index` is in the tree of `checkpoint`.
struct Receipt {
  std::string extra;  // opaque and not authenticated; for us what opens the leaf
  std::uint64_t index = 0;
  Proof proof;
  std::string checkpoint;  // a signed note, verbatim

  std::string text() const;
  // Null when malformed. Verifies nothing.
  static std::optional<Receipt> parse(std::string_view text);
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

inline constexpr std::size_t receipt_proof_max = 63;  // hashes: a tree has fewer than 2^63 leaves

}  // namespace ln::merkle
