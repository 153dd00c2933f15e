// What a log and a witness say to each other (C2SP tlog-witness), as texts.
//
//   old <size>\n                     the tree that the witness has seen last
//   <base64 hash>\n …                0 to 63: how the new tree grew from it
//   \n
//   <checkpoint, a signed note>
//
// The witness answers with signature lines of its own, or with the size that it has seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/merkle/merkle_note.h"
#include "engine/merkle/merkle_proof.h"

namespace ln::merkle {

// The body of an add-checkpoint request. Whether the proof and the signatures hold is another
// question: see Growth and verify().
struct AddCheckpoint {
  std::uint64_t old_size = 0;  // at most 2^63 - 1
  Proof proof;
  std::string checkpoint;  // a signed note, verbatim

  std::string text() const;
  // Null when malformed: leading zeros, carriage returns, more than 63 hashes or hashes that are
  // not canonical base64 of 32 bytes, a checkpoint that is no signed note, more bytes than below.
  static std::optional<AddCheckpoint> parse(std::string_view text);
  friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};

inline constexpr std::size_t consistency_proof_max = 63;  // hashes
inline constexpr std::size_t add_checkpoint_size_max = 64 * 1024;

// Signature lines without the note they belong to: the answer of a witness.
std::string signature_lines(const std::vector<NoteSignature>& signatures);
// Null when malformed: no line, an empty line, a line that is no signature, more than a note may
// have or than `add_checkpoint_size_max` bytes.
std::optional<std::vector<NoteSignature>> parse_signature_lines(std::string_view text);

// "<size>\n": the size a witness has seen, with which it refuses another one (409).
std::string size_line(std::uint64_t size);
// Null when malformed; at most 2^63 - 1.
std::optional<std::uint64_t> parse_size_line(std::string_view text);
inline constexpr std::string_view size_line_type = "text/x.tlog.size";

}  // namespace ln::merkle
