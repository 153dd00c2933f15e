#include "core/ledger/ledger_public_any.h"

namespace ln::ledger {

std::optional<AnyFact> parse_any_fact(std::string_view payload) {
  if (auto fact = parse_fact(payload)) return *std::move(fact);
  if (auto fact = parse_supervision(payload)) return *std::move(fact);
  if (auto fact = parse_survey(payload)) return *std::move(fact);
  if (auto fact = parse_grassroots(payload)) return *std::move(fact);
  return std::nullopt;
}

}  // namespace ln::ledger
