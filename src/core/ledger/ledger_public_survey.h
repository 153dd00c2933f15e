// The public facts of surveys (feature/survey): lines in clear as those of ledger_public.h, in
// chains of their own, one for each survey. docs/formats/ledger.md says what the members mean.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.h"

namespace ln::ledger {

// Which event of which survey: "announced" (count: how many will be asked; hash: of the plan;
// until: when the head comes that draws, or the first day), "drawn" (count: numbers drawn; hash:
// root of the head), "printed" (count: slips so far), "closed" (count: answers by slip; hash: of
// the counts as they are published). A member that has nothing to say is 0, or the fact's own time.
struct SurveyFact {
  Instant at{};
  std::string what;
  std::int64_t survey = 0, count = 0;
  std::string unit;  // code, as public_code gives it
  Hash hash{};
  Instant until{};  // whole seconds
};
// `k` in its payload.
inline constexpr std::string_view survey_word = "survey";

// The payload. Precondition: parse_survey reads it back.
std::string text_of(const SurveyFact& fact);
// Null for everything that text_of does not write, byte for byte.
std::optional<SurveyFact> parse_survey(std::string_view payload);
// What its entry happened to.
Subject subject_of(const SurveyFact& fact);

}  // namespace ln::ledger
