#include "feature/consultation/consultation_actions_decide.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "core/ledger/ledger_actions.h"
#include "core/ledger/ledger_public_actions.h"
#include "engine/merkle/merkle.h"
#include "engine/text/text_typed.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_actions_table.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

ledger::Subject subject_of_comment(CommentId id) { return {"consultation_comment", id.value}; }

Error shut(TextKey text) { return {ErrorKind::conflict, text}; }

// Words of a field between two lengths, tidied.
Result<std::string> words_in(std::string_view field,
                             const std::string& typed,
                             std::pair<std::size_t, std::size_t> limits,
                             TextKey wrong) {
  std::string words = text::tidied(typed);
  const std::size_t chars = count_chars(words);
  if (chars < limits.first || chars > limits.second)
    return Error{ErrorKind::invalid, wrong, {{std::string(field), wrong}}};
  return words;
}

std::optional<draft::Draft> draft_at(db::Read& read, ConsultationId id, std::int64_t number) {
  const auto version = find_version(read, id, number);
  return version ? draft::parse(draft::split(version->text)) : std::nullopt;
}

// What became of the pieces of the first version in the one that is read now.
std::vector<draft::Match> matches_since_first(db::Read& read, const Consultation& c) {
  const auto first = draft_at(read, c.id, 1), last = draft_at(read, c.id, c.version);
  return first && last ? draft::matches_of(*first, *last) : std::vector<draft::Match>();
}

}  // namespace

Result<Objection> object(db::Write& write, const CitizenAct& act, const std::string& body) {
  TRY(const Comment comment, open_comment(write, act.citizen, act.code));
  if (comment.state == Sight::withdrawn) return shut("consultation.error.withdrawn"_t);
  if (find_decision(write, comment.consultation)) return shut("consultation.error.decided"_t);
  if (find_objection(write, comment.id)) return shut("consultation.error.objected"_t);
  const auto id = issue_of(write, comment.id);
  const auto issue = id ? find_issue(write, *id) : std::nullopt;
  if (!issue || !issue->answered_at) return shut("consultation.error.not_answered"_t);
  TRY(const std::string words,
      words_in("objection", body, {objection_chars_min, objection_chars_max},
               "consultation.error.objection"_t));
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::reopened,
                      .subject = subject_of_comment(comment.id),
                      .at = act.now,
                      .party = ledger::Party::citizen,
                      .topic = "not_in_it",
                      .body = words,
                      .citizen = &act.citizen.key()},
                     act.salts));
  Objection objection{.comment = comment.id,
                      .consultation = comment.consultation,
                      .issue = issue->id,
                      .body = words,
                      .sent_at = act.now};
  insert(write, objection);
  reopen(write, issue->id);
  return objection;
}

Result<Objection> reply(db::Write& write,
                        const EditAct& act,
                        const Code& code,
                        const std::string& text,
                        const ledger::Salts& salts) {
  const auto comment = find_comment(write, code);
  auto objection = comment ? find_objection(write, comment->id) : std::nullopt;
  if (!objection) return Error{ErrorKind::not_found, "consultation.error.no_issue"_t};
  TRY([[maybe_unused]] const Consultation c, undecided(write, act, objection->consultation));
  if (objection->replied_at) return shut("consultation.error.replied"_t);
  TRY(objection->reply,
      words_in("reply", text, {reason_chars_min, reason_chars_max}, "consultation.error.reply"_t));
  TRY([[maybe_unused]] const ledger::Appended appended,
      ledger::append(write,
                     {.event = ledger::Event::replied,
                      .subject = subject_of_comment(comment->id),
                      .at = act.now,
                      .party = ledger::Party::office,
                      .actor_id = act.officer.id().value,
                      .topic = "objection",
                      .body = objection->reply},
                     salts));
  objection->replied_by = act.officer.id().value;
  objection->replied_at = act.now;
  save_reply(write, *objection);
  return *std::move(objection);
}

