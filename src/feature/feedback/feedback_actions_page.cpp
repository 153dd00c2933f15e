#include "feature/feedback/feedback_actions_page.h"

#include "feature/feedback/feedback_page.h"
#include "feature/feedback/feedback_store_page.h"

namespace ln::feedback {

void note_page(db::Write& write, const Feedback& feedback, std::string_view path) {
  const auto page = about_page_at(path);
  if (feedback.is_protected || !page || !page_exists(write, *page, local_day(feedback.received_at)))
    return;
  insert_page(write, feedback.id, path);
}

}  // namespace ln::feedback
