// Reads votes from the layout that opinion-map researchers publish (participants-votes.csv):
//
//   participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2,…
//   7,0,1,3,2,1,1,-1,,1
//
// One row a person, one column a statement: 1 agrees, -1 disagrees, 0 passes, empty has not voted.
// "participant" is needed, "group-id" may be there, the four counts and "xid" (an id from
// elsewhere) are not read; every other column is a statement. Columns and rows may stand in any
// order. Only at the end may lines be empty.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/opinion/opinion_votes.h"

namespace ln::opinion {

inline constexpr std::size_t header_size_max = 1'024 * 1'024;
inline constexpr std::size_t line_size_max = 256 * 1'024;

// What is wrong with a file, and in which line (the header is line 1).
enum class Trouble : std::uint8_t {
  empty,                // no header
  no_participant,       // no such column
  too_many_statements,  // more than statements_max
  bad_id,  // of a person or statement: empty, too long, quotes, control characters, no UTF-8
  statement_twice,
  person_twice,
  cells,       // not as many as in the header
  not_a_vote,  // neither 1, -1, 0 nor empty
  not_a_group,
  line_too_long,
  too_many_people,
  no_comment,  // neither "comment-id" nor "comment-body", or only one of them
  bad_text,    // a quote that is not closed or stands inside a cell, or no UTF-8
};
struct Complaint {
  Trouble trouble = Trouble::empty;
  std::uint64_t line = 0;
};

// Whether this can be the id of a person or a statement.
bool is_id(std::string_view text);

// Takes a file in pieces, however it is cut. Holds no more of it than a line.
class VoteReader {
 public:
  // `left_out` are statements that are read over, as if nobody had voted on them.
  explicit VoteReader(std::vector<std::string> left_out = {});
  // Null as long as all is well; after a complaint the reader is of no more use.
  std::optional<Complaint> take(std::string_view piece);
  // The end of the file. Then `votes` may be taken.
  std::optional<Complaint> finish();
  // How many columns of the file were left out.
  std::size_t left_out() const;
  Votes votes() { return *std::move(votes_); }

 private:
  std::optional<Complaint> line(std::string_view text);
  std::optional<Complaint> header(std::string_view text);
  std::optional<Complaint> person(std::string_view text);
  std::optional<Complaint> nobody_twice() const;

  // What a column holds: the number of a statement, or one of these.
  static constexpr std::uint16_t is_person = 0xFFFF, is_group = 0xFFFE, is_ignored = 0xFFFD;
  std::vector<std::string> left_out_;
  std::vector<std::uint16_t> columns_;
  std::size_t counts_ = 0;   // columns that are never statements and not read
  std::uint64_t blank_ = 0;  // the first empty line
  std::optional<Votes> votes_;
  std::string rest_;  // the beginning of a line that goes on in the next piece
  std::uint64_t line_ = 1;
  std::vector<std::uint8_t> said_;  // of the person being read, by statement
  std::vector<Vote> row_;
};

}  // namespace ln::opinion
