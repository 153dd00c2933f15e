#include "feature/commitment/commitment_store.h"

#include "base/text.h"

namespace ln::commitment {
namespace {

template <class T>
T must_be_known(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in a commitment");
  return *value;
}

std::optional<Day> day_or_none(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.day(column));
}

bool is_elsewhere(Source source) {
  return source == Source::feedback || source == Source::consultation;
}

// Where it was made stands in columns of its own for what a dialogue does not know.
Commitment to_commitment(const db::Row& row) {
  const bool is_elsewhere = !row.view(24).empty();
  return {.id = row.id<CommitmentId>(0),
          .unit = row.id<units::UnitId>(1),
          .unit_path = row.text(2),
          .source = must_be_known(from_word(all_sources, row.view(is_elsewhere ? 24 : 3))),
          .source_id = row.integer(is_elsewhere ? 25 : 4),
          .question_id = row.integer(is_elsewhere ? 26 : 5),
          .text = row.text(6),
          .due_on = row.day(7),
          .wording = row.integer(8),
          .state = must_be_known(from_word(all_states, row.view(9))),
          .next_text = row.text(10),
          .next_due_on = day_or_none(row, 11),
          .next_reason = row.text(12),
          .changed_count = row.integer(13),
          .evidence = row.text(14),
          .evidence_link = row.text(15),
          .declared_at = row.maybe_instant(16),
          .is_by_silence = row.flag(17),
          .refused_count = row.integer(18),
          .broken_at = row.maybe_instant(19),
          .told_late_at = row.maybe_instant(20),
          .created_by = row.integer(21),
          .created_at = row.instant(22),
          .revision = row.integer(23)};
}

}  // namespace

Asker to_asker(const db::Row& row) {
  return {.id = row.id<AskerId>(0),
          .commitment = row.id<CommitmentId>(1),
          .code = row.text(2),
          .citizen_key = row.text(3),
          .said_wording = row.integer(4),
          .has_confirmed = row.flag(5),
          .has_consented = row.flag(6),
          .has_chain = row.flag(7)};
}

CommitmentId insert(db::Write& write, const Commitment& c) {
  const bool elsewhere = is_elsewhere(c.source);
  const std::int64_t none = 0;
  return *write.returning(
      "INSERT INTO commitment (unit_id, unit_path, source, source_id, question_id, text, due_on, "
      "state, created_by, created_at, origin, origin_id, origin_part) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
      [](const db::Row& row) { return row.id<CommitmentId>(0); }, c.unit, c.unit_path,
      to_text(elsewhere ? Source::desk : c.source), elsewhere ? none : c.source_id,
      elsewhere ? none : c.question_id, c.text, c.due_on, to_text(c.state), c.created_by,
      c.created_at, elsewhere ? to_text(c.source) : std::string_view(),
      elsewhere ? c.source_id : none, elsewhere ? c.question_id : none);
}

bool save(db::Write& write, const Commitment& c) {
  return write.run(
             "UPDATE commitment SET text = $3, due_on = $4, wording = $5, state = $6, "
             "next_text = $7, next_due_on = $8, next_reason = $9, changed_count = $10, "
             "evidence = $11, evidence_link = $12, declared_at = $13, is_by_silence = $14, "
             "refused_count = $15, broken_at = $16, told_late_at = $17, revision = revision + 1 "
             "WHERE id = $1 AND revision = $2",
             c.id, c.revision, c.text, c.due_on, c.wording, to_text(c.state), c.next_text,
             c.next_due_on, c.next_reason, c.changed_count, c.evidence, c.evidence_link,
             c.declared_at, c.is_by_silence ? 1 : 0, c.refused_count, c.broken_at,
             c.told_late_at) == 1;
}

std::optional<Commitment> find(db::Read& read, CommitmentId id) {
  return read.one("SELECT * FROM commitment WHERE id = $1", to_commitment, id);
}

std::optional<Commitment> find_told(db::Read& read, CommitmentId id) {
  return read.one("SELECT * FROM commitment WHERE id = $1 AND is_gone = 0", to_commitment, id);
}

