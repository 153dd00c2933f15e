#include "feature/consultation/consultation_store_letter.h"

#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

Grouping to_grouping(const db::Row& row) {
  const auto step = from_word(all_grouping_steps, row.view(3));
  if (!step) throw db::Failure("unknown step of a grouping");
  return {.consultation = row.id<ConsultationId>(0),
          .asked_by = row.integer(1),
          .asked_at = row.instant(2),
          .step = *step,
          .percent = row.integer(4),
          .seen_at = row.maybe_instant(5),
          .comments = row.integer(6),
          .placed = row.integer(7),
          .ended_at = row.maybe_instant(8),
          .is_failed = row.flag(9)};
}

std::optional<campaigns::Kind> kind_in(std::string_view word) {
  for (const campaigns::Kind each : all_letter_kinds)
    if (word_of(each) == word) return each;
  if (!word.empty()) throw db::Failure("unknown kind of a letter");
  return std::nullopt;
}

Letter to_letter(const db::Row& row) {
  return {.issue = row.id<IssueId>(0),
          .consultation = row.id<ConsultationId>(1),
          .kind = kind_in(row.view(2)),
          .parts = parts_in(row.view(3)),
          .members = row.integer(4),
          .fitting = row.integer(5),
          .title = row.text(6),
          .is_stale = row.integer(7) != 0,
          .read_at = row.maybe_instant(8),
          .not_before = row.maybe_instant(9),
          .others = row.integer(10)};
}

Loose to_loose(const db::Row& row) {
  return {.id = row.id<CommentId>(0), .clause = row.text(1), .body = row.text(2)};
}

}  // namespace

std::string_view to_text(GroupingStep step) {
  constexpr std::string_view words[] = {"waiting",  "reading", "letters", "templates",
                                        "own_text", "placing", "done"};
  return words[static_cast<std::size_t>(step)];
}

TextKey key_of(GroupingStep step) {
  switch (step) {
    case GroupingStep::waiting: return "consultation.grouping.waiting"_t;
    case GroupingStep::reading: return "consultation.grouping.reading"_t;
    case GroupingStep::letters: return "consultation.grouping.letters"_t;
    case GroupingStep::templates: return "consultation.grouping.templates"_t;
    case GroupingStep::own_text: return "consultation.grouping.own_text"_t;
    case GroupingStep::placing: return "consultation.grouping.placing"_t;
    case GroupingStep::done: return "consultation.grouping.done"_t;
  }
  return {};
}

void put(db::Write& write, const Grouping& g) {
  write.run(
      "INSERT INTO consultation_grouping (consultation_id, asked_by, asked_at, step, percent, "
      "seen_at, comments, placed, ended_at, is_failed) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
      "ON CONFLICT (consultation_id) DO UPDATE SET asked_by = excluded.asked_by, "
      "asked_at = excluded.asked_at, step = excluded.step, percent = excluded.percent, "
      "seen_at = excluded.seen_at, comments = excluded.comments, placed = excluded.placed, "
      "ended_at = excluded.ended_at, is_failed = excluded.is_failed",
      g.consultation, g.asked_by, g.asked_at, to_text(g.step), g.percent, g.seen_at, g.comments,
      g.placed, g.ended_at, g.is_failed ? 1 : 0);
}

std::optional<Grouping> find_grouping(db::Read& read, ConsultationId id) {
  return read.one(
      "SELECT consultation_id, asked_by, asked_at, step, percent, seen_at, comments, placed, "
      "ended_at, is_failed FROM consultation_grouping WHERE consultation_id = $1",
      to_grouping, id);
}

bool has_grouping(db::Read& read, Instant silent_since) {
  return read
      .one(
          "SELECT 1 FROM consultation_grouping WHERE step <> 'done' "
          "AND (seen_at IS NULL OR seen_at < $1) LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, silent_since)
      .has_value();
}

std::optional<Grouping> claim_grouping(db::Write& write, Instant silent_since, Instant now) {
  auto grouping = write.one(
      "SELECT consultation_id, asked_by, asked_at, step, percent, seen_at, comments, placed, "
      "ended_at, is_failed FROM consultation_grouping WHERE step <> 'done' "
      "AND (seen_at IS NULL OR seen_at < $1) ORDER BY asked_at, consultation_id LIMIT 1",
      to_grouping, silent_since);
  if (!grouping) return std::nullopt;
  grouping->step = GroupingStep::reading;
  grouping->percent = grouping->comments = grouping->placed = 0;
  grouping->seen_at = now;
  put(write, *grouping);
  return grouping;
}

void put(db::Write& write, const Letter& letter) {
  write.run(
      "INSERT INTO consultation_letter (issue_id, consultation_id, kind, parts, members, fitting, "
      "title, is_stale, read_at, not_before, others) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
      "ON CONFLICT (issue_id) DO UPDATE SET kind = excluded.kind, parts = excluded.parts, "
      "members = excluded.members, fitting = excluded.fitting, title = excluded.title, "
      "is_stale = excluded.is_stale, read_at = excluded.read_at, "
      "not_before = excluded.not_before, others = excluded.others",
      letter.issue, letter.consultation, letter.kind ? word_of(*letter.kind) : std::string_view(),
      parts_text(letter.parts), letter.members, letter.fitting, letter.title,
      letter.is_stale ? 1 : 0, letter.read_at, letter.not_before, letter.others);
}

std::optional<Letter> find_letter(db::Read& read, IssueId id) {
  return read.one(
      "SELECT issue_id, consultation_id, kind, parts, members, fitting, title, is_stale, read_at, "
      "not_before, others FROM consultation_letter WHERE issue_id = $1",
      to_letter, id);
}

std::vector<Letter> letters_of(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT issue_id, consultation_id, kind, parts, members, fitting, title, is_stale, read_at, "
      "not_before, others FROM consultation_letter WHERE consultation_id = $1 ORDER BY issue_id",
      to_letter, id);
}

