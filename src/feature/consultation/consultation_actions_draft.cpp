#include "feature/consultation/consultation_actions_draft.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "engine/text/text_typed.h"

namespace ln::consultation {
namespace {

constexpr people::Role drafting_roles[] = {people::Role::clerk, people::Role::triage,
                                           people::Role::handler, people::Role::head};

Error no_point() { return {ErrorKind::not_found, "consultation.error.no_issue"_t}; }

}  // namespace

std::vector<people::Account> drafters_of(db::Read& read, const Consultation& c) {
  std::vector<people::Account> all;
  for (const people::Role role : drafting_roles)
    for (people::Account& each : people::holders_of(read, role, c.unit))
      if (std::ranges::none_of(all,
                               [&](const people::Account& other) { return other.id == each.id; }))
        all.push_back(std::move(each));
  std::ranges::sort(all, {}, &people::Account::name);
  return all;
}

Result<Issue> assign_issue(db::Write& write,
                           const EditAct& act,
                           IssueId id,
                           people::AccountId to,
                           const ledger::Salts& salts) {
  auto issue = find_issue(write, id);
  if (!issue) return no_point();
  TRY(const Consultation c, undecided(write, act, issue->consultation));
  const auto all = drafters_of(write, c);
  const bool is_one =
      std::ranges::any_of(all, [&](const people::Account& each) { return each.id == to; });
  const TextKey wrong = "consultation.error.drafter"_t;
  if (to.value != 0 && !is_one) return Error{ErrorKind::invalid, wrong, {{"drafter", wrong}}};
  if (issue->drafter == to.value) return *std::move(issue);
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::assigned,
                      .subject = {"consultation_issue", id.value},
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .topic = to.value == 0 ? std::string_view("nobody") : "drafter"},
                     salts));
  set_drafter(write, id, to.value);
  issue->drafter = to.value;
  return *std::move(issue);
}

Result<DraftedPoint> drafted_point(db::Read& read, const people::Officer& officer, IssueId id) {
  auto issue = find_issue(read, id);
  if (!issue || issue->drafter != officer.id().value) return no_point();
  auto c = find(read, issue->consultation);
  if (!c || !officer.may_act_for(c->unit_path)) return no_point();
  if (find_decision(read, c->id)) return Error{ErrorKind::conflict, "consultation.error.decided"_t};
  return DraftedPoint{*std::move(c), *std::move(issue)};
}

Result<Proposal> propose(db::Write& write, const EditAct& act, IssueId id, const Given& given) {
  TRY(const DraftedPoint point, drafted_point(write, act.officer, id));
  if (point.issue.answered_at)
    return Error{ErrorKind::conflict, "consultation.error.point_answered"_t};
  const auto version = find_version(write, point.consultation.id, point.consultation.version);
  const auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!draft) throw db::Failure("a published version cannot be read");
  Proposal proposal{.issue = id,
                    .drafter = act.officer.id().value,
                    .given = {.answer = given.answer,
                              .reason = text::tidied(given.reason),
                              .clause = given.clause,
                              .wording = text::tidied(given.wording),
                              .title = text::tidied(given.title)},
                    .proposed_at = act.now};
  TRY([[maybe_unused]] const Done fine, check_answer(proposal.given, *draft));
  TRY([[maybe_unused]] const Done titled, check_issue_title(proposal.given.title));
  save(write, proposal);
  return proposal;
}

}  // namespace ln::consultation
