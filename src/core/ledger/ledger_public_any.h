// A public fact of whichever room: what reads lines in clear reads all of them through this, so
// that a kind that joins cannot be forgotten anywhere. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "core/ledger/ledger_public_supervision.h"
#include "core/ledger/ledger_public_survey.h"

namespace ln::ledger {

using AnyFact = std::variant<Fact, SupervisionFact, SurveyFact, GrassrootsFact>;

// Null for everything that text_of of its kind does not write, byte for byte.
std::optional<AnyFact> parse_any_fact(std::string_view payload);

}  // namespace ln::ledger