std::vector<Blocker> gate_of(db::Read& read, const Consultation& c, Instant now) {
  using Kind = Blocker::Kind;
  std::vector<Blocker> all;
  if (c.stage != Stage::closed || c.takes_comments(now)) all.push_back({.kind = Kind::open});
  const auto waiting =
      std::ranges::count_if(invitations_of(read, c.id), [&](const CountedInvitation& each) {
        return punctuality_of(each.invitation, local_day(now)) == Punctuality::waits;
      });
  if (waiting > 0) all.push_back({.kind = Kind::invited, .count = waiting});
  if (const auto count = unplaced_count(read, c.id); count > 0)
    all.push_back({.kind = Kind::unplaced, .count = count});
  const auto rows = table_of(read, c.id);
  const auto matches = matches_since_first(read, c);
  std::map<std::int64_t, std::int64_t> open;  // objections, by the point
  for (const Objection& each : objections_of(read, c.id))
    if (!each.replied_at) ++open[each.issue.value];
  for (const TableRow& row : rows) {
    const Issue& issue = row.issue;
    const auto add = [&](Kind kind, std::int64_t count) {
      all.push_back({.kind = kind, .issue = issue.id, .title = issue.title, .count = count});
    };
    if (!issue.answered_at) add(Kind::unanswered, row.behind.comments);
    if (row.is_criticised && issue.answer == Answer::noted) add(Kind::criticism, 0);
    const bool takes_up = issue.answer == Answer::accepted || issue.answer == Answer::partly;
    if (takes_up && !is_changed(matches, issue.changed_clause))
      add(Kind::unchanged, row.behind.comments);
    if (const auto at = open.find(issue.id.value); at != open.end()) {
      add(Kind::objection, at->second);
      open.erase(at);
    }
  }
  // Of points that all have left meanwhile: the objection is open all the same.
  for (const auto& [id, count] : open) {
    const auto issue = find_issue(read, IssueId{id});
    all.push_back({.kind = Kind::objection,
                   .issue = IssueId{id},
                   .title = issue ? issue->title : std::string(),
                   .count = count});
  }
  return all;
}

Result<Decision> decide(db::Write& write,
                        const EditAct& act,
                        ConsultationId id,
                        const std::string& note) {
  TRY(const Consultation c, undecided(write, act, id));
  if (c.revision != act.revision) return shut("consultation.error.changed"_t);
  const auto gate = gate_of(write, c, act.now);
  if (!gate.empty()) return shut(key_of(gate.front().kind));
  TRY(const std::string words, words_in("note", note, {decision_chars_min, decision_chars_max},
                                        "consultation.error.decision"_t));
  // What is told for ever rests on the comments, not on counts that were kept of them. It refuses,
  // since whoever may still be refused writes nothing; last, since it reads every comment.
  if (!is_well_tallied(write, id)) return shut("consultation.error.miscounted"_t);
  const auto version = find_version(write, id, c.version);
  const auto text_hash = version ? merkle::to_hash(version->hash) : std::nullopt;
  if (!text_hash) throw db::Failure("a published version is not there");
  const merkle::Hash table_hash = merkle::sha256(as_bytes(table_csv(sections_of(write, id))));
  ledger::ConsultationFact fact{.at = act.now,
                                .what = "decided",
                                .consultation = id.value,
                                .version = c.version,
                                .comments = comment_count(write, id),
                                .closes = *c.closes_on,
                                .text = *text_hash};
  TRY(const std::int64_t line, ledger::announce(write, fact));
  fact.what = "table";
  fact.text = table_hash;
  const auto table_line = ledger::announce(write, fact);
  if (!table_line.ok()) throw db::Failure("the ledger stopped within a decision");
  const Decision decision{.consultation = id,
                          .version = c.version,
                          .note = words,
                          .table_hash = std::string(as_text(table_hash)),
                          .decided_by = act.officer.id().value,
                          .decided_at = act.now,
                          .line = line,
                          .table_line = table_line.value()};
  insert(write, decision);
  return decision;
}

}  // namespace ln::consultation
