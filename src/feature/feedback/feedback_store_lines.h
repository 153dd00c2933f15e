// Cases as the lines of a public list: little of each, read many at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_store_lists.h"
#include "platform/db/db.h"

namespace ln::feedback {

// What a public list says of a published case.
struct CaseLine {
  FeedbackId id{};
  Code code;
  std::string title{};  // the released one
  std::string unit{};   // the name of the office that handles it
  Instant received_at{};
  State state = State::received;
  About about = About::place;
  int recurrence = 0;
  bool in_english = false, is_erased = false;
};

// Of published_ids().
std::vector<CaseLine> published_lines(db::Read& read, const RegisterFilter& filter);
// Published cases among `ids` that also pass the filter, newest first, at most `filter.limit`;
// `filter.before` is not looked at. Reads as many as make a page with one statement.
std::vector<CaseLine> lines_among(db::Read& read,
                                  const std::vector<std::int64_t>& ids,
                                  const RegisterFilter& filter);

}  // namespace ln::feedback
