// How units work: texts they begin with, whether a second officer reads, and what waits for one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_rights.h"
#include "feature/feedback/feedback_template.h"
#include "platform/db/db.h"

namespace ln::feedback {

// --- texts with holes ---------------------------------------------------------------------------

std::vector<Template> templates_of(db::Read& read, units::UnitId unit);  // its own, oldest first
// Those for a case handled at `unit_path`: of the very unit first, then of each above it.
std::vector<Template> templates_for(db::Read& read, std::string_view unit_path);
std::optional<Template> find_template(db::Read& read, TemplateId id);
TemplateId insert_template(db::Write& write, const Template& made);
void update_template(db::Write& write, const Template& changed);
void remove_template(db::Write& write, TemplateId id);

// --- a second reader ----------------------------------------------------------------------------

// What a promise or a refusal says besides its text.
struct Letter {
  Task task = Task::promise;  // or decline, redirect
  std::string text{};
  Day day{};               // of a promise
  DeclineReason reason{};  // of what is declined
  std::string where_to{};  // who is competent and where, of what is redirected
};

// Whether what this very unit answers, promises or refuses is read by a second officer before it
// goes out.
bool needs_second(db::Read& read, units::UnitId unit);
void set_needs_second(
    db::Write& write, units::UnitId unit, bool needs, Instant at, std::int64_t by);

// An answer, promise or refusal that waits, or came back.
struct Review {
  FeedbackId feedback{};
  Task task = Task::answer;
  units::UnitId unit{};  // who handled the case when it was written
  std::int64_t author_id = 0;
  std::string text{};
  Outcome outcome = Outcome::confirmed;
  std::string evidence{};
  Letter letter{};  // in place of outcome and evidence, when it is no answer; its text is `text`
  Instant at{};
  bool is_returned = false;
  std::int64_t reader_id = 0;  // who gave it back
  std::string note{};          // and why
};
std::optional<Review> review_of(db::Read& read, FeedbackId id);
// In place of the one before.
void save_review(db::Write& write, const Review& review);
void remove_review(db::Write& write, FeedbackId id);
// The cases below `top` whose answer waits for its second reader where it was written, by due date,
// at most 200. What the reader may not see is the caller's to leave out.
std::vector<FeedbackId> waiting_reviews(db::Read& read, std::string_view top);

}  // namespace ln::feedback
