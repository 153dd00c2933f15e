// Taking away what was written of a case, and what is still owed to an erasure.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Empties every column in which somebody wrote something, marks the case as erased and notes what
// is owed: from this transaction on nobody reads a word of it. What only counts stays: kind, topic,
// office, state, times. May run again.
void empty_words(db::Write& write, FeedbackId id, Instant at, ErasedBecause because);

// Cases whose salts and keys are still there, oldest first, at most `limit`.
std::vector<FeedbackId> owed_destruction(db::Read& read, std::int64_t limit);
void note_destroyed(db::Write& write, FeedbackId id, Instant at);
// A case that goes on, but of which something was destroyed that may still be read in the files:
// its plain contact, or words that are not public any more (`was_published`). Part of that
// transaction; may run again, and takes nothing from an erasure that is owed.
void owe_scrub(db::Write& write, FeedbackId id, bool was_published, Instant at);
// Cases that are destroyed in the tables and may still be read in the files.
std::vector<FeedbackId> owed_scrub(db::Read& read);
// Whether words of one of them may stand in the search index.
bool owes_search(db::Read& read);
void note_scrubbed(db::Write& write, FeedbackId id);
// Cases and held texts of which anything is owed.
std::int64_t count_owed(db::Read& read);

// What is owed to erasures, for whoever runs the city.
struct Owed {
  std::int64_t keys = 0;           // cases and held texts whose salts and keys are still there
  std::int64_t traces = 0;         // those that may still be read in the files alone
  std::optional<Instant> since{};  // when the oldest of them was erased; null: nothing is owed
};
Owed owed(db::Read& read);

// Every erased case and every erased held text, in the order in which they were erased; for
// replaying them on a backup.
struct Erased {
  Code code;
  Instant at{};
  ErasedBecause because{};
};
std::vector<Erased> all_erased(db::Read& read);

}  // namespace ln::feedback
