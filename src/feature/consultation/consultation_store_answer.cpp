#include "feature/consultation/consultation_store_answer.h"

#include "base/text.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

Issue to_issue(const db::Row& row) {
  const auto origin = from_word(all_origins, row.view(4));
  const std::string_view answer = row.view(5);
  const auto said = from_word(all_answers, answer);
  if (!origin || (!said && !answer.empty()))
    throw db::Failure("unknown word in a point of a consultation");
  return {.id = row.id<IssueId>(0),
          .consultation = row.id<ConsultationId>(1),
          .clause = row.text(2),
          .title = row.text(3),
          .origin = *origin,
          .answer = said,
          .reason = row.text(6),
          .changed_clause = row.text(7),
          .wording = row.text(8),
          .answered_by = row.maybe_integer(9).value_or(0),
          .answered_at = row.maybe_instant(10),
          .created_by = row.integer(11),
          .created_at = row.instant(12),
          .revision = row.integer(13),
          .drafter = row.maybe_integer(14).value_or(0)};
}

Objection to_objection(const db::Row& row) {
  return {.comment = row.id<CommentId>(0),
          .consultation = row.id<ConsultationId>(1),
          .issue = row.id<IssueId>(2),
          .body = row.text(3),
          .sent_at = row.instant(4),
          .reply = row.text(5),
          .replied_by = row.maybe_integer(6).value_or(0),
          .replied_at = row.maybe_instant(7)};
}

std::vector<Comment> comments_with(db::Read& read, const std::vector<CommentId>& ids) {
  std::vector<Comment> all;
  for (const CommentId id : ids)
    if (auto found = find_comment(read, id)) all.push_back(*std::move(found));
  return all;
}

std::optional<std::int64_t> unless_none(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional(id);
}

}  // namespace

IssueId insert(db::Write& write, const Issue& issue) {
  return *write.returning(
      "INSERT INTO consultation_issue (consultation_id, clause, title, origin, created_by, "
      "created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
      [](const db::Row& row) { return row.id<IssueId>(0); }, issue.consultation, issue.clause,
      issue.title, to_text(issue.origin), issue.created_by, issue.created_at);
}

bool save(db::Write& write, const Issue& issue) {
  return write.run(
             "UPDATE consultation_issue SET clause = $3, title = $4, answer = $5, reason = $6, "
             "changed_clause = $7, wording = $8, answered_by = $9, answered_at = $10, "
             "revision = revision + 1 WHERE id = $1 AND revision = $2",
             issue.id, issue.revision, issue.clause, issue.title,
             issue.answer ? to_text(*issue.answer) : std::string_view(), issue.reason,
             issue.changed_clause, issue.wording, unless_none(issue.answered_by),
             issue.answered_at) == 1;
}

std::optional<Issue> find_issue(db::Read& read, IssueId id) {
  return read.one("SELECT * FROM consultation_issue WHERE id = $1", to_issue, id);
}

std::vector<Issue> issues_of(db::Read& read, ConsultationId id) {
  return read.all("SELECT * FROM consultation_issue WHERE consultation_id = $1 ORDER BY id",
                  to_issue, id);
}

void reopen(db::Write& write, IssueId id) {
  write.run(
      "UPDATE consultation_issue SET answered_at = NULL, revision = revision + 1 WHERE id = $1",
      id);
}

// In two steps, because two clauses may change places.
void move_issues(db::Write& write, ConsultationId id, const std::vector<draft::Match>& matches) {
  for (const draft::Match& match : matches)
    if (!match.before.empty() && match.before != match.after) {
      write.run(
          "UPDATE consultation_issue SET clause = $3 WHERE consultation_id = $1 AND clause = $2",
          id, match.before, ">" + match.after);
      write.run(
          "UPDATE consultation_issue SET changed_clause = $3 "
          "WHERE consultation_id = $1 AND changed_clause = $2",
          id, match.before, ">" + match.after);
    }
  write.run(
      "UPDATE consultation_issue SET clause = substr(clause, 2) "
      "WHERE consultation_id = $1 AND clause LIKE '>%'",
      id);
  write.run(
      "UPDATE consultation_issue SET changed_clause = substr(changed_clause, 2) "
      "WHERE consultation_id = $1 AND changed_clause LIKE '>%'",
      id);
}

