// Parts of the dashboard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "feature/insight/insight_board.h"
#include "feature/insight/insight_pages_address.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::insight {

// The name in the reader's language.
std::string_view shown_name(const html::View& view, const units::Unit& unit);

// "76,1% (61,5–86,5%), n = 46"; or that it is withheld.
html::Fragment share_with_interval(const html::View& view,
                                   const std::optional<stats::Share>& share);

// The same with the number as a link to where it can be counted again.
html::Fragment share_with_interval(const html::View& view,
                                   const std::optional<stats::Share>& share,
                                   const html::Url& address);

// What the numbers of `unit` on its dashboard are about: all quarters of it, or one.
About about_of(const Board& board, const BoardUnit& unit);
About about_of(const Board& board, const BoardUnit& unit, std::size_t quarter);

// Received, on time, satisfied, trust: large; and what is open.
html::Fragment board_head(const html::View& view, const Board& board, const BoardUnit& unit);
// How people rated: the distribution, what the silent could change, acceptable apart.
html::Fragment board_ratings(const html::View& view, const Board& board, const BoardUnit& unit);
// Each quarter as drawing, table and the words that tests allow.
html::Fragment board_trend(const html::View& view, const Board& board, const BoardUnit& unit);
// What waits for how long: of the unit, and of each of those `below` that something waits at.
html::Fragment board_ages(const html::View& view,
                          const Board& board,
                          const BoardUnit& unit,
                          std::span<const BoardUnit* const> below);
// From sending to solved.
html::Fragment board_funnel(const html::View& view, const Board& board, const BoardUnit& unit);
// Of the city: when people write.
html::Fragment board_rhythm(const html::View& view, const Board& board);
// Units below in bands by how many are satisfied; nothing when there are none.
html::Fragment board_bands(const html::View& view, const Board& board, const BoardUnit& unit);

// "X is higher by 3 to 9 points", "no difference is shown", or that one is not told.
std::string difference_sentence(const html::View& view,
                                const std::optional<stats::Share>& later,
                                const std::optional<stats::Share>& earlier);

}  // namespace ln::insight
