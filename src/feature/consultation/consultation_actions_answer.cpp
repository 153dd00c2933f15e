#include "feature/consultation/consultation_actions_answer.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_stop.h"
#include "core/units/units_store.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text_typed.h"
#include "feature/consultation/consultation_store_letter.h"

namespace ln::consultation {
namespace {

ledger::Subject subject_of_issue(IssueId id) { return {"consultation_issue", id.value}; }

Error point_changed() { return {ErrorKind::conflict, "consultation.error.changed"_t}; }

struct PointAndDraft {
  Consultation consultation;
  Issue issue;
};
Result<PointAndDraft> desk_of_issue(db::Read& read, const EditAct& act, IssueId id) {
  auto issue = find_issue(read, id);
  if (!issue) return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
  TRY(Consultation c, undecided(read, act, issue->consultation));
  return PointAndDraft{std::move(c), *std::move(issue)};
}

// The draft that everybody reads now.
draft::Draft draft_read_now(db::Read& read, const Consultation& c) {
  const auto version = find_version(read, c.id, c.version);
  auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
  if (!draft) throw db::Failure("a published version cannot be read");
  return *std::move(draft);
}

std::string unit_code_of(db::Read& read, const Consultation& c) {
  const auto unit = units::find(read, c.unit);
  return unit ? unit->code : std::string();
}

// The comments of these codes, all of this consultation and none withdrawn.
Result<std::vector<Comment>> chosen(db::Read& read,
                                    ConsultationId id,
                                    const std::vector<Code>& codes) {
  const TextKey none = "consultation.error.choose_comments"_t;
  if (codes.empty() || codes.size() > placed_at_once)
    return Error{ErrorKind::invalid, none, {{"comment", none}}};
  std::vector<Comment> all;
  for (const Code& code : codes) {
    auto comment = find_comment(read, code);
    if (!comment || comment->consultation != id || comment->state == Sight::withdrawn)
      return Error{ErrorKind::not_found, "consultation.error.code_or_secret"_t};
    all.push_back(*std::move(comment));
  }
  return all;
}

// The letters of the points it leaves and comes to are read again.
void place_by_hand(db::Write& write, const EditAct& act, CommentId comment, IssueId to) {
  forget_own_words(write, comment);
  place(write, Placement{.comment = comment,
                         .issue = to,
                         .placed_by = act.officer.id().value,
                         .placed_at = act.now});
  mark_stale(write, to);
}

}  // namespace

Result<Consultation> undecided(db::Read& read, const EditAct& act, ConsultationId id) {
  auto c = find(read, id);
  if (!c || c->stage == Stage::editing || !may_edit(act.officer, c->unit_path))
    return Error{ErrorKind::not_found, "consultation.error.none"_t};
  if (find_decision(read, id)) return Error{ErrorKind::conflict, "consultation.error.decided"_t};
  return *std::move(c);
}

IssueDraws draw_issue(Random& random) {
  return {.case_key = ledger::draw_case_key(random), .salts = ledger::draw(random)};
}

Result<Done> check_issue_title(const std::string& title) {
  const std::size_t chars = count_chars(trimmed(title));
  const TextKey text = "consultation.error.issue_title"_t;
  if (chars < issue_title_chars_min || chars > issue_title_chars_max)
    return Error{ErrorKind::invalid, text, {{"title", text}}};
  return Done{};
}

Result<std::int64_t> place_comments(db::Write& write,
                                    const EditAct& act,
                                    IssueId to,
                                    const std::vector<Code>& codes) {
  TRY(const PointAndDraft desk, desk_of_issue(write, act, to));
  TRY(const std::vector<Comment> comments, chosen(write, desk.consultation.id, codes));
  std::int64_t moved = 0;
  for (const Comment& comment : comments) {
    if (issue_of(write, comment.id) == to) continue;
    place_by_hand(write, act, comment.id, to);
    ++moved;
  }
  // What was answered was answered without them, and an answer that is being written has not seen
  // them.
  if (moved > 0) reopen(write, to);
  return moved;
}

Result<Issue> place_in_new(db::Write& write,
                           const EditAct& act,
                           ConsultationId id,
                           const std::string& title,
                           const std::vector<Code>& codes,
                           const IssueDraws& draws) {
  TRY(const Consultation c, undecided(write, act, id));
  TRY([[maybe_unused]] const Done allowed, ledger::may_write());
  TRY([[maybe_unused]] const Done fine, check_issue_title(title));
  TRY(const std::vector<Comment> comments, chosen(write, id, codes));
  if (std::ssize(issues_of(write, id)) >= issues_max)
    return Error{ErrorKind::conflict, "consultation.error.issues"_t};
  const Issue issue =
      open_issue(write, c, {.clause = comments.front().clause_now, .title = text::tidied(title)},
                 act.officer.id().value, act.now, draws);
  for (const Comment& comment : comments) place_by_hand(write, act, comment.id, issue.id);
  return issue;
}

Issue open_issue(db::Write& write,
                 const Consultation& c,
                 Issue issue,
                 std::int64_t by,
                 Instant now,
                 const IssueDraws& draws) {
  issue.consultation = c.id;
  issue.created_by = by;
  issue.created_at = now;
  issue.id = insert(write, issue);
  const std::string code = unit_code_of(write, c);
  const auto appended = ledger::append(write,
                                       {.event = ledger::Event::received,
                                        .subject = subject_of_issue(issue.id),
                                        .at = now,
                                        .party = ledger::Party::office,
                                        .actor_id = by,
                                        .unit_id = c.unit.value,
                                        .unit = code,
                                        .topic = to_text(issue.origin),
                                        .case_key = &draws.case_key},
                                       draws.salts);
  // A subject that did not exist a moment ago has no key that could refuse.
  if (!appended.ok()) throw db::Failure("the ledger refused a new point");
  return issue;
}

std::string answer_statement(const Issue& issue, const std::vector<std::string>& codes) {
  std::string list;
  for (const std::string& each : codes) list += each + "\n";
  return std::to_string(issue.consultation.value) + " " + std::to_string(issue.id.value) + " " +
         std::string(issue.answer ? to_text(*issue.answer) : "") + " " + issue.changed_clause +
         "\n" + issue.title + "\n" + issue.reason + "\n=>\n" + issue.wording + "\n" +
         std::to_string(codes.size()) + " " + to_hex(merkle::sha256(as_bytes(list)));
}

Result<Issue> answer_issue(db::Write& write,
                           const EditAct& act,
                           IssueId id,
                           const Given& given,
                           const ledger::Salts& salts) {
  TRY(PointAndDraft desk, desk_of_issue(write, act, id));
  Issue& issue = desk.issue;
  if (issue.revision != act.revision) return point_changed();
  const Given said{.answer = given.answer,
                   .reason = text::tidied(given.reason),
                   .clause = given.clause,
                   .wording = text::tidied(given.wording)};
  TRY([[maybe_unused]] const Done fine,
      check_answer(said, draft_read_now(write, desk.consultation)));
  const auto codes = codes_under(write, issue);
  if (codes.empty()) return Error{ErrorKind::conflict, "consultation.error.empty_issue"_t};
  const bool takes_up = said.answer == Answer::accepted || said.answer == Answer::partly;
  if (!given.title.empty()) issue.title = text::tidied(given.title);
  TRY([[maybe_unused]] const Done titled, check_issue_title(issue.title));
  issue.answer = said.answer;
  issue.reason = said.reason;
  issue.changed_clause = takes_up ? said.clause : std::string();
  issue.wording = takes_up ? said.wording : std::string();
  issue.answered_by = act.officer.id().value;
  issue.answered_at = act.now;
  const std::string statement = answer_statement(issue, codes);
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::answered,
                      .subject = subject_of_issue(id),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .topic = to_text(said.answer),
                      .body = statement},
                     salts));
  if (!save(write, issue)) throw db::Failure("a point changed under its editor");
  ++issue.revision;
  return std::move(issue);
}

}  // namespace ln::consultation
