#include "feature/satisfaction/satisfaction_jobs.h"

namespace ln::satisfaction {

void forget_words(db::Write& write, feedback::FeedbackId id) {
  write.run(
      "UPDATE satisfaction_rating SET text = '', again = '', believed = '' "
      "WHERE feedback_id = $1",
      id);
}

}  // namespace ln::satisfaction
