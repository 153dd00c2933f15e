// Rows of what came in through somebody else's hands, and of printed paper forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback_intake.h"
#include "platform/db/db.h"

namespace ln::feedback {

void insert_intake(db::Write& write, FeedbackId id, const Intake& intake);
// Null for what its sender sent without help.
std::optional<Intake> intake_of(db::Read& read, FeedbackId id);
// What the clerk had typed; empty when nothing was corrected.
std::string first_body_of(db::Read& read, FeedbackId id);
// The words of a case are now others; those typed first are kept, once.
void save_correction(db::Write& write,
                     FeedbackId id,
                     std::string_view title,
                     std::string_view body,
                     std::string_view body_before,
                     Instant at);

// Inserts the batch (`batch.id` is ignored) and gives its id.
PaperBatchId insert_paper_batch(db::Write& write, const PaperBatch& batch);
// Whether there is a case or a form of this code.
bool is_taken(db::Read& read, const Code& code);
void insert_paper(db::Write& write, PaperBatchId batch, const Code& code, std::string_view key);
std::optional<Paper> find_paper(db::Read& read, const Code& code);
// Marks the form as typed in. False when it is so already.
bool use_paper(db::Write& write, const Code& code, Day on);
std::optional<PaperBatch> find_paper_batch(db::Read& read, PaperBatchId id);
// Of the units at and below `top`, the newest first, at most `limit`.
std::vector<PaperBatch> paper_batches(db::Read& read, std::string_view top, std::int64_t limit);
// False when it is withdrawn already.
bool withdraw_paper_batch(db::Write& write, PaperBatchId id, std::int64_t by, Instant at);

}  // namespace ln::feedback
