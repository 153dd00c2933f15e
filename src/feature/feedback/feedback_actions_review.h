// A second pair of eyes: an answer, promise or refusal that another officer reads before the
// citizen does.
//
// A unit asks for it (feedback_store_comfort.h). Its letters then wait; the clock of the case goes
// on meanwhile. What waits is for the office alone and no answer yet: the state stays as it is.
#pragma once

#include <optional>
#include <string>

#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store_comfort.h"

namespace ln::feedback {

// Words of the notes that tell of it, in the timeline of the office.
inline constexpr std::string_view review_asked_word = "review_asked";
inline constexpr std::string_view review_returned_word = "review_returned";

// The answer that waits or came back, while the case is where it was written.
std::optional<Review> current_review(db::Read& read, const Feedback& feedback);

// Whether the officer may read it as the second: a handler or head of the unit or of one above it,
// and not who wrote it.
bool may_review(const people::Officer& officer, const Feedback& feedback, const Review& review);

// The answer goes out or, where the unit wants a second reader, waits for one in place of what
// waited before. Refuses what answer() refuses.
Result<Feedback> put_forward(db::Write& write, const OfficerAct& act, const Answer& answer);

// What is wrong with a promise or refusal, in this state of the case: all of it, beside its fields.
Result<Done> check_letter(const Feedback& feedback, const Letter& letter, Instant now);
// The same for a promise or refusal. `sealed`: as in send_letter(), for a refusal that goes at
// once.
Result<Feedback> put_forward(db::Write& write,
                             const OfficerAct& act,
                             const Letter& letter,
                             const std::string& sealed);

// The reader lets it go out, as it was written. Refuses (conflict) when nothing waits, (forbidden)
// its author and who may not read it, and what the act itself refuses by now. `sealed`: as above.
Result<Feedback> approve_review(db::Write& write,
                                const OfficerAct& act,
                                const std::string& sealed = {});
// The reader gives it back with a note for its author, and the case goes on as before.
Result<Feedback> return_review(db::Write& write, const OfficerAct& act, const std::string& note);

}  // namespace ln::feedback
