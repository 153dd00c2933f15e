#include "feature/consultation/consultation_jobs_check.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_told.h"
#include "engine/draft/draft_compare.h"
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

// --- what is said in clear: versions, days, decisions and archives -------------------------------

// The lines in clear of all drafts: a few for each.
struct ClearLine {
  std::int64_t id = 0;
  ledger::ConsultationFact fact{};
};
std::vector<ClearLine> clear_lines(db::Read& read) {
  const ledger::Subject subject =
      ledger::subject_of(ledger::Fact(ledger::ConsultationFact{}).index());
  std::vector<ClearLine> all;
  read.each(
      "SELECT id, payload FROM ledger_entry WHERE subject_kind = $1 AND subject_id = $2 "
      "ORDER BY seq",
      [&](const db::Row& row) {
        const auto fact = ledger::parse_fact(row.view(1));
        if (const auto* said = fact ? std::get_if<ledger::ConsultationFact>(&*fact) : nullptr)
          all.push_back({row.integer(0), *said});
      },
      subject.kind, subject.id);
  return all;
}

const char* unfit_line(db::Read& read, const ClearLine& line) {
  const ledger::ConsultationFact& fact = line.fact;
  const ConsultationId id{fact.consultation};
  // Those of tokens are compared in consultation_store_check.h.
  if (fact.what == "key" || fact.what == "slips" || fact.what == "tokens") return nullptr;
  if (fact.what == "archive") {
    // Made anew when a comment is hidden or shown: the earlier ones are gone.
    const auto archive = find_archive(read, id);
    return !archive || archive->line != line.id - 1 ||
                   fact.text == merkle::sha256(as_bytes(archive->manifest))
               ? nullptr
               : "the archive of a draft is not the one that was told";
  }
  if (fact.what == "table" || fact.what == "decided") {
    const auto decision = find_decision(read, id);
    if (!decision) return "the decision on a draft is not there any more";
    if (fact.what == "table" && as_text(fact.text) != decision->table_hash)
      return "the synthesis table is not the one that was decided with";
    if (fact.what == "decided" && decision->version != fact.version)
      return "a draft was decided on in another version than was told";
    if (fact.what == "table") return nullptr;
  }
  const auto version = find_version(read, id, fact.version);
  if (!version) return "the version of this line is not there any more";
  return fact.text == merkle::sha256(as_bytes(version->text))
             ? nullptr
             : "the text of a version is not the one that was published";
}

// What the lines of one draft say of it.
struct OfDraft {
  std::int64_t last_line = 0, version = 0;
  bool is_closed = false, is_decided = false;
  Day closes{};
};

void check_draft(db::Read& read, const Consultation& c, const OfDraft& told, Faults& faults) {
  if (c.version != told.version)
    faults.push_back({told.last_line, "another version of a draft is read than was told"});
  if (c.closes_on != told.closes)
    faults.push_back({told.last_line, "a draft closes on another day than was told"});
  if ((c.stage == Stage::closed) != told.is_closed || c.stage == Stage::editing)
    faults.push_back({told.last_line, "a draft is in another stage than was told"});
  if (!told.is_decided && find_decision(read, c.id))
    faults.push_back({0, "a decision on a draft was never told"});
}

void check_clear(db::Read& read, Faults& faults) {
  std::map<std::int64_t, OfDraft> drafts;
  std::set<std::array<std::int64_t, 3>> versions;  // consultation, number and line
  for (const ClearLine& line : clear_lines(read)) {
    if (const char* wrong = unfit_line(read, line)) faults.push_back({line.id, wrong});
    const std::string& what = line.fact.what;
    OfDraft& of = drafts[line.fact.consultation];
    if (what == "decided") of.is_decided = true;
    if (what != "opened" && what != "version" && what != "extended" && what != "closed") continue;
    of.last_line = line.id;
    of.version = line.fact.version;
    of.closes = line.fact.closes;
    if (what != "version") of.is_closed = what == "closed";
    if (what == "opened" || what == "version")
      versions.insert({line.fact.consultation, line.fact.version, line.id});
  }
  for (const auto& [id, told] : drafts) {
    const auto c = find(read, ConsultationId{id});
    if (c)
      check_draft(read, *c, told, faults);
    else
      faults.push_back({told.last_line, "the draft of this line is not there any more"});
  }
  read.each(
      "SELECT consultation_id, number, coalesce(line, -1) FROM consultation_version "
      "WHERE published_at IS NOT NULL OR line IS NOT NULL",
      [&](const db::Row& row) {
        if (!versions.contains({row.integer(0), row.integer(1), row.integer(2) + 1}))
          faults.push_back({0, "a version was never told"});
      });
  read.each("SELECT id FROM consultation WHERE stage <> 'editing'", [&](const db::Row& row) {
    if (!drafts.contains(row.integer(0))) faults.push_back({0, "a draft was never told"});
  });
}

// --- comments and objections ---------------------------------------------------------------------

// The lines of a comment that were told words: the last of each sort counts.
struct OfComment {
  const Told* words = nullptr;
  const Told* objection = nullptr;
  const Told* reply = nullptr;
  std::string hidden_for{};  // the word of the last line that hid it; empty: it is shown
  bool is_withdrawn = false;

