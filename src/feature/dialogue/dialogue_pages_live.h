// What changes on the page of a queue while somebody looks at it.
#pragma once

#include <string>

#include "feature/dialogue/dialogue_store.h"
#include "platform/i18n/i18n.h"

namespace ln::dialogue {

std::string live_channel(i18n::Language language, DialogueId id);

// In the reader's language, for [data-k].
struct LiveFigures {
  std::string now{}, next{}, counts{};
};
LiveFigures live_figures(const i18n::Voice& voice, db::Read& read, const Dialogue& dialogue);
// {"now": "…", …}
std::string to_json(const LiveFigures& figures);

}  // namespace ln::dialogue