std::vector<Commitment> list(db::Read& read, const Filter& filter) {
  const auto [from, to] = units::subtree_range(filter.unit_path);
  if (filter.state == "overdue" && filter.is_by_id)
    return read.all(
        "SELECT * FROM commitment WHERE is_gone = 0 AND ($1 = '' OR (unit_path >= $2 AND unit_path "
        "< $3)) "
        "AND state IN ('proposed','open') AND due_on < $4 AND ($5 = 0 OR id < $5) "
        "ORDER BY id DESC LIMIT $6",
        to_commitment, filter.unit_path, from, to, filter.today, filter.before, filter.limit);
  if (filter.state == "overdue")
    return read.all(
        "SELECT * FROM commitment WHERE is_gone = 0 AND ($1 = '' OR (unit_path >= $2 AND unit_path "
        "< $3)) "
        "AND state IN ('proposed','open') AND due_on < $4 AND ($5 = 0 OR id < $5) "
        "ORDER BY due_on, id LIMIT $6",
        to_commitment, filter.unit_path, from, to, filter.today, filter.before, filter.limit);
  if (filter.state == "waiting")
    return read.all(
        "SELECT * FROM commitment WHERE is_gone = 0 AND ($1 = '' OR (unit_path >= $2 AND unit_path "
        "< $3)) "
        "AND state IN ('proposed','open') AND due_on >= $4 AND ($5 = 0 OR id < $5) "
        "ORDER BY id DESC LIMIT $6",
        to_commitment, filter.unit_path, from, to, filter.today, filter.before, filter.limit);
  return read.all(
      "SELECT * FROM commitment WHERE is_gone = 0 AND ($1 = '' OR (unit_path >= $2 AND unit_path < "
      "$3)) "
      "AND ($4 = '' OR state = $4 OR ($4 = 'changed' AND changed_count > 0)) "
      "AND ($5 = 0 OR id < $5) ORDER BY id DESC LIMIT $6",
      to_commitment, filter.unit_path, from, to, filter.state, filter.before, filter.limit);
}

std::vector<Commitment> of_source(db::Read& read, Source source, std::int64_t source_id) {
  if (is_elsewhere(source))
    return read.all(
        "SELECT * FROM commitment WHERE origin = $1 AND origin <> '' AND origin_id = $2 "
        "ORDER BY id",
        to_commitment, to_text(source), source_id);
  return read.all("SELECT * FROM commitment WHERE source = $1 AND source_id = $2 ORDER BY id",
                  to_commitment, to_text(source), source_id);
}

Tally standing_of(db::Read& read, const std::string& unit_path, Day today) {
  const auto [from, to] = units::subtree_range(unit_path);
  Tally tally;
  read.each(
      "SELECT state, CASE WHEN due_on < $4 THEN 1 ELSE 0 END, "
      "CASE WHEN broken_at IS NOT NULL OR declared_at >= (due_on + 1) * 86400000 - 25200000 "
      "  THEN 1 ELSE 0 END, sum(CASE WHEN changed_count > 0 THEN 1 ELSE 0 END), "
      "sum(is_by_silence), count(*) FROM commitment "
      "WHERE is_gone = 0 AND ($1 = '' OR (unit_path >= $2 AND unit_path < $3)) "
      "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
      [&](const db::Row& row) {
        const State state = must_be_known(from_word(all_states, row.view(0)));
        const std::int64_t count = row.integer(5);
        tally.all += count;
        tally.changed += row.integer(3);
        switch (state) {
          case State::proposed:
          case State::open: (row.flag(1) ? tally.overdue : tally.waiting) += count; break;
          case State::declared: tally.declared += count; break;
          case State::kept:
            (row.flag(2) ? tally.kept_late : tally.kept_on_time) += count;
            tally.by_silence += row.integer(4);
            break;
          case State::broken: tally.broken += count; break;
        }
      },
      unit_path, from, to, today);
  return tally;
}

std::map<std::int64_t, Tally> tallies(db::Read& read, const std::string& unit_path, Instant now) {
  const auto [from, to] = units::subtree_range(unit_path);
  std::map<std::int64_t, Tally> all;
  read.each(
      "SELECT * FROM commitment WHERE is_gone = 0 "
      "AND ($1 = '' OR (unit_path >= $2 AND unit_path < $3)) ORDER BY id",
      [&](const db::Row& row) {
        const Commitment c = to_commitment(row);
        count(all[c.unit.value], c, now);
      },
      unit_path, from, to);
  return all;
}

void each(db::Read& read,
          Instant made_before,
          const std::function<void(const Commitment& commitment)>& take) {
  read.each(
      "SELECT * FROM commitment WHERE is_gone = 0 AND created_at < $1 ORDER BY id",
      [&](const db::Row& row) { take(to_commitment(row)); }, made_before);
}

AskerId insert(db::Write& write, const Asker& asker) {
  return *write.returning(
      "INSERT INTO commitment_asker (commitment_id, code, citizen_key) VALUES ($1, $2, $3) "
      "RETURNING id",
      [](const db::Row& row) { return row.id<AskerId>(0); }, asker.commitment, asker.code,
      db::Blob{as_bytes(asker.citizen_key)});
}

