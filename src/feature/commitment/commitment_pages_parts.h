// What the pages of a commitment share. For this room's pages only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feature/commitment/commitment_store.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"
#include "platform/http/http.h"

namespace ln::commitment {

html::Url page_of(const html::View& view, CommitmentId id);

// Where it stands, with icon and words: "Quá hạn 12 ngày".
html::Fragment state_badge(const html::View& view, const Commitment& c, Instant now);
// One of a list: its text, whose it is and where it stands. `to`: the page it leads to.
html::Fragment item(
    const html::View& view, db::Read& read, const Commitment& c, const html::Url& to, Instant now);
// Text, owner, day, what was done, what is to change. A promise whose words are for its case alone
// shows to anybody none of them; to the party (who holds its secret, or heads the unit) also why a
// change is asked for.
enum class Reader { anybody, party };
html::Fragment sheet(const html::View& view,
                     db::Read& read,
                     const Commitment& c,
                     Instant now,
                     Reader reader = Reader::anybody);
// Everything that happened, the oldest first, each with its line; words as in sheet().
html::Fragment history(const html::View& view,
                       db::Read& read,
                       const Commitment& c,
                       Reader reader = Reader::anybody);
// The first of these units by what is overdue and broken, at most `max`.
std::vector<std::pair<std::int64_t, Tally>> worst_first(const std::map<std::int64_t, Tally>& all,
                                                        std::size_t max);
// How units keep their word: a table of the ten worst where there are more. Each number is of the
// unit alone, its name leads to the list of all that it and those below it promised.
html::Fragment tally_table(const html::View& view,
                           db::Read& read,
                           const std::map<std::int64_t, Tally>& all);

std::string unit_name(const html::View& view, db::Read& read, units::UnitId id);

// The commitment of the path; not_found when there is none.
Result<Commitment> asked_for(const http::Request& request, db::Read& read);
// "2026-12-01" as a date field sends it; null for anything else.
std::optional<Day> day_in(std::string_view text);

}  // namespace ln::commitment
