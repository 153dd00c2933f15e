#include "feature/consultation/consultation_jobs_check.h"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_told.h"
#include "engine/draft/draft.h"
#include "feature/consultation/consultation_actions_answer.h"
#include "feature/consultation/consultation_store.h"
#include "feature/consultation/consultation_store_answer.h"
#include "feature/consultation/consultation_store_archive.h"
#include "feature/consultation/consultation_store_invitation.h"
#include "feature/consultation/consultation_store_source.h"

namespace ln::consultation {
namespace {

using ledger::Told;
using Faults = std::vector<ledger::Fault>;

// --- the text of versions ------------------------------------------------------------------------

const char* unfit_version(db::Read& read, std::int64_t line, const ledger::ConsultationFact& fact) {
  const ConsultationId id{fact.consultation};
  if (fact.what == "table") {
    const auto decision = find_decision(read, id);
    return decision && as_text(fact.text) == decision->table_hash
               ? nullptr
               : "the synthesis table is not the one that was decided with";
  }
  if (fact.what == "archive") {
    // One that was made anew since has a line of its own; one that is being made has none yet.
    const auto archive = find_archive(read, id);
    return !archive || archive->line != line ||
                   fact.text == merkle::sha256(as_bytes(archive->manifest))
               ? nullptr
               : "the archive of a draft is not the one that was told";
  }
  const auto version = find_version(read, id, fact.version);
  if (!version) return "the version of this line is not there any more";
  return fact.text == merkle::sha256(as_bytes(version->text))
             ? nullptr
             : "the text of a version is not the one that was published";
}

void check_versions(db::Read& read, Faults& faults) {
  // A few lines for each draft; those about other things stand in other chains.
  const ledger::Subject subject =
      ledger::subject_of(ledger::Fact(ledger::ConsultationFact{}).index());
  const auto lines = read.all(
      "SELECT id, payload FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 "
      "ORDER BY seq",
      [](const db::Row& row) { return std::pair(row.integer(0), row.text(1)); }, subject.kind,
      subject.id);
  for (const auto& [id, payload] : lines) {
    const auto fact = ledger::parse_fact(payload);
    const auto* said = fact ? std::get_if<ledger::ConsultationFact>(&*fact) : nullptr;
    const char* wrong = said == nullptr ? nullptr : unfit_version(read, id - 1, *said);
    if (wrong != nullptr) faults.push_back({id, wrong});
  }
}

// --- comments and objections ---------------------------------------------------------------------

// The lines of a comment that were told words: the last of each sort counts.
struct OfComment {
  const Told* words = nullptr;
  const Told* objection = nullptr;
  const Told* reply = nullptr;
  bool is_withdrawn = false;

