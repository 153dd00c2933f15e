// Rows of the orders to hand something out.
#pragma once

#include <vector>

#include "feature/feedback/feedback_disclosure.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Gives its number.
std::int64_t insert_disclosure(db::Write& write, const Disclosure& disclosure);
// The newest first; those before the number `before`, 0 for all.
std::vector<Disclosure> disclosures(db::Read& read, std::int64_t before, std::int64_t limit);
// What the sender of the case may know on the day, oldest first.
std::vector<Disclosure> disclosures_told(db::Read& read, FeedbackId id, Day today);

// How many orders of a kind came in a year in Vietnam, by when they were written down.
struct DisclosureCount {
  int year = 0;
  Authority authority = Authority::court;
  Handed outcome = Handed::refused;
  std::int64_t count = 0;
};
// The newest year first, then in the order of the lists.
std::vector<DisclosureCount> count_disclosures(db::Read& read);

}  // namespace ln::feedback
