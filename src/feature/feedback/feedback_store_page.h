// Rows of the pages that cases are about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "feature/feedback/feedback.h"
#include "feature/feedback/feedback_page.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Empty when the case is about no page.
std::string page_of(db::Read& read, FeedbackId id);
void insert_page(db::Write& write, FeedbackId id, std::string_view path);
void remove_page(db::Write& write, FeedbackId id);
// Whether the thing whose page it is exists on that day and everybody is given its page.
bool page_exists(db::Read& read, const AboutPage& page, Day today);

// Published cases about the page, those about conduct left out, the newest first.
std::vector<FeedbackId> published_about(db::Read& read, std::string_view path, std::int64_t limit);
std::int64_t count_published_about(db::Read& read, std::string_view path);

}  // namespace ln::feedback