  explicit OfComment(const ledger::Chain& chain) {
    for (const Told& line : chain) {
      if (line.event == "received" || (line.event == "replied" && line.is_about("changed")))
        words = &line;
      if (line.event == "reopened") objection = &line;
      if (line.event == "replied" && line.is_about("objection")) reply = &line;
      is_withdrawn = is_withdrawn || line.event == "closed";
    }
  }
};

void check_objection(db::Read& read, CommentId id, const OfComment& told, Faults& faults) {
  const auto objection = find_objection(read, id);
  if (told.objection != nullptr && !objection)
    faults.push_back({told.objection->id, "an objection to an answer is not there any more"});
  else if (told.objection != nullptr && !told.is_withdrawn &&
           !told.objection->was_told(objection->body))
    faults.push_back(
        {told.objection->id, "an objection to an answer is not the one that was sent"});
  else if (told.objection == nullptr && objection)
    faults.push_back({0, "an objection to an answer was never told"});
  if (told.reply != nullptr && (!objection || !told.reply->was_told(objection->reply)))
    faults.push_back({told.reply->id, "the reply to an objection is not the one that was given"});
  else if (told.reply == nullptr && objection && !objection->reply.empty())
    faults.push_back({0, "the reply to an objection was never told"});
}

void check_comments(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "consultation_comment", [&](const ledger::Chain& chain) {
    const auto comment = find_comment(read, CommentId{chain.front().subject});
    if (!comment) {
      faults.push_back({chain.front().id, "the comment of this line is not there any more"});
      return;
    }
    const OfComment told(chain);
    if (told.is_withdrawn != (comment->state == Sight::withdrawn))
      faults.push_back({chain.back().id, "a comment was withdrawn without a line, or came back"});
    else if (!told.is_withdrawn &&
             (told.words == nullptr || !told.words->was_told(statement_of(*comment))))
      faults.push_back({told.words == nullptr ? chain.front().id : told.words->id,
                        "a comment is not the one that was sent or changed last"});
    check_objection(read, comment->id, told, faults);
  });
  read.each(
      "SELECT c.id FROM consultation_comment c LEFT JOIN ledger_entry e "
      "ON e.subject_kind = 'consultation_comment' AND e.subject_id = c.id AND e.seq = 0 "
      "WHERE e.id IS NULL ORDER BY c.id",
      [&](const db::Row&) { faults.push_back({0, "a comment was never told"}); });
}

// --- answers -------------------------------------------------------------------------------------

// The codes that stood under a point when it was answered: of each comment the last placement until
// then counts.
std::vector<std::string> codes_then(db::Read& read, const Issue& issue) {
  return read.all(
      "SELECT c.code FROM consultation_comment c JOIN consultation_placement p ON p.id = "
      "(SELECT max(x.id) FROM consultation_placement x WHERE x.comment_id = c.id "
      "AND x.placed_at <= $3) WHERE c.consultation_id = $1 AND p.issue_id = $2 ORDER BY c.id",
      [](const db::Row& row) { return row.text(0); }, issue.consultation, issue.id,
      issue.answered_at.value_or(Instant{}));
}

// A version that came out since may have moved the clause where it was taken up: its key was then
// one of the keys of an earlier version.
bool was_told_before_move(db::Read& read,
                          const Told& line,
                          Issue issue,
                          const std::vector<std::string>& codes) {
  const auto c = find(read, issue.consultation);
  for (std::int64_t number = 1; c && number <= c->version; ++number) {
    const auto version = find_version(read, c->id, number);
    const auto draft = version ? draft::parse(draft::split(version->text)) : std::nullopt;
    if (!draft) continue;
    for (const draft::Clause& each : draft->clauses) {
      issue.changed_clause = each.key;
      if (line.was_told(answer_statement(issue, codes))) return true;
    }
  }
  return false;
}

bool was_told_answer(db::Read& read, const Told& line, const Issue& issue) {
  const auto now = codes_under(read, issue);
  if (line.was_told(answer_statement(issue, now))) return true;
  const auto then = codes_then(read, issue);
  if (line.was_told(answer_statement(issue, then))) return true;
  return was_told_before_move(read, line, issue, then) ||
         (then != now && was_told_before_move(read, line, issue, now));
}

void check_answers(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "consultation_issue", [&](const ledger::Chain& chain) {
    const auto issue = find_issue(read, IssueId{chain.front().subject});
    if (!issue) {
      faults.push_back({chain.front().id, "the point of this line is not there any more"});
      return;
    }
    const auto last =
        std::ranges::find(chain.rbegin(), chain.rend(), std::string("answered"), &Told::event);
    const bool was_answered = last != chain.rend();
    if (!was_answered && (issue->answered_at || !issue->reason.empty()))
      faults.push_back({0, "the answer to a point was never told"});
    // One that was reopened waits for another answer, and shows none meanwhile.
    if (was_answered && issue->answered_at && !was_told_answer(read, *last, *issue))
      faults.push_back({last->id, "the answer to a point is not the one that was given last"});
  });
}

// --- sources and invitations ---------------------------------------------------------------------

// The codes of the comments that came with this line: those that came in since the line before.
std::string codes_between(db::Read& read, SourceId id, std::int64_t after, std::int64_t before) {
  std::string codes;
  read.each(
      "SELECT c.code FROM consultation_comment c JOIN ledger_entry e "
      "ON e.subject_kind = 'consultation_comment' AND e.subject_id = c.id AND e.seq = 0 "
      "WHERE c.source_id = $1 AND e.id > $2 AND e.id < $3 ORDER BY c.id",
      [&](const db::Row& row) { codes += row.text(0) + "\n"; }, id, after, before);
  return codes;
}

void check_sources(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "consultation_source", [&](const ledger::Chain& chain) {
    const auto source = find_source(read, SourceId{chain.front().subject});
    if (!source) {
      faults.push_back({chain.front().id, "the source of this line is not there any more"});
      return;
    }
    std::int64_t before = 0;
    for (const Told& line : chain) {
      const std::string codes = codes_between(read, source->id, before, line.id);
      before = line.id;
      if (!line.was_told(source_statement(*source) + "\n" +
                         to_hex(merkle::sha256(as_bytes(codes)))))
        faults.push_back({line.id, "a source is not the one that was taken in"});
    }
  });
}

void check_invitations(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "consultation_invitation", [&](const ledger::Chain& chain) {
    const auto found = find_invitation(read, SourceId{chain.front().subject});
    if (!found) {
      faults.push_back({chain.front().id, "the invitation of this line is not there any more"});
      return;
    }
    for (const Told& line : chain) {
      if (line.event == "received" && !line.was_told(invitation_statement(*found)))
        faults.push_back({line.id, "an invitation is not the one that was sent"});
      if (line.event == "closed" && !line.was_told(found->withdrawn_reason))
        faults.push_back({line.id, "why an invitation was withdrawn is not what was told"});
    }
  });
}

}  // namespace

Faults unfit_texts(db::Read& read) {
  Faults faults;
  check_versions(read, faults);
  check_comments(read, faults);
  check_answers(read, faults);
  check_sources(read, faults);
  check_invitations(read, faults);
  return faults;
}

}  // namespace ln::consultation
