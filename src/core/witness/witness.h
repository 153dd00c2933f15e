// A witness: somebody who remembers the last head of each log they know, and signs a new one only
// when it continues that (C2SP tlog-witness, cosignature/v1). It knows nothing of what a log is
// about, and needs no more than its key and one file.
//
// Rules and types; what is kept on disk is witness_store.h, what a request does witness_actions.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_witness.h"

namespace ln::witness {

// The last head of a log that this witness has cosigned.
struct Seen {
  merkle::Checkpoint checkpoint;
  std::string note;        // with the log's signatures and ours
  std::uint64_t time = 0;  // of our cosignature, Unix seconds
  friend bool operator==(const Seen&, const Seen&) = default;
};

// By the origin of the log. Logs that the witness is no longer told to know stay: were they
// forgotten, coming back they could begin another history.
using Memory = std::map<std::string, Seen, std::less<>>;

// What becomes of a request to cosign, from good to worst. The words of the specification are its
// HTTP statuses, which witness_pages gives.
enum class Outcome : std::uint8_t {
  cosigned,     // 200
  malformed,    // 400: not a request, or the old size is larger than the new one
  not_signed,   // 403: no key that we know of this log has signed it, or one of them wrongly
  unknown_log,  // 404
  other_size,   // 409: the old size is not the one that we have seen
  wrong_proof,  // 422: the proof does not lead from the tree that we have seen to this one
  split_view,   // 422: the log has signed another tree of the size that we have seen
};
std::string_view to_text(Outcome outcome);

struct Judgement {
  Outcome outcome = Outcome::malformed;
  std::uint64_t seen_size = 0;  // with other_size: what the witness has seen
  // The log has signed two trees of one size, whatever the outcome: its note and ours prove it.
  bool is_split = false;
  merkle::Checkpoint checkpoint{};
  merkle::Note note{};  // the head with the signatures of known keys of the log, and no others
};

// What a witness that knows `logs` and remembers `memory` makes of the body of a request. Cosigning
// is for who asks. A log seen for the first time is believed, from size 0 with an empty proof; its
// root is not checked, unless it claims to be empty. An unchanged size is cosigned again.
// Checkpoints with extension lines are malformed here: cosigners disagree about signing those.
Judgement judge(std::string_view body,
                const std::vector<merkle::Verifier>& logs,
                const Memory& memory);

// The memory as a file: a first line, each note after its length, and a last line with the SHA-256
// of all before, so that a damaged file is noticed.
std::string write_memory(const Memory& memory);
// Null when the file is not whole or a note in it is not cosigned by `own`.
std::optional<Memory> read_memory(std::string_view text, const merkle::Verifier& own);

// What proves a split view to anybody: two notes that the log signed, each ended by a line that
// consists of `--` alone.
std::string evidence_of(const Seen& seen, const merkle::Note& other);

// The keys of a small file: one vkey on a line; empty lines and lines that begin with # count for
// nothing. Null when another line is no key of a log; then `wrong_line` is its number, from 1.
std::optional<std::vector<merkle::Verifier>> keys_in(std::string_view text,
                                                     std::size_t* wrong_line = nullptr);

// The name under which the head of a log is read: hexadecimal SHA-256 of its origin.
std::string address_of(std::string_view origin);

}  // namespace ln::witness
