// Rows of the contacts to which the writers of comments are written. No rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/notice/notice.h"
#include "engine/merkle/merkle.h"
#include "feature/consultation/consultation_answer.h"
#include "platform/db/db.h"

namespace ln::consultation {

struct Contact {
  CommentId comment{};
  notice::Destination to{};
  std::optional<merkle::Hash> link{};  // of the token; null: used
  Instant link_until{};
  Day asked_on{};
  std::int64_t asked_count = 0;
  std::optional<Instant> confirmed_at{};
  Instant told_at{};  // of the answer that was told last, and of which point it was
  IssueId told_issue{};
};
std::optional<Contact> find_contact(db::Read& read, CommentId id);
void save(db::Write& write, const Contact& contact);
void erase_contact(db::Write& write, CommentId id);
// Those that were not confirmed in time, and of the day before, so that its links stay counted.
bool has_unconfirmed(db::Read& read, Instant now);
std::int64_t erase_unconfirmed(db::Write& write, Instant now);

// A confirmed contact whose owner is owed a letter: their point was answered, or all is decided.
struct Owed {
  Contact contact{};
  ConsultationId consultation{};
  std::string code{};  // of the comment, as stored
  bool in_english = false;
  IssueId issue{};
  Instant answered_at{};
  bool is_decided = false;
};
std::vector<Owed> owed_letters(db::Read& read, std::int64_t limit);

// That whoever wrote the comment can be reached by mail makes it more sure who they are.
void raise_strength(db::Write& write, CommentId id);

}  // namespace ln::consultation
