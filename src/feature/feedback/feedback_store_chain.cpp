#include "feature/feedback/feedback_store_chain.h"

#include <algorithm>

#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_row.h"

namespace ln::feedback {
namespace {

bool may_stand_beside_others(const Feedback& feedback) {
  return !feedback.is_protected && feedback.about != About::conduct;
}

std::vector<Feedback> came_again_after(db::Read& read, FeedbackId id) {
  return read.all("SELECT * FROM feedback WHERE recurs_of = $1 ORDER BY id LIMIT $2",
                  feedback_from_row, id, static_cast<std::int64_t>(chain_max));
}

// Back to the first one that may be shown.
Feedback first_of(db::Read& read, Feedback feedback) {
  for (std::size_t i = 0; i < chain_max && feedback.recurs_of.value != 0; ++i) {
    auto earlier = find(read, feedback.recurs_of);
    if (!earlier || !may_stand_beside_others(*earlier)) break;
    feedback = *std::move(earlier);
  }
  return feedback;
}

}  // namespace

std::vector<Feedback> chain_of(db::Read& read, const Feedback& feedback) {
  if (!may_stand_beside_others(feedback)) return {};
  std::vector<Feedback> chain = {first_of(read, feedback)};
  for (std::size_t i = 0; i < chain.size() && chain.size() < chain_max; ++i)
    for (Feedback& next : came_again_after(read, chain[i].id))
      if (may_stand_beside_others(next) && chain.size() < chain_max)
        chain.push_back(std::move(next));
  if (chain.size() == 1) return {};
  std::ranges::sort(chain, {}, &Feedback::id);
  return chain;
}

std::optional<std::int64_t> commitment_of(db::Read& read, FeedbackId id) {
  return read.one(
      "SELECT id FROM commitment WHERE origin = 'feedback' AND origin <> '' AND origin_id = $1 "
      "AND is_gone = 0 ORDER BY id DESC LIMIT 1",
      [](const db::Row& row) { return row.integer(0); }, id);
}

}  // namespace ln::feedback
