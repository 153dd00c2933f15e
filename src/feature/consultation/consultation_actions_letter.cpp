#include "feature/consultation/consultation_actions_letter.h"

#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_stop.h"
#include "engine/draft/draft.h"
#include "engine/text/text_typed.h"
#include "platform/i18n/i18n.h"

namespace ln::consultation {
namespace {

// Where many comments go: under a point that is there, or under a new one.
Result<IssueId> point_for(db::Write& write,
                          const EditAct& act,
                          const Consultation& c,
                          const PlaceMany& what,
                          const std::string& clause,
                          const IssueDraws& draws) {
  if (what.to.value != 0) {
    const auto issue = find_issue(write, what.to);
    if (!issue || issue->consultation != c.id)
      return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
    return issue->id;
  }
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY([[maybe_unused]] const Done fine, check_issue_title(what.title));
  if (std::ssize(issues_of(write, c.id)) >= issues_max)
    return Error{ErrorKind::conflict, "consultation.error.issues"_t};
  return open_issue(write, c, {.clause = clause, .title = text::tidied(what.title)},
                    act.officer.id().value, act.now, draws)
      .id;
}

std::string name_of_place(const std::string& clause) {
  const i18n::Voice voice(i18n::Language::vi);
  if (clause == whole_draft) return std::string(voice("consultation.suggest.whole"_t));
  if (clause.empty()) return std::string(voice("consultation.suggest.gone"_t));
  return draft::cited(clause, false);
}

}  // namespace

std::string title_of_clause(const std::string& clause) {
  return i18n::Voice(i18n::Language::vi)("consultation.suggest.clause"_t,
                                         {{"place", name_of_place(clause)}});
}

std::string title_of_letter(const std::vector<LetterPart>& parts) {
  return i18n::Voice(i18n::Language::vi)("consultation.suggest.campaign"_t,
                                         {{"words", beginning_of(parts)}});
}

Result<Done> ask_grouping(db::Write& write, const EditAct& act, ConsultationId id) {
  TRY([[maybe_unused]] const Consultation c, undecided(write, act, id));
  const auto before = find_grouping(write, id);
  if (before && before->step != GroupingStep::done) return Done{};
  put(write, Grouping{.consultation = id, .asked_by = act.officer.id().value, .asked_at = act.now});
  return Done{};
}

Result<std::int64_t> undo_grouping(db::Write& write, const EditAct& act, IssueId id) {
  auto issue = find_issue(write, id);
  if (!issue) return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
  TRY([[maybe_unused]] const Consultation c, undecided(write, act, issue->consultation));
  if (issue->answer) return Error{ErrorKind::conflict, "consultation.error.undo_answered"_t};
  if (placed_by_machine(write, id) == 0)
    return Error{ErrorKind::conflict, "consultation.error.undo_nothing"_t};
  const std::int64_t count = unplace_by_machine(write, id);
  // Nobody reads the letter again, so nobody would take their words out of the title later.
  if (const auto letter = find_letter(write, id); letter && issue->title == letter->title) {
    issue->title = title_of_clause(issue->clause);
    save(write, *issue);
  }
  drop_letter(write, id);
  // An answer that is being written is to another point than this.
  reopen(write, id);
  insert(write, Undone{.consultation = issue->consultation,
                       .issue = id,
                       .comments = count,
                       .undone_by = act.officer.id().value,
                       .undone_at = act.now});
  return count;
}

Result<std::int64_t> place_many(db::Write& write,
                                const EditAct& act,
                                ConsultationId id,
                                const PlaceMany& what,
                                const IssueDraws& draws) {
  TRY(const Consultation c, undecided(write, act, id));
  const TextKey none = "consultation.error.found_count"_t;
  if (what.comments.empty() || what.comments.size() > found_at_once)
    return Error{ErrorKind::invalid, none, {{"comment", none}}};
  std::vector<CommentId> fit;
  std::string clause;
  for (const CommentId each : what.comments) {
    const auto comment = find_comment(write, each);
    if (!comment || comment->consultation != id || comment->state == Sight::withdrawn) continue;
    if (what.to.value != 0 && issue_of(write, each) == what.to) continue;
    if (fit.empty()) clause = comment->clause_now;
    fit.push_back(each);
  }
  if (fit.empty()) return std::int64_t{0};
  TRY(const IssueId to, point_for(write, act, c, what, clause, draws));
  for (const CommentId each : fit) {
    forget_own_words(write, each);
    place(write, Placement{.comment = each,
                           .issue = to,
                           .placed_by = act.officer.id().value,
                           .placed_at = act.now});
  }
  mark_stale(write, to);
  // What was answered was answered without them.
  reopen(write, to);
  return std::ssize(fit);
}

}  // namespace ln::consultation
