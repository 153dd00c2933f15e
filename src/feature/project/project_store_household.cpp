// Households, their lines, what they asked and were answered.
#include "base/text.h"
#include "feature/project/project_store.h"
#include "feature/project/project_store_reissue.h"

namespace ln::project {
namespace {

Household to_household(const db::Row& row) {
  const auto code = Code::parse(row.view(2));
  if (!code) throw db::Failure("a household has a code that is none", db::Failure::Kind::corrupt);
  return {.id = row.id<HouseholdId>(0),
          .project = row.id<ProjectId>(1),
          .code = code,
          .citizen_key = row.text(3),
          .number = row.text(4),
          .holder = row.text(5),
          .address = row.text(6),
          .imported_at = row.instant(7),
          .imported_by = row.integer(8),
          .letter = row.id<ReissueId>(12),
          .is_own = row.integer(9) != 0,
          .erased_at = row.maybe_instant(10),
          .revision = row.integer(11)};
}

Line to_line(const db::Row& row) {
  return {.id = row.id<LineId>(0),
          .household = row.id<HouseholdId>(1),
          .seq = row.integer(2),
          .parcel = row.text(3),
          .land_name = row.text(4),
          .amounts = {.area = row.integer(5),
                      .land_code = row.text(6),
                      .price = row.integer(7),
                      .structures = row.integer(8),
                      .support = row.integer(9)},
          .revision = row.integer(10)};
}

Question to_question(const db::Row& row) {
  const auto code = Code::parse(row.view(1));
  if (!code) throw db::Failure("a question has a code that is none", db::Failure::Kind::corrupt);
  return {.id = row.id<QuestionId>(0),
          .code = code,
          .project = row.id<ProjectId>(2),
          .household = row.id<HouseholdId>(3),
          .letter = row.id<ReissueId>(16),
          .line = row.id<LineId>(4),
          .round = row.integer(5),
          .previous = row.id<QuestionId>(6),
          .body = row.text(7),
          .asked_at = row.instant(8),
          .due_at = row.instant(9),
          .asked_line = row.integer(10),
          .outcome = from_word(all_outcomes, row.view(11)),
          .answer = row.text(12),
          .answered_by = row.integer(13),
          .answered_at = row.maybe_instant(14),
          .answer_line = row.maybe_integer(15)};
}

HouseholdId to_id(const db::Row& row) { return row.id<HouseholdId>(0); }

}  // namespace

HouseholdId insert(db::Write& write, const Household& h) {
  return *write.returning(
      "INSERT INTO project_household (project_id, code, citizen_key, number, holder, address, "
      "imported_at, imported_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
      to_id, h.project, h.code->text(), db::Blob{as_bytes(h.citizen_key)}, h.number, h.holder,
      h.address, h.imported_at, h.imported_by);
}

void insert(db::Write& write, const Line& line) {
  const Amounts& a = line.amounts;
  write.run(
      "INSERT INTO project_line (household_id, seq, parcel, area, land_code, land_name, price, "
      "structures, support) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      line.household, line.seq, line.parcel, a.area, a.land_code, line.land_name, a.price,
      a.structures, a.support);
}

std::optional<Household> find_household(db::Read& read, const Code& code) {
  return read.one(
      "SELECT id, project_id, code, citizen_key, number, holder, address, imported_at, "
      "imported_by, is_own, erased_at, revision, reissue_id FROM project_household WHERE code = $1",
      to_household, code.text());
}

std::optional<Household> find_household(db::Read& read, HouseholdId id) {
  return read.one(
      "SELECT id, project_id, code, citizen_key, number, holder, address, imported_at, "
      "imported_by, is_own, erased_at, revision, reissue_id FROM project_household WHERE id = $1",
      to_household, id);
}

std::optional<Household> find_household(db::Read& read, ProjectId id, std::string_view number) {
  if (number.empty()) return std::nullopt;  // As that of an erased file.
  return read.one(
      "SELECT id, project_id, code, citizen_key, number, holder, address, imported_at, "
      "imported_by, is_own, erased_at, revision, reissue_id FROM project_household "
      "WHERE project_id = $1 AND number = $2 AND erased_at IS NULL",
      to_household, id, number);
}

std::set<std::string> numbers_of(db::Read& read, ProjectId id) {
  std::set<std::string> all;
  read.each(
      "SELECT number FROM project_household WHERE project_id = $1 AND number <> ''",
      [&](const db::Row& row) { all.insert(row.text(0)); }, id);
  return all;
}

std::vector<Line> lines_of(db::Read& read, HouseholdId id) {
  return read.all(
      "SELECT id, household_id, seq, parcel, land_name, area, land_code, price, structures, "
      "support, revision FROM project_line WHERE household_id = $1 ORDER BY seq",
      to_line, id);
}

std::optional<Line> find_line(db::Read& read, LineId id) {
  return read.one(
      "SELECT id, household_id, seq, parcel, land_name, area, land_code, price, structures, "
      "support, revision FROM project_line WHERE id = $1",
      to_line, id);
}

Hands hands_of(db::Read& read, ProjectId id, std::int64_t account) {
  return *read.one(
      "SELECT CASE WHEN EXISTS (SELECT 1 FROM project_household WHERE project_id = $1 "
      "AND imported_by = $2) OR EXISTS (SELECT 1 FROM project_reissue WHERE project_id = $1 "
      "AND asked_by = $2) THEN 1 ELSE 0 END, "
      "CASE WHEN EXISTS (SELECT 1 FROM project_question WHERE project_id = $1 "
      "AND answered_by = $2) THEN 1 ELSE 0 END",
      [](const db::Row& row) { return Hands{row.integer(0) != 0, row.integer(1) != 0}; }, id,
      account);
}

bool rekey(db::Write& write, const Household& h, std::string_view citizen_key) {
  return write.run(
             "UPDATE project_household SET citizen_key = $3, is_own = 1, revision = revision + 1 "
             "WHERE id = $1 AND revision = $2",
             h.id, h.revision, db::Blob{as_bytes(citizen_key)}) == 1;
}

QuestionId insert(db::Write& write, const Question& q) {
  return *write.returning(
      "INSERT INTO project_question (code, project_id, household_id, line_id, round, previous_id, "
      "body, asked_at, due_at, line, reissue_id) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
      [](const db::Row& row) { return row.id<QuestionId>(0); }, q.code->text(), q.project,
      q.household, q.line, q.round, q.previous, q.body, q.asked_at, q.due_at, q.asked_line,
      q.letter);
}

bool answer(db::Write& write, const Question& q) {
  return write.run(
             "UPDATE project_question SET outcome = $2, answer = $3, answered_by = $4, "
             "answered_at = $5, answer_line = $6 WHERE id = $1 AND answered_at IS NULL",
             q.id, to_text(q.outcome.value()), q.answer, q.answered_by, q.answered_at,
             q.answer_line) == 1;
}

std::optional<Question> find_question(db::Read& read, const Code& code) {
  return read.one(
      "SELECT id, code, project_id, household_id, line_id, round, previous_id, body, asked_at, "
      "due_at, line, outcome, answer, answered_by, answered_at, answer_line, "
      "reissue_id "
      "FROM project_question WHERE code = $1",
      to_question, code.text());
}

std::vector<Question> questions_of(db::Read& read, const Household& h) {
  return read.all(
      "SELECT id, code, project_id, household_id, line_id, round, previous_id, body, asked_at, "
      "due_at, line, outcome, answer, answered_by, answered_at, answer_line, "
      "reissue_id "
      "FROM project_question WHERE household_id = $1 AND reissue_id = $2 ORDER BY id",
      to_question, h.id, h.letter);
}

std::vector<Question> waiting_of(db::Read& read, ProjectId id, std::int64_t limit) {
  return read.all(
      "SELECT id, code, project_id, household_id, line_id, round, previous_id, body, asked_at, "
      "due_at, line, outcome, answer, answered_by, answered_at, answer_line, "
      "reissue_id "
      "FROM project_question WHERE project_id = $1 AND answered_at IS NULL "
      "ORDER BY due_at, code LIMIT $2",
      to_question, id, limit);
}

bool is_waiting(db::Read& read, ProjectId id, std::int64_t round) {
  return read
      .one(
          "SELECT 1 FROM project_question WHERE project_id = $1 AND round = $2 "
          "AND answered_at IS NULL LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, id, round)
      .has_value();
}

std::int64_t count_overdue(db::Read& read, ProjectId id, Instant now, std::int64_t most) {
  return *read.one(
      "SELECT count(*) FROM (SELECT DISTINCT household_id FROM project_question "
      "WHERE project_id = $1 AND answered_at IS NULL AND due_at < $2 LIMIT $3) late",
      [](const db::Row& row) { return row.integer(0); }, id, now, most);
}

bool correct(db::Write& write, const Line& line, const Correction& c, std::string_view land_name) {
  const Amounts &b = c.before, &a = c.after;
  if (write.run("UPDATE project_line SET area = $3, land_code = $4, land_name = $5, price = $6, "
                "structures = $7, support = $8, revision = revision + 1 "
                "WHERE id = $1 AND revision = $2",
                line.id, line.revision, a.area, a.land_code, land_name, a.price, a.structures,
                a.support) != 1)
    return false;
  write.run(
      "INSERT INTO project_correction (question_id, line_id, area_before, land_before, "
      "price_before, structures_before, support_before, area_after, land_after, price_after, "
      "structures_after, support_after) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      c.question, c.line, b.area, b.land_code, b.price, b.structures, b.support, a.area,
      a.land_code, a.price, a.structures, a.support);
  return true;
}

std::vector<Correction> corrections_of(db::Read& read, HouseholdId id) {
  return read.all(
      "SELECT c.question_id, c.line_id, c.area_before, c.land_before, c.price_before, "
      "c.structures_before, c.support_before, c.area_after, c.land_after, c.price_after, "
      "c.structures_after, c.support_after FROM project_correction c "
      "JOIN project_line l ON l.id = c.line_id "
      "LEFT JOIN project_question q ON q.id = c.question_id WHERE l.household_id = $1 "
      "ORDER BY coalesce(q.answer_line, 0), c.question_id",
      [](const db::Row& row) {
        const auto amounts = [&](int first) {
          return Amounts{.area = row.integer(first),
                         .land_code = row.text(first + 1),
                         .price = row.integer(first + 2),
                         .structures = row.integer(first + 3),
                         .support = row.integer(first + 4)};
        };
        constexpr int before = 2, after = 7;
        return Correction{.question = row.id<QuestionId>(0),
                          .line = row.id<LineId>(1),
                          .before = amounts(before),
                          .after = amounts(after)};
      },
      id);
}

Tally tally_of(db::Read& read, ProjectId id, std::int64_t round) {
  return *read.one(
      "SELECT (SELECT count(*) FROM project_household h WHERE h.project_id = $1 "
      " AND h.erased_at IS NULL AND h.imported_at <= (SELECT r.opened_at FROM project_round r "
      " WHERE r.project_id = $1 AND r.number = $2)), "
      "(SELECT count(DISTINCT household_id) FROM project_question "
      " WHERE project_id = $1 AND round = $2), "
      "(SELECT count(DISTINCT household_id) FROM project_question "
      " WHERE project_id = $1 AND round = $2 AND outcome = 'remedied')",
      [](const db::Row& row) { return Tally{row.integer(0), row.integer(1), row.integer(2)}; }, id,
      round);
}

bool empty_words(db::Write& write, const Household& h, Instant at, std::int64_t line) {
  if (write.run(
          "UPDATE project_household SET number = '', holder = '', address = '', erased_at = $3, "
          "revision = revision + 1 WHERE id = $1 AND revision = $2 AND erased_at IS NULL",
          h.id, h.revision, at) != 1)
    return false;
  // Nobody could answer what waits to anybody, but it was asked: its row stays and is counted.
  write.run(
      "UPDATE project_question SET outcome = $2, answered_at = $3, answer_line = $4 "
      "WHERE household_id = $1 AND answered_at IS NULL",
      h.id, to_text(Outcome::erased), at, line);
  write.run("UPDATE project_question SET body = '', answer = '' WHERE household_id = $1", h.id);
  write.run(
      "DELETE FROM project_correction WHERE line_id IN "
      "(SELECT id FROM project_line WHERE household_id = $1)",
      h.id);
  write.run("DELETE FROM project_line WHERE household_id = $1", h.id);
  forget_reasons(write, h.id, at);
  write.run(
      "INSERT INTO project_erasure (household_id) VALUES ($1) "
      "ON CONFLICT (household_id) DO NOTHING",
      h.id);
  return true;
}

std::vector<HouseholdId> owed_destruction(db::Read& read, std::int64_t limit) {
  return read.all(
      "SELECT household_id FROM project_erasure WHERE destroyed_at IS NULL "
      "ORDER BY household_id LIMIT $1",
      to_id, limit);
}

void note_destroyed(db::Write& write, HouseholdId id, Instant at) {
  write.run("UPDATE project_erasure SET destroyed_at = $2 WHERE household_id = $1", id, at);
}

std::vector<HouseholdId> owed_scrub(db::Read& read) {
  return read.all(
      "SELECT household_id FROM project_erasure WHERE destroyed_at IS NOT NULL "
      "ORDER BY household_id",
      to_id);
}

void note_scrubbed(db::Write& write, HouseholdId id) {
  write.run("DELETE FROM project_erasure WHERE household_id = $1 AND destroyed_at IS NOT NULL", id);
}

}  // namespace ln::project
