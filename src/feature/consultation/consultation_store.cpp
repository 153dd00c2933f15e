#include "feature/consultation/consultation_store.h"

#include "base/text.h"
#include "feature/consultation/consultation_store_search.h"
#include "feature/consultation/consultation_store_tally.h"

namespace ln::consultation {
namespace {

template <class T>
T known(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a consultation");
  return *value;
}

std::optional<Day> maybe_day(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.day(column));
}

Consultation to_consultation(const db::Row& row) {
  return {.id = row.id<ConsultationId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .kind = row.text(3),
          .title_vi = row.text(4),
          .title_en = row.text(5),
          .summary_vi = row.text(6),
          .summary_en = row.text(7),
          .stage = known(from_word(all_stages, row.view(8))),
          .version = row.integer(9),
          .opened_at = row.maybe_instant(10),
          .closes_on = maybe_day(row, 11),
          .closed_at = row.maybe_instant(12),
          .created_by = row.integer(13),
          .created_at = row.instant(14),
          .revision = row.integer(15)};
}

Comment to_comment(const db::Row& row) {
  return {.id = row.id<CommentId>(0),
          .consultation = row.id<ConsultationId>(1),
          .code = known(std::optional(Code::parse(row.view(2)))),
          .citizen_key = row.text(3),
          .version = row.integer(4),
          .clause = row.text(5),
          .clause_now = row.text(6),
          .body = row.text(7),
          .wording = row.text(8),
          .strength = known(from_word(all_strengths, row.view(9))),
          .in_english = row.view(10) == "en",
          .state = known(from_word(all_sights, row.view(11))),
          .reason = from_word(all_hide_reasons, row.view(12)),
          .support_count = row.integer(13),
          .sent_at = row.instant(14),
          .changed_at = row.instant(15),
          .revision = row.integer(16),
          .channel = known(from_word(all_channels, row.view(18))),
          .source = row.maybe_integer(19).value_or(0),
          .said_by = row.text(20)};
}

// Everything below a clause: keys hold small letters, digits, dots and hyphens only.
std::string below(std::string_view clause) { return std::string(clause) + ".%"; }

}  // namespace

ConsultationId insert(db::Write& write, const Consultation& c) {
  return *write.returning(
      "INSERT INTO consultation (unit_id, unit_path, kind, title_vi, title_en, summary_vi, "
      "summary_en, stage, version, created_by, created_at, is_tallied) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) RETURNING id",
      [](const db::Row& row) { return row.id<ConsultationId>(0); }, c.unit, c.unit_path, c.kind,
      c.title_vi, c.title_en, c.summary_vi, c.summary_en, to_text(c.stage), c.version, c.created_by,
      c.created_at);
}

bool save(db::Write& write, const Consultation& c) {
  return write.run(
             "UPDATE consultation SET kind = $3, title_vi = $4, title_en = $5, summary_vi = $6, "
             "summary_en = $7, stage = $8, version = $9, opened_at = $10, closes_on = $11, "
             "closed_at = $12, revision = revision + 1 WHERE id = $1 AND revision = $2",
             c.id, c.revision, c.kind, c.title_vi, c.title_en, c.summary_vi, c.summary_en,
             to_text(c.stage), c.version, c.opened_at, c.closes_on, c.closed_at) == 1;
}

std::optional<Consultation> find(db::Read& read, ConsultationId id) {
  return read.one("SELECT * FROM consultation WHERE id = $1", to_consultation, id);
}

std::vector<Consultation> in_stage(db::Read& read, Stage stage, std::int64_t limit) {
  if (stage == Stage::open)
    return read.all(
        "SELECT * FROM consultation WHERE stage = 'open' ORDER BY closes_on, id LIMIT $1",
        to_consultation, limit);
  return read.all("SELECT * FROM consultation WHERE stage = $1 ORDER BY id DESC LIMIT $2",
                  to_consultation, to_text(stage), limit);
}

std::vector<Consultation> due_to_close(db::Read& read, Day today, std::int64_t limit) {
  return read.all(
      "SELECT * FROM consultation WHERE stage = 'open' AND closes_on < $1 "
      "ORDER BY closes_on, id LIMIT $2",
      to_consultation, today, limit);
}

void put_version(db::Write& write, const Version& v) {
  write.run(
      "INSERT INTO consultation_version (consultation_id, number, text, hash, note, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (consultation_id, number) DO UPDATE SET "
      "text = excluded.text, hash = excluded.hash, note = excluded.note, "
      "created_at = excluded.created_at WHERE consultation_version.published_at IS NULL",
      v.consultation, v.number, v.text, db::Blob{as_bytes(v.hash)}, v.note, v.created_at);
}

void note_published(db::Write& write, const Version& v) {
  write.run(
      "UPDATE consultation_version SET published_at = $3, line = $4 "
      "WHERE consultation_id = $1 AND number = $2",
      v.consultation, v.number, v.published_at, v.line);
}

