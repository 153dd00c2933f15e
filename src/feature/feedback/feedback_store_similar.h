// Cases that say the same: by their words (engine/text/text_similar.h), their topic and their
// place.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"

namespace ln::feedback {

// A case may be found by its words for so long after it was sent.
inline constexpr std::chrono::days similar_within{90};
inline constexpr std::size_t similar_count_max = 3;

struct Similar {
  Feedback feedback;
  double likeness = 0;               // of the words, from 0 to 1
  std::vector<std::string> words{};  // some that both have, folded
};

// Published cases like `probe`, which need not be sent yet, the likest first: near-copies anywhere,
// and of the same topic in the same unit those that share enough of what carries sense. What they
// are compared by is their public text. Looks at a bounded number of cases, however many there are.
std::vector<Similar> similar_published(db::Read& read, const Feedback& probe, Instant now);

// Open cases that an officer of `places` may see, also unpublished ones, in the unit of `probe`;
// and near-copies elsewhere within `places`. Never what may_see() hides.
std::vector<Similar> similar_open(db::Read& read,
                                  const Feedback& probe,
                                  std::span<const std::string> places,
                                  Instant now);

// --- bands, written by a job --------------------------------------------------------------------

// Replaces the bands of a case: those of its words when it is for the public and may be grouped,
// none otherwise.
void put_bands(db::Write& write, const Feedback& feedback);
void remove_bands(db::Write& write, FeedbackId id);
// Forgets some of what was sent before `at`; gives how many rows went.
std::int64_t remove_bands_before(db::Write& write, Instant at);

}  // namespace ln::feedback
