// A case as one entry of a public list: title, state, unit, date. Only what is published.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_store_chain.h"
#include "feature/feedback/feedback_store_lines.h"
#include "platform/html/parts.h"
#include "platform/html/view.h"

namespace ln::feedback {

// What stands in the lang attribute of a text of the case: the language it was written in, where
// that is not the page's own, so that it is read aloud rightly (WCAG 2.2, 3.1.2).
std::optional<std::string_view> lang_of(const html::View& view, const Feedback& feedback);
html::Fragment case_card(const html::View& view, const CaseLine& line);
// What stands in the place of a title: of what was sent, or of what was released; of an erased case
// that it was erased.
std::string_view sent_title(const html::View& view, const Feedback& feedback);
std::string_view public_title(const html::View& view, const Feedback& feedback);
// The state as a badge, with an icon beside the words.
html::Fragment state_badge(const html::View& view, State state);
// A point of the map: its numbers, and a link that a phone opens in the map it has (RFC 5870).
html::Fragment position_link(const geo::Point& position);
// "Thứ 7 lần": only when the matter has come before.
html::Fragment recurrence_badge(const html::View& view, int recurrence);
// Where the commitment is kept that was promised in a case (commitment_of).
html::Fragment commitment_link(const html::View& view, std::int64_t commitment);
// All times the matter of `here` came (chain_of), with what became of each. Everybody is shown the
// released ones and how many there are in all; an officer those that `places` lets them see, under
// their addresses for staff. Empty when the matter came once.
html::Fragment chain_card(const html::View& view,
                          std::span<const Feedback> chain,
                          const Feedback& here,
                          std::optional<std::span<const std::string>> places = std::nullopt);

}  // namespace ln::feedback
