// The ledger: what happened, in an order nobody can change afterwards, provable to whoever holds a
// receipt and opaque to everybody else.
//
// Each act on a case appends one entry, in the transaction of the act (ledger_actions.h). The entry
// has a payload (canonical JSON), and a public leaf commits to the payload without showing anything
// of it. The batch is sealed with one signed head (ledger_sealer.h). Bytes: docs/formats/ledger.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "engine/merkle/merkle_leaf.h"
#include "engine/merkle/merkle_note.h"

namespace ln::ledger {

using merkle::CaseKey;
using merkle::Hash;
using merkle::Leaf;
using merkle::PublicKey;
using merkle::Signature;

// The words stand in the column, in payloads and in the API as they are written here.
enum class Event : std::uint8_t {
  received,
  accepted,
  assigned,
  transferred,
  asked,
  replied,
  extended,
  answered,
  promised,
  declined,
  redirected,
  contested,
  rated,
  reopened,
  closed,
  lapsed,
  merged,
  published,
  redacted,
  opened_identity,
  rekeyed,
  erased,
  announced,  // a public fact (ledger_public.h), never of a case
};
inline constexpr std::size_t event_count = 23;
std::string_view to_text(Event event);
std::optional<Event> event_of(std::string_view word);

enum class Party : std::uint8_t { citizen, office, supervisor, clock };
std::string_view to_text(Party party);
std::optional<Party> party_of(std::string_view word);

// What an event happened to: a row of the feature's own table. Its events form one chain.
struct Subject {
  std::string kind;  // the table, "feedback"
  std::int64_t id = 0;
  friend bool operator==(const Subject&, const Subject&) = default;
};

// The randomness of one entry, drawn while preparing.
struct Salts {
  merkle::Salt commit{};
  std::array<std::uint8_t, 32> body{};
};
Salts draw(Random& random);
// Tags all events of one subject; drawn once, when it is opened.
CaseKey draw_case_key(Random& random);

// The key a citizen's secret stands for. The secret is stored nowhere; the public half stands in
// the `received` entry, and every later act of the citizen is signed with the other half.
class CitizenKey {
 public:
  // HKDF-SHA256 of the secret as it was drawn: 20 letters without spaces.
  static CitizenKey from_secret(std::string_view secret);
  const PublicKey& public_key() const { return key_.public_key(); }
  Signature sign(std::string_view message) const { return key_.sign(message); }

 private:
  explicit CitizenKey(const merkle::Seed& seed) : key_(seed) {}
  merkle::SigningKey key_;
};

// What to append. Borrows.
struct Entry {
  Event event;
  Subject subject{};
  Instant at{};
  Party party = Party::office;
  std::int64_t actor_id = 0;  // account of the officer; 0: none
  std::int64_t unit_id = 0;   // 0: none
  std::string_view unit{};    // its code, for the payload
  std::string_view topic{};   // code; `cat` in the payload
  std::optional<Instant> due{};
  std::string_view body{};        // the text that was written, NFC; empty: none
  std::span<const Hash> files{};  // SHA-256 of each file's bytes
  std::string_view reason{};      // word of a list: why it was erased

  // The first event of a subject, and only it, brings the subject's key.
  const CaseKey* case_key = nullptr;
  // Whose acts the case accepts from now on: with `received` and `rekeyed`.
  std::optional<PublicKey> registers{};
  // Signs: needed for whatever a citizen does to a case that exists.
  const CitizenKey* citizen = nullptr;
};

// Where an entry stands now.
struct Appended {
  std::int64_t index = 0;  // of the leaf; the entry's id is one more
  Leaf leaf{};
  Hash leaf_hash{};
};

// Proof in the making: with the signed head it is what a citizen gets at once.
struct Receipt {
  std::int64_t index = 0;
  std::string leaf;        // base64
  std::string checkpoint;  // signed note
};
// `seal` is what http::Pending::commit hands to render.
Receipt receipt_of(const Appended& appended, std::string_view seal);

// An entry as it was stored.
struct Stored {
  std::int64_t id = 0;
  Instant at;
  Event event;
  Subject subject;
  std::int64_t seq = 0;
  Party party;
  std::int64_t actor_id = 0;  // 0: none
  std::int64_t unit_id = 0;   // 0: none
  std::string payload;

  std::int64_t index() const { return id - 1; }
};

// A signed head of the tree.
struct Head {
  std::int64_t size = 0;
  Hash root{};
  std::string note;
  Instant at;
};

// --- payloads: what a leaf commits to -----------------------------------------------------------

// SHA-256(body salt || text), and SHA-256(body salt || SHA-256(file)).
Hash hash_body(const Salts& salts, std::string_view body);
Hash hash_file(const Salts& salts, const Hash& file);

// The canonical JSON for `entry` at `seq`, after the leaf `previous` (null at seq 0). Signed when
// `entry.citizen` is set.
std::string payload_of(const Entry& entry,
                       std::int64_t seq,
                       const std::optional<Hash>& previous,
                       const Salts& salts);

// The text a payload has under `name`; null when it has none. Precondition: written by payload_of.
std::optional<std::string_view> text_in(std::string_view payload, std::string_view name);
// The key a payload registers.
std::optional<PublicKey> registered_in(std::string_view payload);
// Whether a payload carries the signature of `key` over the rest of itself.
bool is_signed_by(std::string_view payload, const PublicKey& key);

// Whether only the holder of the secret can do this.
bool needs_signature(Event event, Party party);

}  // namespace ln::ledger