std::optional<Version> find_version(db::Read& read, ConsultationId id, std::int64_t number) {
  return read.one(
      "SELECT text, hash, note, created_at, published_at, line FROM consultation_version "
      "WHERE consultation_id = $1 AND number = $2",
      [&](const db::Row& row) {
        return Version{.consultation = id,
                       .number = number,
                       .text = row.text(0),
                       .hash = row.text(1),
                       .note = row.text(2),
                       .created_at = row.instant(3),
                       .published_at = row.maybe_instant(4),
                       .line = row.maybe_integer(5)};
      },
      id, number);
}

std::vector<Version> versions_of(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT number, hash, note, created_at, published_at, line FROM consultation_version "
      "WHERE consultation_id = $1 ORDER BY number",
      [&](const db::Row& row) {
        return Version{.consultation = id,
                       .number = row.integer(0),
                       .hash = row.text(1),
                       .note = row.text(2),
                       .created_at = row.instant(3),
                       .published_at = row.maybe_instant(4),
                       .line = row.maybe_integer(5)};
      },
      id);
}

CommentId insert(db::Write& write, const Comment& c) {
  const CommentId id = *write.returning(
      "INSERT INTO consultation_comment (consultation_id, code, citizen_key, version, clause, "
      "clause_now, body, wording, strength, language, state, sent_at, changed_at, channel, "
      "source_id, said_by) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'shown', $11, $12, $13, $14, $15) "
      "RETURNING id",
      [](const db::Row& row) { return row.id<CommentId>(0); }, c.consultation, c.code->text(),
      db::Blob{as_bytes(c.citizen_key)}, c.version, c.clause, c.clause_now, c.body, c.wording,
      to_text(c.strength), c.in_english ? "en" : "vi", c.sent_at, c.changed_at, to_text(c.channel),
      c.source == 0 ? std::nullopt : std::optional(c.source), c.said_by);
  // By token counts as without a name (consultation_token.h).
  const Strength strength = c.strength == Strength::verified ? Strength::anonymous : c.strength;
  tally(write, {.consultation = c.consultation,
                .clause = c.clause_now,
                .strength = std::string(to_text(strength)),
                .state = std::string(to_text(Sight::shown)),
                .channel = std::string(to_text(c.channel)),
                .has_wording = !c.wording.empty()});
  return id;
}

bool save(db::Write& write, const Comment& c) {
  const auto before = tallied(write, c.id);
  if (write.run("UPDATE consultation_comment SET body = $3, wording = $4, state = $5, reason = $6, "
                "changed_at = $7, revision = revision + 1 WHERE id = $1 AND revision = $2",
                c.id, c.revision, c.body, c.wording, to_text(c.state),
                c.reason ? to_text(*c.reason) : std::string_view(), c.changed_at) != 1)
    return false;
  if (before) tally_again(write, c.id, *before);
  index_again(write, c);
  return true;
}

std::optional<Comment> find_comment(db::Read& read, const Code& code) {
  return read.one("SELECT * FROM consultation_comment WHERE code = $1", to_comment, code.text());
}

std::optional<Comment> find_comment(db::Read& read, CommentId id) {
  return read.one("SELECT * FROM consultation_comment WHERE id = $1", to_comment, id);
}

std::vector<Comment> newest_comments(db::Read& read,
                                     ConsultationId id,
                                     std::int64_t before,
                                     std::int64_t limit) {
  constexpr std::int64_t newest = 9'000'000'000'000'000;
  return read.all(
      "SELECT * FROM consultation_comment WHERE consultation_id = $1 AND id < $2 "
      "ORDER BY id DESC LIMIT $3",
      to_comment, id, before == 0 ? newest : before, limit);
}

std::vector<Comment> shown_among(db::Read& read,
                                 ConsultationId id,
                                 const std::string& clause,
                                 std::span<const std::int64_t> ids) {
  std::array<std::int64_t, comments_at_once> at{};  // No comment has the number 0.
  std::copy_n(ids.begin(), std::min(ids.size(), at.size()), at.begin());
  return read.all(
      "SELECT * FROM consultation_comment WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
      "$11, $12, $13, $14, $15, $16, $17, $18, $19, $20) AND consultation_id = $21 "
      "AND state = 'shown' AND ($22 = '' OR clause_now = $22 OR clause_now LIKE $23) "
      "ORDER BY id DESC",
      to_comment, at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10],
      at[11], at[12], at[13], at[14], at[15], at[16], at[17], at[18], at[19], id, clause,
      below(clause));
}

Counts& Counts::operator+=(const Counts& more) {
  all += more.all;
  hidden += more.hidden;
  withdrawn += more.withdrawn;
  with_wording += more.with_wording;
  imported += more.imported;
  invited += more.invited;
  for (std::size_t i = 0; i < by_strength.size(); ++i) by_strength[i] += more.by_strength[i];
  return *this;
}