std::vector<IssueId> stale_letters(db::Read& read, Instant now, std::int64_t limit) {
  return read.all(
      "SELECT issue_id FROM consultation_letter WHERE is_stale <> 0 "
      "AND (not_before IS NULL OR not_before <= $1) ORDER BY issue_id LIMIT $2",
      [](const db::Row& row) { return row.id<IssueId>(0); }, now, limit);
}

void mark_stale(db::Write& write, IssueId id) {
  write.run("UPDATE consultation_letter SET is_stale = 1 WHERE issue_id = $1", id);
}

void begin_reading(db::Write& write, IssueId id, std::int64_t number) {
  write.run("UPDATE consultation_letter SET is_stale = $2 WHERE issue_id = $1", id, number);
}

bool is_as_read(db::Read& read, IssueId id, std::int64_t number) {
  return read.one(
             "SELECT is_stale FROM consultation_letter WHERE issue_id = $1",
             [](const db::Row& row) { return row.integer(0); }, id) == number;
}

void put_off_reading(db::Write& write, IssueId id, Instant not_before) {
  write.run("UPDATE consultation_letter SET not_before = $2 WHERE issue_id = $1", id, not_before);
}

void forget_own_words(db::Write& write, CommentId id) {
  write.run(
      "UPDATE consultation_letter SET is_stale = 1 WHERE issue_id = "
      "(SELECT issue_id FROM consultation_comment WHERE id = $1)",
      id);
  write.run("DELETE FROM consultation_letter_member WHERE comment_id = $1", id);
}

void drop_letter(db::Write& write, IssueId id) {
  write.run("DELETE FROM consultation_letter_member WHERE issue_id = $1", id);
  write.run("DELETE FROM consultation_letter WHERE issue_id = $1", id);
}

void drop_members(db::Write& write, IssueId id) {
  write.run("DELETE FROM consultation_letter_member WHERE issue_id = $1", id);
}

void put_members(db::Write& write, IssueId id, std::span<const OwnWords> own) {
  for (const auto& [comment, spans] : own)
    write.run(
        "INSERT INTO consultation_letter_member (comment_id, issue_id, own) VALUES ($1, $2, $3) "
        "ON CONFLICT (comment_id) DO UPDATE SET issue_id = excluded.issue_id, own = excluded.own",
        comment, id, spans);
}

std::vector<Comment> comments_beside_letter(db::Read& read,
                                            const Issue& issue,
                                            bool with_own_words,
                                            std::int64_t after,
                                            std::int64_t limit) {
  const auto to_id = [](const db::Row& row) { return row.id<CommentId>(0); };
  const std::vector<CommentId> ids =
      with_own_words
          ? read.all(
                "SELECT c.id FROM consultation_letter_member m "
                "JOIN consultation_comment c ON c.id = m.comment_id WHERE m.issue_id = $1 "
                "AND c.issue_id = m.issue_id AND c.state = 'shown' "
                "AND m.comment_id > $2 ORDER BY m.comment_id LIMIT $3",
                to_id, issue.id, after, limit)
          : read.all(
                "SELECT c.id FROM consultation_comment c WHERE c.consultation_id = $1 "
                "AND c.issue_id = $2 AND c.id > $3 AND c.state <> 'withdrawn' AND NOT (c.state = "
                "'shown' AND EXISTS "
                "(SELECT 1 FROM consultation_letter_member m WHERE m.comment_id = c.id "
                "AND m.issue_id = c.issue_id)) ORDER BY c.id LIMIT $4",
                to_id, issue.consultation, issue.id, after, limit);
  std::vector<Comment> all;
  for (const CommentId id : ids)
    if (auto found = find_comment(read, id)) all.push_back(*std::move(found));
  return all;
}

std::string own_words_in(db::Read& read, CommentId id) {
  return read
      .one(
          "SELECT own FROM consultation_letter_member WHERE comment_id = $1",
          [](const db::Row& row) { return row.text(0); }, id)
      .value_or("");
}

