// Rows of the parts of letters (feedback_part.h).
#pragma once

#include <optional>
#include <vector>

#include "feature/feedback/feedback_part.h"
#include "platform/db/db.h"

namespace ln::feedback {

void insert_part(db::Write& write, const LetterPart& part);
void undo_part(db::Write& write, FeedbackId part, Instant at);

// By what the case is a part of a letter; null for every other case.
std::optional<LetterPart> part_of(db::Read& read, FeedbackId id);
// All parts of a letter in their order, at most parts_max; those put back are among them.
std::vector<LetterPart> parts_of(db::Read& read, FeedbackId letter);

// Whether the letter may close: no part of it waits for an office, and nothing was answered in one
// after `silent_since`.
bool parts_let_close(db::Read& read, FeedbackId letter, std::optional<Instant> silent_since = {});
// Whether nothing of the letter that `id` is, or is a part of, waits for an office or was answered
// after `since`.
bool is_whole_silent(db::Read& read, FeedbackId id, Instant since);

}  // namespace ln::feedback
