// What each step of sending shows. For the wings of this form only.
//
// Everything a page needs is gathered before the commit, because nothing can be read after it; then
// the page is made from that alone, with or without something to correct.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/attachment/attachment.h"
#include "core/units/units.h"
#include "feature/feedback/feedback_pages_form_draft.h"
#include "feature/feedback/feedback_pages_page.h"
#include "feature/feedback/feedback_settings.h"
#include "platform/html/layout.h"
#include "platform/html/spoken.h"

namespace ln::feedback {

struct StepShown {
  Step step = Step::about;
  Draft draft{};
  std::vector<Step> steps{};
  std::optional<Error> error{};
  std::vector<Topic> topics{};  // of what it is about, in the order of the tree
  // Where: what was looked for, the units found, the one chosen, and the names of those above.
  std::string query{};
  std::vector<units::Unit> found{};
  std::optional<units::Unit> unit{};
  std::vector<units::Unit> all_units{};
  std::map<units::UnitId, std::string> above{};
  std::vector<units::Procedure> procedures{};
  // The story: questions of the topic, and the files that have arrived.
  std::vector<TopicQuestion> questions{};
  std::vector<attachment::Attachment> files{};
};

// Gathers what `step` needs; `query` is what was typed into the search for a unit.
StepShown gather_step(db::Read& read, Draft draft, Step step, std::string_view query, Instant now);
// The page of the step.
std::string step_html(const html::View& view, const StepShown& shown);
// A frame around a step: back link, number, heading, bar, and the column that helps.
std::string step_page(const html::View& view, const StepShown& shown, const html::Fragment& inside);

// One extra question of the topic, in a field "extra_CODE". A choice is answered with its
// Vietnamese words.
html::Fragment extra_field(const html::View& view,
                           const Draft& draft,
                           const TopicQuestion& question,
                           const Error* error);

// What is read in the reader's language; Vietnamese where there is no English.
std::string_view in_language(const html::View& view, const std::string& vi, const std::string& en);

}  // namespace ln::feedback
