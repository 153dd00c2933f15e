// What the pages of ballots share. For this room's pages only.
#pragma once

#include <string>
#include <string_view>

#include "feature/ballot/ballot_store.h"
#include "platform/html/fill.h"
#include "platform/html/spoken.h"
#include "platform/html/view.h"

namespace ln::ballot {

html::Spoken title_of(const html::View& view, const Ballot& ballot);
std::string place_of(db::Read& read, const Ballot& ballot);  // "Thôn Đông, Xã Một"
html::Url page_of(const html::View& view, BallotId id);
html::Url slip_url(const html::View& view, const Code& code);
html::Fragment ballot_line(const html::View& view, std::int64_t line);

// Coming, open, waiting for its count, counted or cancelled: by the clock.
html::Fragment stage_badge(const html::View& view, const Ballot& ballot, Instant now);
// "Từ 2/3 tổng số hộ trở lên", with its source.
std::string rule_words(const html::View& view, const Rule& rule);
html::Fragment facts_of(const html::View& view, db::Read& read, const Ballot& ballot, Instant now);
// The questions with their options as they will stand on the ballot.
html::Fragment questions_part(const html::View& view, const std::vector<Question>& questions);
// What was decided, with the counts and what was needed.
html::Fragment results_part(const html::View& view,
                            const Ballot& ballot,
                            const std::vector<Question>& questions,
                            const std::vector<Vote>& votes,
                            std::int64_t objections);
html::Fragment events_part(const html::View& view, const std::vector<Event>& events);

}  // namespace ln::ballot
