// An opinion map as people and as programs read it. Neither names a path, a time or a person.
#pragma once

#include <string>
#include <vector>

#include "engine/opinion/opinion_comments.h"
#include "engine/opinion/opinion_findings.h"
#include "engine/opinion/opinion_quality.h"
#include "platform/i18n/i18n.h"

namespace ln::app {

struct OpinionReport {
  const opinion::Votes& votes;
  const opinion::Map& map;
  const opinion::Counts& counts;
  const opinion::Findings& findings;
  const opinion::Quality& quality;
  // The words of each statement of `votes`, or empty texts.
  std::vector<std::string> texts;
  std::size_t left_out = 0;  // statements that moderators rejected
};

// Sentences and lists; of each list the first `most` items.
std::string opinion_text(const OpinionReport& report, const i18n::Voice& voice, std::size_t most);
// docs/formats/opinion.md says what stands where.
std::string opinion_json(const OpinionReport& report);
// participant,group,x,y: one row a person, in the order of ids; empty cells for whoever has too few
// votes. Precondition: every group may be shown.
std::string opinion_people(const opinion::Votes& votes, const opinion::Map& map);
// "A", "B", …: how groups are named.
std::string group_name(std::size_t group);

}  // namespace ln::app