std::map<std::string, Counts> counts_by_clause(db::Read& read, ConsultationId id) {
  std::map<std::string, Counts> counts;
  const auto take = [&](const db::Row& row) {
    Counts& at = counts[row.text(0)];
    auto strength = known(from_word(all_strengths, row.view(1)));
    // Told of a whole draft alone, and from a number on (consultation_token.h).
    if (strength == Strength::verified) strength = Strength::anonymous;
    const auto state = known(from_word(all_sights, row.view(2)));
    const std::int64_t count = row.integer(3);
    at.all += count;
    const auto channel = known(from_word(all_channels, row.view(5)));
    if (channel == Channel::site) at.by_strength[static_cast<std::size_t>(strength)] += count;
    if (channel == Channel::imported) at.imported += count;
    if (channel == Channel::invited) at.invited += count;
    if (state == Sight::hidden) at.hidden += count;
    if (state == Sight::withdrawn) at.withdrawn += count;
    at.with_wording += row.integer(4);
  };
  if (is_tallied(read, id))
    read.each(
        "SELECT clause, strength, state, comments, with_wording, channel FROM consultation_tally "
        "WHERE consultation_id = $1 AND comments <> 0",
        take, id);
  else
    read.each(
        "SELECT clause_now, strength, state, count(*), count(*) FILTER (WHERE wording <> ''), "
        "channel FROM consultation_comment WHERE consultation_id = $1 "
        "GROUP BY clause_now, strength, state, channel",
        take, id);
  return counts;
}

std::int64_t comment_count(db::Read& read, ConsultationId id) {
  if (!is_tallied(read, id)) return total_of(counts_by_clause(read, id)).all;
  return *read.one(
      "SELECT CAST(coalesce(sum(comments), 0) AS BIGINT) FROM consultation_tally "
      "WHERE consultation_id = $1",
      [](const db::Row& row) { return row.integer(0); }, id);
}

Counts counts_at(const std::map<std::string, Counts>& all, std::string_view key) {
  Counts sum;
  const std::string start(key);
  for (auto at = all.lower_bound(start); at != all.end() && at->first.starts_with(start); ++at)
    if (at->first.size() == start.size() || at->first[start.size()] == '.') sum += at->second;
  return sum;
}

Counts total_of(const std::map<std::string, Counts>& all) {
  Counts sum;
  for (const auto& [key, counts] : all) sum += counts;
  return sum;
}

// In two steps, because two clauses may change places.
void move_comments(db::Write& write, ConsultationId id, const std::vector<draft::Match>& matches) {
  for (const draft::Match& match : matches)
    if (!match.before.empty() && match.before != match.after) {
      write.run(
          "UPDATE consultation_comment SET clause_now = $3 "
          "WHERE consultation_id = $1 AND clause_now = $2",
          id, match.before, ">" + match.after);
      write.run(
          "UPDATE consultation_statement SET clause = $3 "
          "WHERE consultation_id = $1 AND clause = $2",
          id, match.before, ">" + match.after);
    }
  write.run(
      "UPDATE consultation_comment SET clause_now = substr(clause_now, 2) "
      "WHERE consultation_id = $1 AND clause_now LIKE '>%'",
      id);
  write.run(
      "UPDATE consultation_statement SET clause = substr(clause, 2) "
      "WHERE consultation_id = $1 AND clause LIKE '>%'",
      id);
  move_tally(write, id, matches);
}

std::optional<ParticipantId> find_participant(db::Read& read,
                                              ConsultationId id,
                                              std::string_view mark) {
  return read.one(
      "SELECT id FROM consultation_participant WHERE consultation_id = $1 AND mark = $2",
      [](const db::Row& row) { return row.id<ParticipantId>(0); }, id, db::Blob{as_bytes(mark)});
}

ParticipantId ensure_participant(db::Write& write, ConsultationId id, std::string_view mark) {
  if (const auto found = find_participant(write, id, mark)) return *found;
  return *write.returning(
      "INSERT INTO consultation_participant (consultation_id, mark) VALUES ($1, $2) RETURNING id",
      [](const db::Row& row) { return row.id<ParticipantId>(0); }, id, db::Blob{as_bytes(mark)});
}

bool add_support(db::Write& write, CommentId comment, ParticipantId participant) {
  if (write.run("INSERT INTO consultation_support (comment_id, participant_id) VALUES ($1, $2) "
                "ON CONFLICT (comment_id, participant_id) DO NOTHING",
                comment, participant) == 0)
    return false;
  const auto before = tallied(write, comment);
  write.run("UPDATE consultation_comment SET support_count = support_count + 1 WHERE id = $1",
            comment);
  if (before) tally_again(write, comment, *before);
  return true;
}

}  // namespace ln::consultation