void place(db::Write& write, const Placement& placement) {
  const auto before = tallied(write, placement.comment);
  write.run("UPDATE consultation_comment SET issue_id = $2 WHERE id = $1", placement.comment,
            placement.issue);
  if (before) tally_again(write, placement.comment, *before);
  write.run(
      "INSERT INTO consultation_placement (comment_id, issue_id, is_suggested, placed_by, "
      "placed_at) VALUES ($1, $2, $3, $4, $5)",
      placement.comment, placement.issue, placement.is_suggested ? 1 : 0, placement.placed_by,
      placement.placed_at);
}

std::optional<IssueId> issue_of(db::Read& read, CommentId id) {
  const auto found = read.one(
      "SELECT issue_id FROM consultation_comment WHERE id = $1",
      [](const db::Row& row) { return row.maybe_integer(0); }, id);
  return found && *found ? std::optional(IssueId{**found}) : std::nullopt;
}

std::vector<Placement> placements_of(db::Read& read, CommentId id) {
  return read.all(
      "SELECT issue_id, is_suggested, placed_by, placed_at FROM consultation_placement "
      "WHERE comment_id = $1 ORDER BY id",
      [&](const db::Row& row) {
        return Placement{.comment = id,
                         .issue = row.id<IssueId>(0),
                         .is_suggested = row.flag(1),
                         .placed_by = row.integer(2),
                         .placed_at = row.instant(3)};
      },
      id);
}

std::vector<Comment> unplaced(db::Read& read,
                              ConsultationId id,
                              std::int64_t after,
                              std::int64_t limit) {
  return comments_with(
      read, read.all(
                "SELECT id FROM consultation_comment WHERE consultation_id = $1 "
                "AND issue_id IS NULL AND state <> 'withdrawn' AND id > $2 "
                "ORDER BY id LIMIT $3",
                [](const db::Row& row) { return row.id<CommentId>(0); }, id, after, limit));
}

std::int64_t unplaced_count(db::Read& read, ConsultationId id) {
  const auto first = [](const db::Row& row) { return row.integer(0); };
  if (is_tallied(read, id))
    return *read.one(
        "SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) FROM consultation_issue_tally "
        "WHERE consultation_id = $1 AND issue_id = 0 AND state <> 'withdrawn'",
        first, id);
  return *read.one(
      "SELECT count(*) FROM consultation_comment WHERE consultation_id = $1 "
      "AND issue_id IS NULL AND state <> 'withdrawn'",
      first, id);
}

std::vector<Loose> loose_comments(db::Read& read, ConsultationId id, std::int64_t limit) {
  return read.all(
      "SELECT id, clause_now, body FROM consultation_comment WHERE consultation_id = $1 "
      "AND issue_id IS NULL AND state <> 'withdrawn' ORDER BY id LIMIT $2",
      [](const db::Row& row) {
        return Loose{.id = row.id<CommentId>(0), .clause = row.text(1), .body = row.text(2)};
      },
      id, limit);
}

std::vector<Comment> comments_under(db::Read& read,
                                    const Issue& issue,
                                    std::int64_t after,
                                    std::int64_t limit) {
  return comments_with(read, read.all(
                                 "SELECT id FROM consultation_comment WHERE consultation_id = $1 "
                                 "AND issue_id = $2 AND id > $3 ORDER BY id LIMIT $4",
                                 [](const db::Row& row) { return row.id<CommentId>(0); },
                                 issue.consultation, issue.id, after, limit));
}

std::vector<std::string> codes_under(db::Read& read, const Issue& issue) {
  return read.all(
      "SELECT code FROM consultation_comment WHERE consultation_id = $1 AND issue_id = $2 "
      "ORDER BY id",
      [](const db::Row& row) { return row.text(0); }, issue.consultation, issue.id);
}

