// Idempotency: a person who saw an error and tries again gets the same outcome, not a second one.
//
// The action's first line asks find(); its last one save()s the outcome in the same transaction.
// The outcome may hold a case's code and secret, so it is sealed under a key made from the
// idempotency key itself: who has only the database cannot read it, who asks again can. The key
// must be unguessable (a random token of 128 bits or more); whoever accepts one from outside checks
// its length.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/db/db.h"

namespace ln::db {

struct Once {
  // What was saved under `key`; null when nothing was, or it was forgotten. Throws Failure
  // (corrupt) when the row is not what was saved.
  static std::optional<std::string> find(Read& read, std::string_view key);
  // False when something is saved under `key` already; that stays.
  static bool save(Write& write, std::string_view key, std::string_view outcome, Instant now);
  // Forgets what was saved before `limit`; returns how many.
  static std::int64_t forget_before(Write& write, Instant limit);
};

}  // namespace ln::db
