// What a case says, on the page of an officer: the words of whoever sent it, and files. For the
// wings of the pages for staff only.
#pragma once

#include <string_view>

#include "feature/feedback/feedback.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"
#include "platform/html/view.h"

namespace ln::feedback::staff {

// The story with its files and extra answers, or that all of it was erased. A part shows the files
// of its letter too, unless the letter is protected: what could tell the sender stays there.
html::Fragment case_words(const html::View& view, db::Read& read, const Feedback& feedback);
// Files of one kind ("feedback", "feedback_answer"), with the officer's own way to each.
html::Fragment case_file_list(const html::View& view,
                              db::Read& read,
                              const Feedback& feedback,
                              std::string_view owner_kind);

}  // namespace ln::feedback::staff
