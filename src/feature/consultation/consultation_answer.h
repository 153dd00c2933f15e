// What becomes of what was said: points, answers, objections, and the gate before the decision.
//
// A point ("issue") is one row of the synthesis table: comments that ask for the same. Whoever
// heads the unit that drafts puts each comment under one point and answers each point; whoever
// wrote a comment may object, once, that their point is not in it, which reopens it. Nothing is
// decided while a comment stands under no point, a point waits, an objection is open, or something
// was accepted and nothing changed (decision 33).
//
// Types and rules; nothing here reads a database, a clock or a socket.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/draft/draft_compare.h"
#include "feature/consultation/consultation.h"

namespace ln::consultation {

using IssueId = Id<struct IssueTable>;

// The words of SQL, CSV and text keys.
enum class Answer : std::uint8_t {
  accepted,  // The draft says so now, in the clause that is named.
  partly,    // In part: the clause that is named, and why not all of it.
  declined,  // Not, and why.
  noted,     // Nothing is asked for: it agrees with the draft, or asks a question that is answered.
};
inline constexpr std::array all_answers = {Answer::accepted, Answer::partly, Answer::declined,
                                           Answer::noted};
enum class Origin : std::uint8_t {
  hand,
  clause,    // suggested: what was said of one clause
  campaign,  // suggested: one letter, sent many times (engine/campaigns)
};
inline constexpr std::array all_origins = {Origin::hand, Origin::clause, Origin::campaign};

std::string_view to_text(Answer);
std::string_view to_text(Origin);
TextKey key_of(Answer);

// In characters.
inline constexpr std::size_t issue_title_chars_min = 5, issue_title_chars_max = 300;
inline constexpr std::size_t reason_chars_min = 10, reason_chars_max = 3'000;
inline constexpr std::size_t objection_chars_min = 5, objection_chars_max = 2'000;
inline constexpr std::size_t decision_chars_min = 10, decision_chars_max = 1'000;
inline constexpr std::int64_t issues_max = 2'000;  // of one consultation

struct Issue {
  IssueId id{};
  ConsultationId consultation{};
  std::string clause{};
  std::string title{};
  Origin origin = Origin::hand;
  std::optional<Answer> answer{};  // stays when an objection reopens it
  std::string reason{}, changed_clause{}, wording{};
  std::int64_t answered_by = 0;
  std::optional<Instant> answered_at{};  // null: it waits
  std::int64_t created_by = 0;
  Instant created_at{};
  std::int64_t revision = 1;
  std::int64_t drafter = 0;  // account of whoever drafts its answer; 0: nobody
};

// What is given as an answer.
struct Given {
  Answer answer = Answer::noted;
  std::string reason{};
  std::string clause{};   // where it was taken up; for accepted and partly
  std::string wording{};  // how it reads now; may be empty
  std::string title{};    // what is asked for, in other words; empty: it stays
};
// Refuses (invalid): accepted or partly without a place in `draft` ("all": the whole); any but
// accepted without a reason.
Result<Done> check_answer(const Given& given, const draft::Draft& draft);

struct Objection {
  CommentId comment{};
  ConsultationId consultation{};
  IssueId issue{};
  std::string body{};
  Instant sent_at{};
  std::string reply{};
  std::int64_t replied_by = 0;
  std::optional<Instant> replied_at{};  // null: open
};

struct Decision {
  ConsultationId consultation{};
  std::int64_t version = 0;
  std::string note{};
  std::string table_hash{};  // 32 bytes
  std::int64_t decided_by = 0;
  Instant decided_at{};
  std::int64_t line = 0, table_line = 0;
};

// Whether the place `key` of the later draft has other words than the earlier one had there, in
// itself or below; "all": whether anything is different at all.
bool is_changed(const std::vector<draft::Match>& matches, std::string_view key);

// What stands between a consultation and its decision.
struct Blocker {
  enum class Kind : std::uint8_t {
    open,        // People may still comment.
    invited,     // `count` bodies that were asked have said nothing and have time left.
    unplaced,    // `count` comments stand under no point.
    unanswered,  // The point `issue` waits for its answer.
    objection,   // Of the point `issue`, `count` objections are not answered.
    criticism,   // The point `issue` holds social criticism, and "noted" is no answer to it.
    unchanged,   // The point `issue` was accepted, and its clause reads as it did at first.
  };
  Kind kind = Kind::open;
  IssueId issue{};
  std::string title{};
  std::int64_t count = 0;
};
TextKey key_of(Blocker::Kind);

}  // namespace ln::consultation