  explicit OfComment(const ledger::Chain& chain) {
    for (const Told& line : chain) {
      if (line.event == "received" || (line.event == "replied" && line.is_about("changed")))
        words = &line;
      if (line.event == "reopened") objection = &line;
      if (line.event == "replied" && line.is_about("objection")) reply = &line;
      if (line.event == "redacted")
        hidden_for = line.is_about("shown")
                         ? std::string()
                         : std::string(ledger::text_in(line.payload, "cat").value_or("?"));
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

// What stays of a comment that was withdrawn: its row, without a word and without who sent it.
bool has_words(db::Read& read, const Comment& comment) {
  return !comment.body.empty() || !comment.wording.empty() ||
         read.one(
                 "SELECT 1 FROM consultation_comment c WHERE c.id = $1 AND (EXISTS (SELECT 1 "
                 "FROM consultation_objection o WHERE o.comment_id = c.id AND o.body <> '') "
                 "OR EXISTS (SELECT 1 FROM consultation_contact k WHERE k.comment_id = c.id) "
                 "OR EXISTS (SELECT 1 FROM consultation_imported i WHERE i.comment_id = c.id "
                 " AND i.author <> ''))",
                 [](const db::Row& row) { return row.integer(0); }, comment.id)
             .has_value();
}

void check_sight(db::Read& read, const Comment& comment, const OfComment& told, Faults& faults) {
  if (told.is_withdrawn != (comment.state == Sight::withdrawn)) {
    faults.push_back({0, "a comment was withdrawn without a line, or came back"});
    return;
  }
  if (told.is_withdrawn) {
    if (has_words(read, comment)) faults.push_back({0, "words of a withdrawn comment stand"});
    return;
  }
  const std::string_view reason = comment.reason ? to_text(*comment.reason) : std::string_view();
  if (reason != told.hidden_for || (comment.state == Sight::hidden) == told.hidden_for.empty())
    faults.push_back({0, "a comment is hidden or shown without a line, or for another reason"});
}

void check_comments(db::Read& read, Faults& faults) {
  ledger::each_chain(read, "consultation_comment", [&](const ledger::Chain& chain) {
    const auto comment = find_comment(read, CommentId{chain.front().subject});
    if (!comment) {
      faults.push_back({chain.front().id, "the comment of this line is not there any more"});
      return;
    }
    const OfComment told(chain);
    check_sight(read, *comment, told, faults);
    if (!told.is_withdrawn && comment->state != Sight::withdrawn &&
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

// The drafts of one consultation with the lines by which they were published, each parsed once.
class Versions {
 public:
  Versions(db::Read& read, ConsultationId id) : id_(id) {
    const auto c = find(read, id);
    for (std::int64_t number = 1; c && number <= c->version; ++number) {
      const auto version = find_version(read, id, number);
      drafts_.push_back(version ? draft::parse(draft::split(version->text)) : std::nullopt);
      lines_.push_back(version ? version->line.value_or(0) : 0);
    }
    for (std::size_t i = 1; i < drafts_.size(); ++i)
      matches_.push_back(drafts_[i - 1] && drafts_[i]
                             ? draft::matches_of(*drafts_[i - 1], *drafts_[i])
                             : std::vector<draft::Match>());
  }
  ConsultationId id() const { return id_; }
  // The keys in the version that was read when `line` was written that lead to `now` today.
  std::vector<std::string> keys_before(std::int64_t line, const std::string& now) const {
    if (now.empty() || now == whole_draft) {
      std::vector<std::string> all = {now};
      if (now.empty()) add_keys(all, line, now);
      return all;
    }
    std::vector<std::string> all;
    add_keys(all, line, now);
    return all;
  }

 private:
  void add_keys(std::vector<std::string>& all, std::int64_t line, const std::string& now) const {
    std::size_t then = 0;
    for (std::size_t i = 1; i < lines_.size(); ++i)
      if (lines_[i] < line) then = i;
    if (then >= drafts_.size() || !drafts_[then]) return;
    for (const draft::Clause& each : drafts_[then]->clauses) {
      std::string key = each.key;
      for (std::size_t i = then; i < matches_.size() && !key.empty(); ++i)
        key = draft::follow(matches_[i], key);
      if (key == now) all.push_back(each.key);
    }
  }

  ConsultationId id_;
  std::vector<std::optional<draft::Draft>> drafts_;
  std::vector<std::int64_t> lines_;
  std::vector<std::vector<draft::Match>> matches_;
};

// The codes that stood under a point when it was answered at `at`: of each comment the last
// placement until then counts. One of the same moment may have come before or after the answer.
std::vector<std::string> codes_then(db::Read& read, const Issue& issue, Instant at) {
  return read.all(
      "SELECT c.code FROM consultation_comment c JOIN consultation_placement p ON p.id = "
      "(SELECT max(x.id) FROM consultation_placement x WHERE x.comment_id = c.id "
      "AND x.placed_at <= $3) WHERE c.consultation_id = $1 AND p.issue_id = $2 ORDER BY c.id",
      [](const db::Row& row) { return row.text(0); }, issue.consultation, issue.id, at);
}

// A version that came out since may have moved the clause where it was taken up: told was the key
// that leads to the one that is kept.
bool was_told_answer(db::Read& read, const Told& line, const Issue& issue, const Versions& drafts) {
  const Instant at = read.one(
                             "SELECT at FROM ledger_entry WHERE id = $1",
                             [](const db::Row& row) { return row.instant(0); }, line.id)
                         .value_or(Instant{});
  if (issue.answered_at && *issue.answered_at != at) return false;
  const auto keys = drafts.keys_before(line.id, issue.changed_clause);
  for (const auto& codes : {codes_under(read, issue), codes_then(read, issue, at),
                            codes_then(read, issue, at - std::chrono::milliseconds(1))})
    for (const std::string& key : keys) {
      Issue then = issue;
      then.changed_clause = key;
      if (line.was_told(answer_statement(then, codes))) return true;
    }
  return false;
}

// Whether an answer may be out of sight: a comment was placed under the point since, or one of its
// senders objected since; never once the draft is decided.
bool may_wait(db::Read& read, const Issue& issue, std::int64_t line) {
  return !find_decision(read, issue.consultation) &&
         read.one(
                 "SELECT 1 FROM ledger_entry a WHERE a.id = $2 AND (EXISTS (SELECT 1 "
                 "FROM consultation_placement p WHERE p.issue_id = $1 AND p.placed_at >= a.at) "
                 "OR EXISTS (SELECT 1 FROM consultation_objection o JOIN ledger_entry e "
                 "ON e.subject_kind = 'consultation_comment' AND e.subject_id = o.comment_id "
                 "AND e.event = 'reopened' AND e.id > a.id WHERE o.issue_id = $1))",
                 [](const db::Row& row) { return row.integer(0); }, issue.id, line)
             .has_value();
}

void check_answers(db::Read& read, Faults& faults) {
  std::optional<Versions> drafts;
  ledger::each_chain(read, "consultation_issue", [&](const ledger::Chain& chain) {
    const auto issue = find_issue(read, IssueId{chain.front().subject});
    if (!issue) {
      faults.push_back({chain.front().id, "the point of this line is not there any more"});
      return;
    }
    const auto last =
        std::ranges::find(chain.rbegin(), chain.rend(), std::string("answered"), &Told::event);
    if (last == chain.rend()) {
      if (issue->answered_at || !issue->reason.empty())
        faults.push_back({0, "the answer to a point was never told"});
      return;
    }
    if (!drafts || drafts->id() != issue->consultation) drafts.emplace(read, issue->consultation);
    // One that was reopened keeps its words until another one is given.
    if (!was_told_answer(read, *last, *issue, *drafts))
      faults.push_back({last->id, "the answer to a point is not the one that was given last"});
    if (!issue->answered_at && !may_wait(read, *issue, last->id))
      faults.push_back({last->id, "the answer to a point was taken out of sight without a reason"});
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
    const bool is_closed =
        std::ranges::find(chain, std::string("closed"), &Told::event) != chain.end();
    if (is_closed != found->withdrawn_at.has_value() ||
        (!is_closed && !found->withdrawn_reason.empty()))
      faults.push_back({0, "an invitation was withdrawn without a line, or came back"});
    for (const Told& line : chain) {
      if (line.event == "received" && !line.was_told(invitation_statement(*found)))
        faults.push_back({line.id, "an invitation is not the one that was sent"});
      if (line.event == "closed" && !line.was_told(found->withdrawn_reason))
        faults.push_back({line.id, "why an invitation was withdrawn is not what was told"});
    }
  });
}

// What stands in a table and has no line.
void check_untold(db::Read& read, Faults& faults) {
  const auto say = [&](const char* what) {
    return [&faults, what](const db::Row&) { faults.push_back({0, what}); };
  };
  read.each(
      "SELECT s.id FROM consultation_source s LEFT JOIN ledger_entry e ON e.subject_kind = "
      "CASE WHEN s.kind = 'invited' THEN 'consultation_invitation' ELSE 'consultation_source' END "
      "AND e.subject_id = s.id AND e.seq = 0 WHERE e.id IS NULL",
      say("a source was never told"));
  read.each(
      "SELECT i.source_id FROM consultation_invitation i LEFT JOIN ledger_entry e "
      "ON e.subject_kind = 'consultation_invitation' AND e.subject_id = i.source_id "
      "AND e.seq = 0 WHERE e.id IS NULL",
      say("an invitation was never told"));
  read.each(
      "SELECT i.id FROM consultation_issue i LEFT JOIN ledger_entry e "
      "ON e.subject_kind = 'consultation_issue' AND e.subject_id = i.id AND e.seq = 0 "
      "WHERE e.id IS NULL",
      say("a point was never told"));
}

}  // namespace

Faults unfit_texts(db::Read& read) {
  Faults faults;
  check_clear(read, faults);
  check_comments(read, faults);
  check_answers(read, faults);
  check_sources(read, faults);
  check_invitations(read, faults);
  check_untold(read, faults);
  return faults;
}

}  // namespace ln::consultation
