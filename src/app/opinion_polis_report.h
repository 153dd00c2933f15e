// The map as Polis draws it (engine/opinion/opinion_polis.h), as people and as programs read it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/opinion/opinion_polis.h"
#include "platform/i18n/i18n.h"

namespace ln::app {

struct PolisReport {
  const opinion::Votes& votes;
  const opinion::polis::PolisMap& map;
  std::vector<std::string> texts;  // the words of each statement of `votes`, or empty texts
  // The adjusted Rand index to the groups that the file names; null when it names none.
  std::optional<double> agreement_published;
};

std::string polis_text(const PolisReport& report, const i18n::Voice& voice);
std::string polis_json(const PolisReport& report);

}  // namespace ln::app
