#include "app/sample_counter.h"

#include <array>

#include "feature/feedback/feedback_store_intake.h"

namespace ln::app {
namespace {

constexpr std::int64_t forms_at_once = 10, on_paper_each = 5;
constexpr std::array spoken_ways = {feedback::Channel::counter, feedback::Channel::counter,
                                    feedback::Channel::phone, feedback::Channel::letter};

}  // namespace

feedback::PaperBatchId SampleCounter::print(db::Write& write,
                                            feedback::PaperBatch batch,
                                            const std::vector<feedback::DrawnPaper>& papers) {
  batch.printed_by = clerk_id_;
  batch.form_count = std::ssize(papers);
  batch.expires_on = local_day(batch.printed_at) + feedback::papers_valid_for;
  const feedback::PaperBatchId id = insert_paper_batch(write, batch);
  for (const feedback::DrawnPaper& each : papers)
    insert_paper(write, id, each.code, people::Citizen(each.secret).public_key());
  return id;
}

std::string SampleCounter::take_up(db::Write& write, feedback::Prepared& prepared, Instant at) {
  const std::int64_t days_before = static_cast<std::int64_t>(random_.below(4));
  intake_ = {.channel = spoken_ways[random_.below(spoken_ways.size())]};
  if (intake_.channel == feedback::Channel::letter)
    intake_.stated_on = local_day(at) - std::chrono::days(days_before);
  if (++count_ % on_paper_each != 2) return prepared.secret;
  if (papers_.empty()) {
    papers_ = feedback::draw_papers(write, forms_at_once, random_);
    print(write,
          {.about = prepared.feedback.about,
           .unit = prepared.feedback.unit,
           .unit_path = prepared.feedback.unit_path,
           .printed_at = at - std::chrono::days(7)},
          papers_);
  }
  const feedback::DrawnPaper form = papers_.back();
  papers_.pop_back();
  intake_ = {.channel = feedback::Channel::paper,
             .stated_on = local_day(at) - std::chrono::days(days_before)};
  if (const auto paper = feedback::find_paper(write, form.code))
    feedback::put_on_paper(prepared, *paper);
  feedback::use_paper(write, form.code, local_day(at));
  return form.secret;
}

void SampleCounter::note(db::Write& write, feedback::FeedbackId id, Instant received_at) {
  intake_.correct_until = received_at + feedback::correct_within;
  insert_intake(write, id, intake_);
}

void SampleCounter::print_more(db::Write& write, const units::Unit& unit, Instant at) {
  const auto batch = [&](feedback::About about, int days_ago) {
    return print(write,
                 {.about = about,
                  .unit = unit.id,
                  .unit_path = unit.path,
                  .printed_at = at - std::chrono::days(days_ago)},
                 feedback::draw_papers(write, forms_at_once, random_));
  };
  batch(feedback::About::place, 3);
  const feedback::PaperBatchId lost = batch(feedback::About::procedure, 30);
  withdraw_paper_batch(write, lost, clerk_id_, at - std::chrono::days(20));
}

}  // namespace ln::app
