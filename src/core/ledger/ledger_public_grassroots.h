// The public facts of grassroots democracy: what a commune has to disclose (feature/disclosure) and
// what households decide (feature/ballot). Lines in clear as those of ledger_public.h, in chains of
// their own, one for each matter. docs/formats/ledger.md says what the members mean. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.h"

namespace ln::ledger {

// Which event, of which matter. What `count`, `hash` and `until` say depends on the event; a member
// that has nothing to say is 0, or the fact's own time. No household, person or choice is told.
struct GrassrootsFact {
  Instant at{};
  std::string what;         // "announced", "removed", "reissued", "counted", "due", "posted", …
  std::string room;         // "ballot", "disclosure", "reception"
  std::int64_t number = 0;  // of the matter in its room
  std::int64_t count = 0;
  std::string unit;  // code, as public_code gives it
  Hash hash{};
  Instant until{};  // whole seconds
};
// `k` in its payload.
inline constexpr std::string_view grassroots_word = "grassroots";

// The payload. Precondition: parse_grassroots reads it back.
std::string text_of(const GrassrootsFact& fact);
// Null for everything that text_of does not write, byte for byte.
std::optional<GrassrootsFact> parse_grassroots(std::string_view payload);
// What its entry happened to.
Subject subject_of(const GrassrootsFact& fact);

}  // namespace ln::ledger
