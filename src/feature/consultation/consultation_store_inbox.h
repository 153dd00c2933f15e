// What the desk looks for among the comments of one consultation: one question, for the list and
// for putting all of it under one point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "feature/consultation/consultation_answer.h"
#include "platform/db/db.h"

namespace ln::consultation {

struct InboxAsked {
  enum class Where : std::uint8_t { loose, anywhere, point };
  ConsultationId consultation{};
  Where where = Where::loose;
  IssueId issue{};                   // of Where::point
  std::string clause{};              // with what stands below it, "gone"; empty: of any
  std::optional<Channel> channel{};  // how it came
  bool with_own_words = false;       // beside a letter, words of their own
  std::string words{};               // all of them, in those that are shown; empty: any
  // Of those anywhere only what may be moved together: none of a point that is answered, whose
  // answer counts them. Those of one point may, when it was chosen.
  bool is_to_move = false;

  bool is_narrowed() const {
    return where != Where::loose || !clause.empty() || channel || with_own_words || !words.empty();
  }
};
// In the order in which they came, withdrawn ones left out; at most `limit`.
std::vector<CommentId> inbox_of(db::Read& read, const InboxAsked& asked, std::size_t limit);
// One word for a list: how many and a sum of which, so that another list of as many is told apart.
std::string mark_of(const std::vector<CommentId>& list);

}  // namespace ln::consultation
