// How the sample's clerk takes in for others: at the counter, by phone, from letters and from
// printed forms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/random.h"
#include "feature/feedback/feedback_actions_help.h"

namespace ln::app {

class SampleCounter {
 public:
  explicit SampleCounter(std::int64_t clerk_id) : clerk_id_(clerk_id) {}

  // Prepares what the clerk types: each fifth report came on a printed form, whose code and secret
  // it then has. Returns the secret that its sender holds.
  std::string take_up(db::Write& write, feedback::Prepared& prepared, Instant at);
  // Notes how the report that was taken up came in.
  void note(db::Write& write, feedback::FeedbackId id, Instant received_at);
  // Forms that wait to be filled in, and some that were withdrawn.
  void print_more(db::Write& write, const units::Unit& unit, Instant at);

 private:
  feedback::PaperBatchId print(db::Write& write,
                               feedback::PaperBatch batch,
                               const std::vector<feedback::DrawnPaper>& papers);

  std::int64_t clerk_id_;
  SeededRandom random_{23};  // apart, so that it changes nothing of the lives
  std::int64_t count_ = 0;
  std::vector<feedback::DrawnPaper> papers_;  // printed, and not used yet
  feedback::Intake intake_{};
};

}  // namespace ln::app
