// What witnesses have signed of the published heads, and how the city stands with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/ledger.h"
#include "engine/merkle/merkle_policy.h"
#include "platform/db/db.h"

namespace ln::ledger {

// The policy that the city is served with; null: nobody is asked.
std::optional<merkle::Policy> policy_of(db::Read& read);
void save_policy(db::Write& write, const std::optional<merkle::Policy>& policy);

struct Cosignature {
  Instant at;           // the tick
  std::string witness;  // its vkey
  std::int64_t size = 0;
  Instant seen_at;  // as the witness says
  std::string line;
};
// The first of each witness and tick stays.
void insert_cosignature(db::Write& write, const Cosignature& cosignature);
bool has_cosigned(db::Read& read, std::string_view witness, Instant tick);
// The size a witness has cosigned last, as far as we know; 0: none.
std::int64_t last_cosigned_size(db::Read& read, std::string_view witness);

// The note of a head with the newest cosignature of each witness who has signed that size, below
// the log's own signature: they sign the head, not the tick.
std::string cosigned_note(db::Read& read, const Head& head);
// The first published head over the leaf at `index` that enough witnesses have cosigned for the
// policy, with what each of them signed of it first; while there is none, the first that any has
// cosigned. Null when nobody has.
std::optional<Head> cosigned_head_over(db::Read& read, std::int64_t index);

// After so many ticks without them it is time to tell people.
inline constexpr int missed_ticks_alarm = 3;

// How the city stands with its witnesses. Ticks are counted back from the last but one, since the
// last may be with the witnesses at this moment, and at most `missed_ticks_alarm` are looked at.
struct Standing {
  struct Witness {
    std::string name;  // in the policy
    std::string vkey;
    std::optional<Instant> seen_at;  // its last cosignature; null: none yet
    int missed = 0;                  // ticks in a row without it; 0 when the last one has it
  };
  std::vector<Witness> witnesses;    // in the order of the policy; empty: nobody is asked
  bool needs_quorum = false;         // false: the policy says "quorum none"
  std::optional<Instant> quorum_at;  // the newest tick looked at that enough have cosigned
  int missed = 0;                    // ticks in a row without a quorum; 0 when the last one has it
  bool is_alarming() const { return needs_quorum && missed >= missed_ticks_alarm; }
};
Standing standing_of(db::Read& read);

}  // namespace ln::ledger
