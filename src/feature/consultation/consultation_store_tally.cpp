#include "feature/consultation/consultation_store_tally.h"

#include <array>
#include <map>
#include <utility>

#include "base/text.h"

namespace ln::consultation {
namespace {

// Strength, state and channel.
using Marks = std::array<std::string, 3>;

// One comment more (1) or less (-1). Of a draft whose comments were not counted yet a sum may be
// less than nothing for a while; nobody reads it before it is counted anew.
void add_to_clause(db::Write& write, const Tallied& c, std::int64_t sign) {
  write.run(
      "INSERT INTO consultation_tally (consultation_id, clause, strength, state, channel, "
      "comments, with_wording) VALUES ($1, $2, $3, $4, $5, $6, $7) "
      "ON CONFLICT (consultation_id, clause, strength, state, channel) DO UPDATE SET "
      "comments = consultation_tally.comments + excluded.comments, "
      "with_wording = consultation_tally.with_wording + excluded.with_wording",
      c.consultation, c.clause, c.strength, c.state, c.channel, sign, c.has_wording ? sign : 0);
}

void add_to_issue(db::Write& write,
                  const Tallied& c,
                  std::int64_t comments,
                  std::int64_t supports) {
  write.run(
      "INSERT INTO consultation_issue_tally (consultation_id, issue_id, strength, state, channel, "
      "comments, supports) VALUES ($1, $2, $3, $4, $5, $6, $7) "
      "ON CONFLICT (consultation_id, issue_id, strength, state, channel) DO UPDATE SET "
      "comments = consultation_issue_tally.comments + excluded.comments, "
      "supports = consultation_issue_tally.supports + excluded.supports",
      c.consultation, c.issue, c.strength, c.state, c.channel, comments, supports);
}

using ByPlace = std::map<std::pair<std::string, Marks>, std::pair<std::int64_t, std::int64_t>>;

Marks marks_in(const db::Row& row) { return {row.text(1), row.text(2), row.text(3)}; }

// What is there of none is no difference.
void take_in(ByPlace& sums, const db::Row& row) {
  if (row.integer(4) != 0 || row.integer(5) != 0)
    sums[{row.text(0), marks_in(row)}] = {row.integer(4), row.integer(5)};
}

ByPlace kept_by_clause(db::Read& read, ConsultationId id) {
  ByPlace sums;
  read.each(
      "SELECT clause, strength, state, channel, comments, with_wording FROM consultation_tally "
      "WHERE consultation_id = $1",
      [&](const db::Row& row) { take_in(sums, row); }, id);
  return sums;
}

ByPlace kept_by_issue(db::Read& read, ConsultationId id) {
  ByPlace sums;
  read.each(
      "SELECT CAST(issue_id AS TEXT), strength, state, channel, comments, supports "
      "FROM consultation_issue_tally WHERE consultation_id = $1",
      [&](const db::Row& row) { take_in(sums, row); }, id);
  return sums;
}

ByPlace counted_by_clause(db::Read& read, ConsultationId id) {
  ByPlace sums;
  read.each(
      "SELECT clause_now, CASE WHEN strength = 'verified' THEN 'anonymous' ELSE strength END AS "
      "told, state, channel, count(*), count(*) FILTER (WHERE wording <> '') "
      "FROM consultation_comment WHERE consultation_id = $1 "
      "GROUP BY clause_now, told, state, channel",
      [&](const db::Row& row) { take_in(sums, row); }, id);
  return sums;
}

ByPlace counted_by_issue(db::Read& read, ConsultationId id) {
  ByPlace sums;
  read.each(
      "SELECT CAST(coalesce(issue_id, 0) AS TEXT) AS point_id, "
      "CASE WHEN strength = 'verified' THEN 'anonymous' ELSE strength END AS told, "
      "state, channel, count(*), CAST(coalesce(sum(support_count), 0) AS BIGINT) "
      "FROM consultation_comment WHERE consultation_id = $1 "
      "GROUP BY point_id, told, state, channel",
      [&](const db::Row& row) { take_in(sums, row); }, id);
  return sums;
}

}  // namespace

bool is_tallied(db::Read& read, ConsultationId id) {
  return read
      .one(
          "SELECT is_tallied FROM consultation WHERE id = $1",
          [](const db::Row& row) { return row.flag(0); }, id)
      .value_or(false);
}

std::optional<Tallied> tallied(db::Read& read, CommentId id) {
  return read.one(
      "SELECT consultation_id, clause_now, CASE WHEN strength = 'verified' THEN 'anonymous' "
      "ELSE strength END, state, channel, coalesce(issue_id, 0), support_count, "
      "CASE WHEN wording <> '' THEN 1 ELSE 0 END FROM consultation_comment WHERE id = $1",
      [](const db::Row& row) {
        return Tallied{.consultation = row.id<ConsultationId>(0),
                       .clause = row.text(1),
                       .strength = row.text(2),
                       .state = row.text(3),
                       .channel = row.text(4),
                       .issue = row.integer(5),
                       .supports = row.integer(6),
                       .has_wording = row.flag(7)};
      },
      id);
}

void tally(db::Write& write, const Tallied& comment) {
  add_to_clause(write, comment, 1);
  add_to_issue(write, comment, 1, comment.supports);
}

void tally_again(db::Write& write, CommentId id, const Tallied& before) {
  const auto now = tallied(write, id);
  if (!now || *now == before) return;
  add_to_clause(write, before, -1);
  add_to_clause(write, *now, 1);
  add_to_issue(write, before, -1, -before.supports);
  add_to_issue(write, *now, 1, now->supports);
}

void tally_moved(db::Write& write, const Tallied& all, std::int64_t comments, std::int64_t to) {
  add_to_issue(write, all, -comments, -all.supports);
  Tallied there = all;
  there.issue = to;
  add_to_issue(write, there, comments, all.supports);
}

void move_tally(db::Write& write, ConsultationId id, const std::vector<draft::Match>& matches) {
  const ByPlace before = kept_by_clause(write, id);
  std::map<std::string, std::string> goes_to;
  for (const draft::Match& match : matches)
    if (!match.before.empty()) goes_to[match.before] = match.after;
  ByPlace after;
  for (const auto& [place, sums] : before) {
    const auto to = goes_to.find(place.first);
    auto& at = after[{to == goes_to.end() ? place.first : to->second, place.second}];
    at.first += sums.first;
    at.second += sums.second;
  }
  write.run("DELETE FROM consultation_tally WHERE consultation_id = $1", id);
  for (const auto& [place, sums] : after)
    write.run(
        "INSERT INTO consultation_tally (consultation_id, clause, strength, state, channel, "
        "comments, with_wording) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id, place.first, place.second[0], place.second[1], place.second[2], sums.first,
        sums.second);
}

void tally_anew(db::Write& write, ConsultationId id) {
  write.run("DELETE FROM consultation_tally WHERE consultation_id = $1", id);
  write.run("DELETE FROM consultation_issue_tally WHERE consultation_id = $1", id);
  for (const auto& [place, sums] : counted_by_clause(write, id))
    write.run(
        "INSERT INTO consultation_tally (consultation_id, clause, strength, state, channel, "
        "comments, with_wording) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id, place.first, place.second[0], place.second[1], place.second[2], sums.first,
        sums.second);
  for (const auto& [place, sums] : counted_by_issue(write, id))
    write.run(
        "INSERT INTO consultation_issue_tally (consultation_id, issue_id, strength, state, "
        "channel, comments, supports) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id, parse_number(place.first).value_or(0), place.second[0], place.second[1],
        place.second[2], sums.first, sums.second);
  write.run("UPDATE consultation SET is_tallied = 1 WHERE id = $1", id);
}

std::optional<ConsultationId> next_untallied(db::Read& read) {
  return read.one("SELECT id FROM consultation WHERE is_tallied = 0 ORDER BY id LIMIT 1",
                  [](const db::Row& row) { return row.id<ConsultationId>(0); });
}

bool is_well_tallied(db::Read& read, ConsultationId id) {
  return !is_tallied(read, id) || (kept_by_clause(read, id) == counted_by_clause(read, id) &&
                                   kept_by_issue(read, id) == counted_by_issue(read, id));
}

std::vector<ConsultationId> mistallied(db::Read& read) {
  std::vector<ConsultationId> wrong;
  for (const ConsultationId id :
       read.all("SELECT id FROM consultation WHERE is_tallied = 1 ORDER BY id",
                [](const db::Row& row) { return row.id<ConsultationId>(0); }))
    if (!is_well_tallied(read, id)) wrong.push_back(id);
  return wrong;
}

std::vector<std::string> clauses_spoken_of(db::Read& read,
                                           ConsultationId id,
                                           const std::string& clause) {
  if (clause.empty()) return {clause};
  if (!is_tallied(read, id))
    return read.all(
        "SELECT DISTINCT clause_now FROM consultation_comment WHERE consultation_id = $1 "
        "AND (clause_now = $2 OR clause_now LIKE $3)",
        [](const db::Row& row) { return row.text(0); }, id, clause, clause + ".%");
  // The sign after the dot ends what stands below; hyphens, which come before it, are left out.
  return read.all(
      "SELECT DISTINCT clause FROM consultation_tally WHERE consultation_id = $1 "
      "AND clause >= $2 AND clause < $3 AND (clause = $2 OR clause LIKE $4) AND comments > 0",
      [](const db::Row& row) { return row.text(0); }, id, clause, clause + "/", clause + ".%");
}

}  // namespace ln::consultation
