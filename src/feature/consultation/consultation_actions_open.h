// What may be published of votes (decision 38): of every statement a table from which no small
// count can be had, and of those who agreed to it a row each, in the layout that researchers of
// opinion maps read (docs/formats/opinion.md).
//
// Pure. The same votes give the same bytes, whoever came first: nothing here knows a time, an order
// or an id of a participant.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/stats/stats.h"
#include "feature/consultation/consultation_store_votes.h"

namespace ln::consultation {

// No count of fewer people than this is told, nor can it be had by taking rows from the table.
inline constexpr std::int64_t open_floor = 10;

// A share of those who answered, as maps tell it beside the table: in which range of percents it
// lies, and of about how many people (in tens, never more than there were). Null below open_floor
// people. The range is one of equal steps from 0 to 100, so wide that each holds open_floor of the
// people: whatever a small cell of the table holds, 1 to open_floor − 1, the range is the same, and
// neither can be had from the other. Of 10 to 19 people it only says on which side of a half it is.
struct ToldShare {
  int from = 0, to = 0;  // percent
  std::int64_t about = 0;
  friend bool operator==(const ToldShare&, const ToldShare&) = default;
};
std::optional<ToldShare> told_share(const stats::Share& share);

// Null: not told. A statement with a small cell tells how many answered, and no cell.
struct OpenRow {
  std::int64_t statement = 0;
  std::optional<std::int64_t> people{}, agree{}, disagree{}, pass{};
};
struct OpenVotes {
  std::vector<OpenRow> table{};  // in the order of `statements`
  // Of those who share: the columns that may be told, and the rows, sorted by what is in them.
  std::vector<std::int64_t> columns{};
  std::vector<std::vector<std::optional<int>>> rows{};
};
// A column is told when at least open_floor sharers answered it, and of all others nobody or so
// many that each of their answers, which anybody gets by subtraction, was given by nobody or by
// open_floor people. Rows are told when there are open_floor of them.
OpenVotes open_votes(const std::vector<std::int64_t>& statements,
                     const std::vector<StoredVote>& votes,
                     const std::set<std::int64_t>& sharers);

// "statement,people,agree,disagree,pass"; what is not told is empty.
std::string table_of_votes(const OpenVotes& open);
// The layout of participants-votes.csv; a participant is the place of its row. Empty without rows.
std::string rows_of_votes(const OpenVotes& open);

}  // namespace ln::consultation
