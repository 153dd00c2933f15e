#include "feature/feedback/feedback_actions_help.h"

#include <algorithm>

#include "base/text.h"
#include "feature/feedback/feedback_actions_record.h"
#include "feature/feedback/feedback_actions_triage.h"
#include "feature/feedback/feedback_store_intake.h"

namespace ln::feedback {
namespace {

Error no_intake_right() { return {ErrorKind::forbidden, "feedback.error.no_intake"_t}; }

}  // namespace

void put_on_paper(Prepared& prepared, const Paper& paper) {
  prepared.feedback.code = prepared.spare_code = paper.code;
  prepared.feedback.citizen_key = paper.citizen_key;
  std::ranges::copy(as_bytes(paper.citizen_key).first(prepared.public_key.size()),
                    prepared.public_key.begin());
  prepared.secret.clear();
}

std::optional<TextKey> wrong_with_paper(const std::optional<Paper>& paper, Instant now) {
  if (!paper) return "feedback.error.paper_unknown"_t;
  switch (state_of(*paper, now)) {
    case PaperState::waiting: return std::nullopt;
    case PaperState::typed_in: return "feedback.error.paper_used"_t;
    case PaperState::withdrawn: return "feedback.error.paper_withdrawn"_t;
    case PaperState::expired: return "feedback.error.paper_expired"_t;
  }
  return std::nullopt;
}

Result<Submitted> take_in(db::Write& write,
                          const people::Officer& clerk,
                          const TakenIn& taken,
                          Instant now) {
  if (!may_take_in(clerk)) return no_intake_right();
  if (taken.paper) {
    const auto wrong = wrong_with_paper(find_paper(write, taken.paper->code), now);
    if (wrong) return Error{ErrorKind::conflict, *wrong};
  }
  TRY(Submitted sent, submit(write, taken.prepared, now));
  if (taken.paper) use_paper(write, taken.paper->code, local_day(now));
  Intake intake = taken.intake;
  intake.correct_until = sent.feedback.received_at + correct_within;
  if (sent.feedback.is_protected) intake.stated_at.reset();
  insert_intake(write, sent.feedback.id, intake);
  return sent;
}

Result<Feedback> correct(db::Write& write, const CitizenAct& act) {
  TRY(Feedback feedback, open(write, act.citizen, act.code));
  const auto intake = intake_of(write, feedback.id);
  if (!intake || !may_correct(feedback, *intake, act.now))
    return Error{ErrorKind::conflict, "feedback.error.correct_late"_t};
  TRY([[maybe_unused]] const Done fine, check_text(act.text, body_chars_min, body_chars_max));
  const std::string before = feedback.body;
  if (act.text == before)
    return Error{ErrorKind::invalid,
                 "feedback.error.nothing_corrected"_t,
                 {{"text", "feedback.error.nothing_corrected"_t}}};
  if (feedback.title == title_from(before)) feedback.title = title_from(act.text);
  feedback.body = act.text;
  TRY(feedback, record(write, std::move(feedback),
                       {.event = ledger::Event::replied,
                        .at = act.now,
                        .salts = &act.salts,
                        .party = Party::citizen,
                        .text = act.text,
                        .reason = std::string(corrected_word),
                        .citizen = &act.citizen}));
  save_correction(write, feedback.id, feedback.title, feedback.body, before,
                  kept_time(feedback, act.now));
  return feedback;
}

std::vector<DrawnPaper> draw_papers(db::Read& read, std::int64_t count, Random& random) {
  std::vector<DrawnPaper> papers;
  const auto is_here = [&](const Code& code) {
    return std::ranges::any_of(papers, [&](const DrawnPaper& each) { return each.code == code; });
  };
  while (std::ssize(papers) < std::min(count, papers_max)) {
    Code code = Code::draw_for_paper(random);
    if (is_here(code) || is_taken(read, code)) continue;
    papers.push_back({std::move(code), draw_secret(random)});
  }
  return papers;
}

Result<PaperBatch> print_papers(db::Write& write,
                                const people::Officer& clerk,
                                About about,
                                const units::Unit& unit,
                                const std::vector<DrawnPaper>& papers,
                                Instant now) {
  if (!may_take_in(clerk) || !clerk.may_act_for(unit.path)) return no_intake_right();
  if (papers.empty() || std::ssize(papers) > papers_max)
    return Error{ErrorKind::invalid,
                 "feedback.error.paper_count"_t,
                 {{"count", "feedback.error.paper_count"_t}}};
  for (const DrawnPaper& each : papers)
    if (is_taken(write, each.code))
      return Error{ErrorKind::conflict, "feedback.error.paper_taken"_t};
  PaperBatch batch{.about = about,
                   .unit = unit.id,
                   .unit_path = unit.path,
                   .printed_by = clerk.id().value,
                   .printed_at = now,
                   .form_count = std::ssize(papers),
                   .expires_on = local_day(now) + papers_valid_for};
  batch.id = insert_paper_batch(write, batch);
  for (const DrawnPaper& each : papers)
    insert_paper(write, batch.id, each.code, people::Citizen(each.secret).public_key());
  return batch;
}

Result<Done> withdraw_papers(db::Write& write,
                             const people::Officer& clerk,
                             PaperBatchId batch,
                             Instant now) {
  if (!may_take_in(clerk)) return no_intake_right();
  const auto found = find_paper_batch(write, batch);
  if (!found || !clerk.may_act_for(found->unit_path))
    return Error{ErrorKind::not_found, "feedback.error.no_such_batch"_t};
  if (!withdraw_paper_batch(write, batch, clerk.id().value, now))
    return Error{ErrorKind::conflict, "feedback.error.batch_withdrawn"_t};
  return Done{};
}

}  // namespace ln::feedback
