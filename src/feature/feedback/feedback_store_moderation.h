// Rows of feedback_moderation: each time something public was hidden, taken down or shown again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/attachment/attachment.h"
#include "feature/feedback/feedback_moderation.h"
#include "platform/db/db.h"

namespace ln::feedback {

struct Moderation {
  std::int64_t id = 0;
  FeedbackId feedback{};
  Instant at{};
  units::UnitId unit{};  // that handled the case then
  Change change = Change::hidden;
  std::string kinds{};                 // see kinds_in
  std::optional<HideReason> reason{};  // null when the sender contests
  attachment::AttachmentId picture{};  // as it was sent; 0: the text
  std::string boxes{};                 // see file::boxes_from
};
void insert_moderation(db::Write& write, const Moderation& row);
// Of one case, oldest first.
std::vector<Moderation> moderations_of(db::Read& read, FeedbackId id);

// A line of the public log. Of a case about conduct neither the office nor the case is named, and
// it is there only once it was answered; of a protected one there is nothing.
struct Logged {
  Moderation row;
  std::string code{};  // empty when the case may not be named: not public now, or about conduct
};
// Newest first, older than `before` (0: from the newest), at most `limit`.
std::vector<Logged> moderation_log(db::Read& read, std::int64_t before, std::int64_t limit);

struct ModerationCount {
  std::string what;  // a Change or a HideReason
  std::int64_t count = 0;
};
// Of the same lines: how many of each reason, and how many of each change; none that has no line.
std::vector<ModerationCount> moderations_by_reason(db::Read& read);
std::vector<ModerationCount> moderations_by_change(db::Read& read);

}  // namespace ln::feedback
