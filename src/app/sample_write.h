// What the sample's citizens type, and what its offices answer.
#pragma once

#include "app/sample_play.h"
#include "feature/feedback/feedback_actions.h"

namespace ln::app {

// Where and when a case happens, and after which one it happens again (null: after none).
struct SampleOccasion {
  const units::Unit& place;
  const SampleLife* earlier;
  Instant at;
};

// The form as the sender of `subject` fills it in.
feedback::Typed typed_by(const SampleCase& subject,
                         const SampleOccasion& occasion,
                         SampleLife& life,
                         db::Read& read,
                         Random& random);

// What the office answers, for the first time or again.
feedback::Answer answer_to(const SampleCase& subject, SampleLife& life, Instant at, Random& random);

// A line for `purpose` in the words of the case.
struct SampleWords {
  std::string text, evidence;
};
SampleWords words_for(std::string_view purpose,
                      std::string_view wanted,
                      const SampleCase& subject,
                      SampleLife& life,
                      Random& random);

}  // namespace ln::app
