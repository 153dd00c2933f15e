// A letter about two matters: which part of it another office answers, and when the whole is
// answered. Decision 53.
//
// A part is a case of its own: its own office, topic, date, answer and rating. It keeps the
// letter's sender, secret and moment of arrival, and its words are the sender's own. What stays
// with the letter is its part 1. Types and rules only; nothing here reads a database or a clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feature/feedback/feedback.h"

namespace ln::feedback {

inline constexpr int parts_max = 5;  // of one letter, taken out over its whole life
inline constexpr int first_part_number = 2;

// What the `cat` of an `assigned` entry of the letter says: a part was taken out, or put back.
inline constexpr std::string_view parted_word = "parted", rejoined_word = "rejoined";

struct LetterPart {
  FeedbackId id{};      // the part's own case
  FeedbackId letter{};  // never a part itself
  int number = first_part_number;
  Instant made_at{};
  std::int64_t made_by = 0;
  std::optional<Instant> undone_at{};
};

// Whether something may be taken out of this case at all: an office still owes its answer, its
// words are there, and it is not about the conduct of officials, whose parts could reach those
// complained about.
bool may_be_parted(const Feedback& letter);

// The passage as it goes to the other office: the lines of `typed` without what surrounds them.
// Refuses (invalid, beside "passage") what is empty or too short, a line that does not stand in the
// letter as it was written, and the letter as a whole, which is transferred instead.
Result<std::string> passage_of(const Feedback& letter, std::string_view typed);

// So long a part may be put back. Figures count it from then on and not before (insight, decision
// 56): what they have counted never turns out to have been none.
inline constexpr std::chrono::days rejoin_for{7};

// Whether the part may be put back at `now`: nobody has done anything to it, and not too long ago
// it was made.
bool may_rejoin(const LetterPart& row, const Feedback& part, Instant now);

// Whether an office has yet to say something to the sender about this case.
bool waits_for_office(State state);

}  // namespace ln::feedback
