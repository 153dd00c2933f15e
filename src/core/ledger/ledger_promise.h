// The promise that is the receipt while an event of the protected channel waits: a note, signed by
// the log, that a leaf will stand in the log before a full hour. Bytes: docs/formats/ledger.md.
//
//   langnghe/promise/v1\n<origin>\n<base64 leaf hash>\nbefore <2026-11-23T15:00:00Z>\n
//
// Nobody can take a promise for a head: a head has three lines and names its log in the first.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "core/ledger/ledger.h"
#include "platform/db/db.h"

namespace ln::ledger {

// A note is a few hundred bytes and an opening a thousand; anything larger is no promise.
inline constexpr std::size_t promise_size_max = 64 * 1024;

struct Promise {
  std::string origin;  // the log's name, which is the name of its key too
  Hash leaf_hash{};
  Instant before{};     // a full hour
  std::string note{};   // the signed bytes
  std::string extra{};  // what opens the leaf, as in a receipt; not signed, empty when not at hand

  // The text that is signed.
  std::string text() const;
  // The file that its holder keeps: "langnghe/promise@v1", a line "extra" with the opening when
  // there is one, an empty line, and the note.
  std::string file() const;
  // Reads such a file, or the note alone. Null when it is neither, or larger than
  // promise_size_max. Verifies nothing.
  static std::optional<Promise> parse(std::string_view bytes);
};

// Whether the log `by` has signed the promise.
bool is_signed_by(const Promise& promise, const merkle::Verifier& by);

// Signs promises with a log's key, on any thread.
class Promiser {
 public:
  explicit Promiser(const merkle::Signer& signer);
  Promise sign(const Hash& leaf_hash, Instant before) const;

 private:
  merkle::Signer signer_;
};

// The promiser of the log that `read` holds: there is one while its sealer is open in this process
// (ledger_sealer.h). Null otherwise. Thread-safe, as are the next two.
std::optional<Promiser> promiser_of(db::Read& read);
// Gives the name of the offer, to end it with.
std::string offer_promises(const merkle::Signer& signer);
void end_promises(const std::string& offer);

// The promise for the first event of a case, with its opening under `code`, for the holder of its
// secret; null when that event does not wait, or nobody here may sign.
std::optional<Promise> promise_of(db::Read& read, const Subject& subject, std::string_view code);

// What became of a promise.
enum class Kept : std::uint8_t {
  kept,     // its leaf stands in the log, and was there in time
  late,     // its leaf stands in the log, but no head shows that it was there in time
  not_yet,  // its leaf is not there, and the hour has not passed
  broken,   // its leaf is not there, and the hour has passed
};

struct PromiseRuling {
  Kept kept = Kept::broken;
  std::optional<std::int64_t> index{};  // of the leaf
  std::int64_t size = 0;                // leaves that were looked through
  std::optional<Instant> shown_at{};    // when a head over the leaf was first published
};
// Looks through the log in a database: each published head bears the time of its tick, which the
// city alone vouches for; what witnesses have signed is in the receipt.
PromiseRuling referee(db::Read& read, const Promise& promise, Instant now);

}  // namespace ln::ledger
