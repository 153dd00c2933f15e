#include "feature/feedback/feedback_store_part.h"

#include <algorithm>

#include "feature/feedback/feedback_store.h"

namespace ln::feedback {
namespace {

LetterPart part_from_row(const db::Row& row) {
  return {.id = row.id<FeedbackId>(0),
          .letter = row.id<FeedbackId>(1),
          .number = static_cast<int>(row.integer(2)),
          .made_at = row.instant(3),
          .made_by = row.integer(4),
          .undone_at = row.maybe_instant(5)};
}

#define PART_COLUMNS "feedback_id, letter_id, number, made_at, made_by, undone_at "

}  // namespace

void insert_part(db::Write& write, const LetterPart& part) {
  write.run(
      "INSERT INTO feedback_part (feedback_id, letter_id, number, made_at, made_by) "
      "VALUES ($1, $2, $3, $4, $5)",
      part.id, part.letter, part.number, part.made_at, part.made_by);
}

void undo_part(db::Write& write, FeedbackId part, Instant at) {
  write.run("UPDATE feedback_part SET undone_at = $1 WHERE feedback_id = $2", at, part);
}

std::optional<LetterPart> part_of(db::Read& read, FeedbackId id) {
  return read.one("SELECT " PART_COLUMNS "FROM feedback_part WHERE feedback_id = $1", part_from_row,
                  id);
}

std::vector<LetterPart> parts_of(db::Read& read, FeedbackId letter) {
  return read.all("SELECT " PART_COLUMNS
                  "FROM feedback_part WHERE letter_id = $1 ORDER BY number LIMIT $2",
                  part_from_row, letter, std::int64_t{parts_max});
}

namespace {

bool keeps_open(db::Read& read, FeedbackId id, std::optional<Instant> silent_since) {
  const auto found = find(read, id);
  if (!found || found->erased_at) return false;
  return waits_for_office(found->state) ||
         (silent_since && found->last_answered_at && *found->last_answered_at > *silent_since);
}

}  // namespace

bool parts_let_close(db::Read& read, FeedbackId letter, std::optional<Instant> silent_since) {
  return std::ranges::none_of(parts_of(read, letter), [&](const LetterPart& part) {
    return !part.undone_at && keeps_open(read, part.id, silent_since);
  });
}

bool is_whole_silent(db::Read& read, FeedbackId id, Instant since) {
  const auto row = part_of(read, id);
  if (!row) return parts_let_close(read, id, since);
  return !keeps_open(read, row->letter, since) && parts_let_close(read, row->letter, since);
}

}  // namespace ln::feedback
