#include "feature/consultation/consultation_store_inbox.h"

#include <algorithm>

#include "base/text.h"
#include "feature/consultation/consultation_store_search.h"

namespace ln::consultation {
namespace {

constexpr std::size_t words_found_max = 50'000;

// What is asked of one comment, beside where it stands.
struct InboxRow {
  CommentId id{};
  std::string clause{};
  std::string channel{};
  bool has_own_words = false;
};

InboxRow to_inbox_row(const db::Row& row) {
  return {.id = row.id<CommentId>(0),
          .clause = row.text(1),
          .channel = row.text(2),
          .has_own_words = row.flag(3)};
}

bool is_at(const std::string& clause, const std::string& asked) {
  if (asked.empty() || clause == asked) return true;
  if (asked == "gone") return clause.empty();
  return clause.starts_with(asked + ".");
}

}  // namespace

std::vector<CommentId> inbox_of(db::Read& read, const InboxAsked& asked, std::size_t limit) {
  std::vector<std::int64_t> with_words;
  const bool has_words = !trimmed(asked.words).empty();
  if (has_words) {
    with_words = comments_with_words(read, asked.consultation, asked.words, words_found_max);
    std::ranges::sort(with_words);
    if (with_words.empty()) return {};
  }
  std::vector<CommentId> found;
  const auto look_at = [&](const db::Row& row) {
    if (found.size() >= limit) return;
    const InboxRow each = to_inbox_row(row);
    if (asked.with_own_words && !each.has_own_words) return;
    if (asked.channel && each.channel != to_text(*asked.channel)) return;
    if (!is_at(each.clause, asked.clause)) return;
    if (has_words && !std::ranges::binary_search(with_words, each.id.value)) return;
    found.push_back(each.id);
  };
  if (asked.where == InboxAsked::Where::anywhere)
    read.each(
        "SELECT c.id, c.clause_now, c.channel, "
        "CASE WHEN m.comment_id IS NULL THEN 0 ELSE 1 END "
        "FROM consultation_comment c LEFT JOIN consultation_letter_member m "
        "ON m.comment_id = c.id AND m.issue_id = c.issue_id "
        "WHERE c.consultation_id = $1 AND c.state <> 'withdrawn' AND ($2 = 0 OR NOT EXISTS "
        "(SELECT 1 FROM consultation_issue i WHERE i.id = c.issue_id AND i.answer <> '')) "
        "ORDER BY c.id",
        look_at, asked.consultation, std::int64_t{asked.is_to_move});
  else if (asked.where == InboxAsked::Where::point)
    read.each(
        "SELECT c.id, c.clause_now, c.channel, "
        "CASE WHEN m.comment_id IS NULL THEN 0 ELSE 1 END "
        "FROM consultation_comment c LEFT JOIN consultation_letter_member m "
        "ON m.comment_id = c.id AND m.issue_id = c.issue_id "
        "WHERE c.consultation_id = $1 AND c.issue_id = $2 AND c.state <> 'withdrawn' ORDER BY c.id",
        look_at, asked.consultation, asked.issue);
  else
    read.each(
        "SELECT id, clause_now, channel, 0 FROM consultation_comment WHERE consultation_id = $1 "
        "AND issue_id IS NULL AND state <> 'withdrawn' ORDER BY id",
        look_at, asked.consultation);
  return found;
}

std::string mark_of(const std::vector<CommentId>& list) {
  std::uint64_t sum = 0;
  for (const CommentId each : list)
    sum = (sum ^ static_cast<std::uint64_t>(each.value)) * 0x100000001b3;
  return std::to_string(list.size()) + "-" + std::to_string(sum);
}

}  // namespace ln::consultation
