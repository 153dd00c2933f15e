// The public facts of supervision programmes (feature/supervision): lines in clear as those of
// ledger_public.h, in chains of their own, one for each programme. docs/formats/ledger.md says what
// the members mean. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.h"

namespace ln::ledger {

// Which event, of which programme, and what it is held to. What `number`, `count`, `hash` and
// `until` say depends on the event; a member that has nothing to say is 0, or the fact's own time.
struct SupervisionFact {
  Instant at{};
  std::string what;  // "announced", "drawn", "finding", "advised", "answered", "verified", …
  std::int64_t programme = 0, number = 0, count = 0;
  std::string unit;  // code, as public_code gives it
  Hash hash{};
  Instant until{};  // whole seconds
};
// `k` in its payload.
inline constexpr std::string_view supervision_word = "supervision";

// The payload. Precondition: parse_supervision reads it back.
std::string text_of(const SupervisionFact& fact);
// Null for everything that text_of does not write, byte for byte.
std::optional<SupervisionFact> parse_supervision(std::string_view payload);
// What its entry happened to.
Subject subject_of(const SupervisionFact& fact);

}  // namespace ln::ledger
