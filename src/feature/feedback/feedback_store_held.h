// Rows of the texts that are held, of who read them, and of the cases that were found to be such.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback_held.h"
#include "platform/db/db.h"

namespace ln::feedback {

// `held.id` is ignored and the new one returned. When another has its code the job fails.
HeldId insert_held(db::Write& write, const Held& held);
std::optional<Held> find_held(db::Read& read, const Code& code);
std::optional<Held> find_held(db::Read& read, HeldId id);

// What a list for the ombudsman may say: no word of the text.
struct HeldLine {
  std::int64_t id = 0;
  Code code;
  Sort sort = Sort::complaint;
  Instant received_at{};
  std::int64_t reading_count = 0;
};
// Newest first, below the id `before` (0: from the newest). `turned`: the cases that an office
// found to be one; else those that were sent as such. What was erased is not among them.
std::vector<HeldLine> list_held(db::Read& read,
                                bool turned,
                                std::int64_t before,
                                std::int64_t limit);

struct HeldReading {
  std::int64_t account_id = 0;
  std::string reason{};
  Instant at{};
};
void insert_held_reading(db::Write& write, const Code& code, const HeldReading& reading);
std::vector<HeldReading> held_readings(db::Read& read, const Code& code);

// Held of each sort, of those received before `until`: sent as such, and found to be such. The
// erased ones are counted too; they were held.
struct HeldCounts {
  std::int64_t complaints = 0, denunciations = 0;
};
HeldCounts count_held(db::Read& read, Instant until);

// Takes away all words, files and reasons. The row stays, to say that there was one, and why it
// went.
void empty_held(db::Write& write, const Held& held, Instant now, ErasedBecause because);
// Received before `before` and not erased yet, oldest first.
std::vector<Held> held_before(db::Read& read, Instant before, std::int64_t limit);
// Erased, and their lines of the ledger can still be opened.
std::vector<HeldId> held_owed_destruction(db::Read& read, std::int64_t limit);
void note_held_destroyed(db::Write& write, HeldId id, Instant now);
// Destroyed, and there may still be traces of them in the files of the database.
std::vector<HeldId> held_owed_scrub(db::Read& read);
void note_held_scrubbed(db::Write& write, HeldId id);
// Why the case of this number was read by the ombudsman goes with its words.
void empty_held_readings(db::Write& write, FeedbackId id);

}  // namespace ln::feedback