void each_never_placed(db::Read& read,
                       ConsultationId id,
                       const std::function<void(const Loose&, bool is_shown)>& body) {
  read.each(
      "SELECT c.id, c.clause_now, c.body, CASE WHEN c.state = 'shown' THEN 1 ELSE 0 END "
      "FROM consultation_comment c WHERE c.consultation_id = $1 AND c.issue_id IS NULL AND c.state "
      "<> 'withdrawn' "
      "AND NOT EXISTS (SELECT 1 FROM consultation_placement p WHERE p.comment_id = c.id) "
      "ORDER BY c.id",
      [&](const db::Row& row) { body(to_loose(row), row.flag(3)); }, id);
}

std::string body_of(db::Read& read, CommentId id) {
  return read
      .one(
          "SELECT body FROM consultation_comment WHERE id = $1",
          [](const db::Row& row) { return row.text(0); }, id)
      .value_or("");
}

bool may_be_placed(db::Read& read, CommentId id, Instant since) {
  return read
      .one(
          "SELECT 1 FROM consultation_comment WHERE id = $1 AND issue_id IS NULL "
          "AND state <> 'withdrawn' AND changed_at <= $2",
          [](const db::Row& row) { return row.integer(0); }, id, since)
      .has_value();
}

void each_shown_under(db::Read& read,
                      IssueId id,
                      std::int64_t limit,
                      const std::function<void(const Loose&)>& body) {
  read.each(
      "SELECT c.id, c.clause_now, c.body FROM consultation_issue i "
      "JOIN consultation_comment c ON c.consultation_id = i.consultation_id "
      "AND c.issue_id = i.id "
      "LEFT JOIN consultation_letter_member m ON m.comment_id = c.id "
      "WHERE i.id = $1 AND c.state = 'shown' "
      "ORDER BY CASE WHEN m.comment_id IS NULL THEN 0 ELSE 1 END, c.id LIMIT $2",
      [&](const db::Row& row) { body(to_loose(row)); }, id, limit);
}

std::int64_t placed_by_machine(db::Read& read, IssueId id) {
  return *read.one(
      "SELECT count(*) FROM consultation_issue i JOIN consultation_comment c "
      "ON c.consultation_id = i.consultation_id AND c.issue_id = i.id "
      "WHERE i.id = $1 AND c.state <> 'withdrawn' AND (SELECT p.is_suggested "
      "FROM consultation_placement p WHERE p.comment_id = c.id ORDER BY p.id DESC LIMIT 1) = 1",
      [](const db::Row& row) { return row.integer(0); }, id);
}

std::int64_t unplace_by_machine(db::Write& write, IssueId id) {
  // What is counted of them goes along: from the point to those under none.
  struct Going {
    Tallied all{};
    std::int64_t comments = 0;
  };
  const auto going = write.all(
      "SELECT c.consultation_id, CASE WHEN c.strength = 'verified' THEN 'anonymous' "
      "ELSE c.strength END AS told, c.state, c.channel, count(*), "
      "CAST(coalesce(sum(c.support_count), 0) AS BIGINT) "
      "FROM consultation_issue i JOIN consultation_comment c "
      "ON c.consultation_id = i.consultation_id AND c.issue_id = i.id "
      "WHERE i.id = $1 AND c.state <> 'withdrawn' AND (SELECT p.is_suggested "
      "FROM consultation_placement p WHERE p.comment_id = c.id ORDER BY p.id DESC LIMIT 1) = 1 "
      "GROUP BY c.consultation_id, told, c.state, c.channel",
      [&](const db::Row& row) {
        return Going{{.consultation = row.id<ConsultationId>(0),
                      .strength = row.text(1),
                      .state = row.text(2),
                      .channel = row.text(3),
                      .issue = id.value,
                      .supports = row.integer(5)},
                     row.integer(4)};
      },
      id);
  for (const Going& each : going) tally_moved(write, each.all, each.comments, 0);
  return write.run(
      "UPDATE consultation_comment SET issue_id = NULL WHERE consultation_id = "
      "(SELECT consultation_id FROM consultation_issue WHERE id = $1) AND issue_id = $1 "
      "AND state <> 'withdrawn' AND (SELECT p.is_suggested FROM consultation_placement p "
      "WHERE p.comment_id = consultation_comment.id ORDER BY p.id DESC LIMIT 1) = 1",
      id);
}

void insert(db::Write& write, const Undone& undone) {
  write.run(
      "INSERT INTO consultation_undone (consultation_id, issue_id, comments, undone_by, undone_at) "
      "VALUES ($1, $2, $3, $4, $5)",
      undone.consultation, undone.issue, undone.comments, undone.undone_by, undone.undone_at);
}

std::vector<Undone> undone_of(db::Read& read, ConsultationId id, std::int64_t limit) {
  return read.all(
      "SELECT issue_id, comments, undone_by, undone_at FROM consultation_undone "
      "WHERE consultation_id = $1 ORDER BY id DESC LIMIT $2",
      [&](const db::Row& row) {
        return Undone{.consultation = id,
                      .issue = row.id<IssueId>(0),
                      .comments = row.integer(1),
                      .undone_by = row.integer(2),
                      .undone_at = row.instant(3)};
      },
      id, limit);
}

}  // namespace ln::consultation
