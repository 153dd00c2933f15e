// What a new calendar does to the cases that are open: their due dates move forward, never back,
// and both dates are kept in an event of the case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/workdays/workdays.h"
#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_store.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Where the due date of a case goes: from, to, and the days that were taken away in between.
struct Moved {
  Feedback feedback;  // as it was
  Instant was{}, is{};
  std::vector<calendar::NamedDay> because{};
};
// Null when it stays. `after` is the calendar to be; before it stands the one by which the case was
// counted. A case that has been answered, promised, or is over has no due date to move.
std::optional<Moved> moved_by(db::Read& read,
                              const Feedback& feedback,
                              const calendar::Holidays& before,
                              const calendar::Holidays& after);

// The words of the event: one line with both instants, then one for each day. Made for machines and
// read back by read_moved(); null when the text is none of ours.
std::string text_of(const Moved& moved);
struct MovedText {
  Instant was{}, is{};
  std::vector<calendar::NamedDay> because{};  // day and names only
};
std::optional<MovedText> read_moved(std::string_view text);

// Counts one case by `calendar`, at most once for each revision of it: true when its date moved,
// with an entry in the ledger, an event in its timeline and a notice to its sender.
Result<bool> recount(db::Write& write,
                     FeedbackId id,
                     const workdays::Calendar& calendar,
                     const ledger::Salts& salts,
                     Instant now);

}  // namespace ln::feedback
