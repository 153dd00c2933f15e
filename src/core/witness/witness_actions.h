// What a witness does when it is asked.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "core/witness/witness_store.h"

namespace ln::witness {

struct Options {
  Places places;
  std::string name;                    // of the witness, and of its key
  std::vector<merkle::Verifier> logs;  // whose heads it cosigns
  std::function<Instant()> clock;
};

// Thread-safe: one request at a time is judged, remembered and signed.
class Witness {
 public:
  // Throws as open() in witness_store.h.
  Witness(Options options, Random& random);

  struct Answer {
    Outcome outcome = Outcome::malformed;
    std::string lines;            // with cosigned: our signature line
    std::uint64_t seen_size = 0;  // with other_size
  };
  // Judges the body of an add-checkpoint request. What it cosigns is durable before it returns, so
  // that no crash lets it sign two trees of one size. Times of cosignatures of one log never fall.
  // Throws file::Failure when it cannot be stored; then nothing is signed and nothing remembered.
  Answer add_checkpoint(std::string_view body);

  // The last cosigned head of the log whose address_of is `address`; null when there is none.
  std::optional<std::string> checkpoint(std::string_view address) const;
  // What we have seen of each log that we know, in the order in which they were given.
  struct SeenLog {
    std::string origin;
    std::string address;                   // address_of(origin)
    std::uint64_t size = 0;                // lines under the last head that we cosigned
    std::optional<Instant> cosigned_at{};  // null: none yet
  };
  std::vector<SeenLog> seen() const;
  // The names and the bytes of the evidence that we keep, as evidence_names and read_evidence.
  std::vector<std::string> evidence() const;
  std::optional<std::string> evidence(std::string_view name) const;
  const merkle::Verifier& verifier() const { return signer_->verifier(); }

 private:
  void accuse(const Judgement& judged);

  Options options_;
  mutable std::mutex mutex_;
  std::optional<merkle::Signer> signer_;
  Memory memory_;  // guarded by mutex_
};

}  // namespace ln::witness