void save(db::Write& write, const Asker& asker) {
  write.run(
      "UPDATE commitment_asker SET said_wording = $2, has_confirmed = $3, has_consented = $4, "
      "has_chain = $5 WHERE id = $1",
      asker.id, asker.said_wording, asker.has_confirmed ? 1 : 0, asker.has_consented ? 1 : 0,
      asker.has_chain ? 1 : 0);
}

std::optional<Asker> find_asker(db::Read& read, CommitmentId commitment, std::string_view code) {
  return read.one("SELECT * FROM commitment_asker WHERE commitment_id = $1 AND code = $2", to_asker,
                  commitment, code);
}

std::vector<Asker> askers_of(db::Read& read, CommitmentId commitment) {
  return read.all("SELECT * FROM commitment_asker WHERE commitment_id = $1 ORDER BY id", to_asker,
                  commitment);
}

void forget_consents(db::Write& write, CommitmentId commitment) {
  write.run("UPDATE commitment_asker SET has_consented = 0 WHERE commitment_id = $1", commitment);
}

void insert(db::Write& write, CommitmentId commitment, const Event& event) {
  write.run(
      "INSERT INTO commitment_event (commitment_id, at, what, party, words, due_on, line) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7)",
      commitment, event.at, to_text(event.what), to_text(event.party), event.words, event.due_on,
      event.line);
}

std::vector<Event> events_of(db::Read& read, CommitmentId commitment) {
  return read.all(
      "SELECT at, what, party, words, due_on, line FROM commitment_event "
      "WHERE commitment_id = $1 ORDER BY id",
      [](const db::Row& row) {
        return Event{.at = row.instant(0),
                     .what = must_be_known(from_word(all_happenings, row.view(1))),
                     .party = must_be_known(from_word(all_parties, row.view(2))),
                     .words = row.text(3),
                     .due_on = day_or_none(row, 4),
                     .line = row.integer(5)};
      },
      commitment);
}

std::vector<Commitment> silent_since(db::Read& read, Instant before, std::int64_t limit) {
  return read.all(
      "SELECT * FROM commitment WHERE state = 'declared' AND declared_at <= $1 AND is_gone = 0 "
      "AND (origin <> 'feedback' OR EXISTS (SELECT 1 FROM feedback f WHERE f.id = origin_id "
      "AND (f.erased_at IS NOT NULL OR (f.state = 'closed' AND f.closed_by = 'silence')))) "
      "ORDER BY id LIMIT $2",
      to_commitment, before, limit);
}

std::vector<Commitment> untold_late(db::Read& read, Day day, std::int64_t limit) {
  return read.all(
      "SELECT * FROM commitment WHERE state IN ('proposed','open') AND due_on < $1 "
      "AND told_late_at IS NULL AND is_gone = 0 ORDER BY id LIMIT $2",
      to_commitment, day, limit);
}

std::vector<Commitment> due_before(db::Read& read, Day day, std::int64_t limit) {
  return read.all(
      "SELECT * FROM commitment WHERE state IN ('proposed','open') AND due_on < $1 "
      "AND is_gone = 0 ORDER BY id LIMIT $2",
      to_commitment, day, limit);
}

std::optional<Asked> find_asked(db::Read& read, std::string_view code) {
  auto asked = read.one(
      "SELECT q.id, q.dialogue_id, d.unit_id, d.unit_path, "
      "CASE WHEN q.state = 'shown' THEN q.body ELSE '' END, q.answer "
      "FROM dialogue_question q JOIN dialogue d ON d.id = q.dialogue_id WHERE q.code = $1",
      [](const db::Row& row) {
        return Asked{.question_id = row.integer(0),
                     .session_id = row.integer(1),
                     .unit = row.id<units::UnitId>(2),
                     .unit_path = row.text(3),
                     .body = row.text(4),
                     .answer = row.text(5)};
      },
      code);
  if (!asked) return std::nullopt;
  asked->people = read.all(
      "SELECT code, citizen_key FROM dialogue_question WHERE (id = $1 OR merged_into = $1) "
      "AND state <> 'withdrawn' ORDER BY CASE WHEN id = $1 THEN 0 ELSE 1 END, id",
      [](const db::Row& row) { return Asked::Person{row.text(0), row.text(1)}; },
      asked->question_id);
  return asked;
}

std::optional<std::pair<std::string, std::string>> topic_of(db::Read& read, std::int64_t session) {
  return read.one(
      "SELECT topic_vi, topic_en FROM dialogue WHERE id = $1",
      [](const db::Row& row) { return std::pair(row.text(0), row.text(1)); }, session);
}

}  // namespace ln::commitment