std::map<std::int64_t, Behind> behind_of(db::Read& read, ConsultationId id) {
  std::map<std::int64_t, Behind> all;
  const auto take = [&](const db::Row& row) {
    auto strength = from_word(all_strengths, row.view(1));
    const auto channel = from_word(all_channels, row.view(4));
    if (!strength || !channel) throw db::Failure("unknown word in a consultation");
    // Told of a whole draft alone (consultation_token.h).
    if (*strength == Strength::verified) strength = Strength::anonymous;
    Behind& at = all[row.integer(0)];
    at.comments += row.integer(2);
    at.supports += row.integer(3);
    if (channel == Channel::site)
      at.by_strength[static_cast<std::size_t>(*strength)] += row.integer(2);
    if (channel == Channel::imported) at.imported += row.integer(2);
  };
  if (is_tallied(read, id))
    read.each(
        "SELECT issue_id, strength, comments, supports, channel FROM consultation_issue_tally "
        "WHERE consultation_id = $1 AND issue_id <> 0 AND state <> 'withdrawn' AND comments <> 0",
        take, id);
  else
    read.each(
        "SELECT issue_id, strength, count(*), CAST(coalesce(sum(support_count), 0) AS BIGINT), "
        "channel FROM consultation_comment WHERE consultation_id = $1 AND issue_id IS NOT NULL "
        "AND state <> 'withdrawn' GROUP BY issue_id, strength, channel",
        take, id);
  read.each(
      "SELECT DISTINCT issue_id, said_by FROM consultation_comment WHERE consultation_id = $1 "
      "AND issue_id IS NOT NULL AND state <> 'withdrawn' AND channel = 'invited' "
      "ORDER BY issue_id, said_by",
      [&](const db::Row& row) { all[row.integer(0)].bodies.push_back(row.text(1)); }, id);
  return all;
}

void insert(db::Write& write, const Objection& o) {
  write.run(
      "INSERT INTO consultation_objection (comment_id, consultation_id, issue_id, body, sent_at) "
      "VALUES ($1, $2, $3, $4, $5)",
      o.comment, o.consultation, o.issue, o.body, o.sent_at);
}

void save_reply(db::Write& write, const Objection& o) {
  write.run(
      "UPDATE consultation_objection SET reply = $2, replied_by = $3, replied_at = $4 "
      "WHERE comment_id = $1",
      o.comment, o.reply, o.replied_by, o.replied_at);
}

std::optional<Objection> find_objection(db::Read& read, CommentId id) {
  return read.one("SELECT * FROM consultation_objection WHERE comment_id = $1", to_objection, id);
}

std::vector<Objection> objections_of(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT o.* FROM consultation_objection o JOIN consultation_comment c ON c.id = o.comment_id "
      "WHERE o.consultation_id = $1 AND c.state <> 'withdrawn' ORDER BY o.sent_at, o.comment_id",
      to_objection, id);
}

void insert(db::Write& write, const Decision& d) {
  write.run(
      "INSERT INTO consultation_decision (consultation_id, version, note, table_hash, decided_by, "
      "decided_at, line, table_line) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      d.consultation, d.version, d.note, db::Blob{as_bytes(d.table_hash)}, d.decided_by,
      d.decided_at, d.line, d.table_line);
}

void withdraw_objection(db::Write& write, CommentId id) {
  write.run("UPDATE consultation_objection SET body = '' WHERE comment_id = $1", id);
}

std::optional<Decision> find_decision(db::Read& read, ConsultationId id) {
  return read.one(
      "SELECT version, note, table_hash, decided_by, decided_at, line, table_line "
      "FROM consultation_decision WHERE consultation_id = $1",
      [&](const db::Row& row) {
        return Decision{.consultation = id,
                        .version = row.integer(0),
                        .note = row.text(1),
                        .table_hash = row.text(2),
                        .decided_by = row.integer(3),
                        .decided_at = row.instant(4),
                        .line = row.integer(5),
                        .table_line = row.integer(6)};
      },
      id);
}

}  // namespace ln::consultation
