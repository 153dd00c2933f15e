// Slips, answers, and what is counted of them.
#include "base/text.h"
#include "feature/survey/survey_store.h"
#include "platform/db/ids.h"

namespace ln::survey {
namespace {

constexpr db::Ids slip_ids("survey_slip");

template <class T>
T word_in(const std::optional<T>& value) {
  if (!value) throw db::Failure("unknown word in an answer");
  return *value;
}

void insert_given(db::Write& write, const Answer& answer) {
  for (const auto& [question, value] : answer.given.values)
    write.run("INSERT INTO survey_value (answer_id, question, value) VALUES ($1, $2, $3)",
              answer.id, question, value);
  for (const auto& [question, words] : answer.given.texts)
    write.run("INSERT INTO survey_text (answer_id, question, words) VALUES ($1, $2, $3)", answer.id,
              question, words);
}

Answer to_answer(const db::Row& row) {
  return {.id = row.id<AnswerId>(0),
          .survey = row.id<SurveyId>(1),
          .way = word_in(from_word(all_ways, row.view(2))),
          .cluster = row.integer(4),
          .given = {.party = word_in(from_word(all_parties, row.view(3)))},
          .score = row.maybe_integer(5),
          .answered_at = row.instant(6),
          .changed_at = row.maybe_instant(7),
          .revision = row.integer(8),
          .entered_by = row.maybe_integer(9),
          .line = row.integer(10),
          .nonce = row.text(11)};
}

}  // namespace

void insert(db::Write& write, const NewSlips& slips) {
  for (const std::string& hash : slips.hashes) {
    const std::int64_t id = slip_ids.next(write);
    write.run(
        "INSERT INTO survey_slip (id, survey_id, cluster, hash, printed_by, printed_at) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        id, slips.survey, slips.cluster, db::Blob{as_bytes(hash)}, slips.printed_by,
        slips.printed_at);
  }
}

std::optional<Slip> find_slip(db::Read& read, std::string_view hash) {
  return read.one(
      "SELECT id, survey_id, cluster, is_used, answer_id, printed_by, printed_at "
      "FROM survey_slip WHERE hash = $1",
      [](const db::Row& row) {
        Slip slip{.id = row.integer(0),
                  .survey = row.id<SurveyId>(1),
                  .cluster = row.integer(2),
                  .is_used = row.flag(3)};
        slip.printed_by = row.integer(5);
        slip.printed_at = row.instant(6);
        if (const auto answer = row.maybe_integer(4)) slip.answer = AnswerId{*answer};
        return slip;
      },
      db::Blob{as_bytes(hash)});
}

std::int64_t slips_of(db::Read& read, SurveyId id, std::int64_t cluster) {
  return read
      .one(
          "SELECT count(*) FROM survey_slip WHERE survey_id = $1 AND ($2 = 0 OR cluster = $2)",
          [](const db::Row& row) { return row.integer(0); }, id, cluster)
      .value_or(0);
}

std::int64_t used_of(db::Read& read, SurveyId id) {
  return read
      .one(
          "SELECT count(*) FROM survey_slip WHERE survey_id = $1 AND is_used = 1",
          [](const db::Row& row) { return row.integer(0); }, id)
      .value_or(0);
}

// Answers go when their survey closes; the ledger keeps their numbers, and none is given twice.
AnswerId next_answer(db::Write& write) {
  return *write.one(
      "SELECT COALESCE(max(subject_id), 0) + 1 FROM ledger_entry "
      "WHERE subject_kind = 'survey_answer'",
      [](const db::Row& row) { return row.id<AnswerId>(0); });
}

void insert(db::Write& write, const Answer& answer, const Slip* slip) {
  write.run(
      "INSERT INTO survey_answer (id, survey_id, way, party, cluster, score, answered_at, "
      "entered_by, line, nonce) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      answer.id, answer.survey, to_text(answer.way), to_text(answer.given.party), answer.cluster,
      answer.score, answer.answered_at, answer.entered_by, answer.line,
      db::Blob{as_bytes(answer.nonce)});
  insert_given(write, answer);
  if (slip != nullptr)
    write.run("UPDATE survey_slip SET is_used = 1, answer_id = $2 WHERE id = $1", slip->id,
              answer.id);
}

std::optional<Answer> find_answer(db::Read& read, AnswerId id) {
  auto answer = read.one(
      "SELECT id, survey_id, way, party, cluster, score, answered_at, changed_at, revision, "
      "entered_by, line, nonce FROM survey_answer WHERE id = $1",
      to_answer, id);
  if (!answer) return std::nullopt;
  for (auto& [question, value] : read.all(
           "SELECT question, value FROM survey_value WHERE answer_id = $1",
           [](const db::Row& row) { return std::pair(row.text(0), row.integer(1)); }, id))
    answer->given.values.emplace(question, value);
  for (auto& [question, words] : read.all(
           "SELECT question, words FROM survey_text WHERE answer_id = $1",
           [](const db::Row& row) { return std::pair(row.text(0), row.text(1)); }, id))
    answer->given.texts.emplace(question, words);
  return answer;
}

bool save(db::Write& write, const Answer& answer) {
  const auto changed = write.run(
      "UPDATE survey_answer SET party = $2, score = $3, changed_at = $4, line = $5, nonce = $7, "
      "revision = revision + 1 WHERE id = $1 AND revision = $6",
      answer.id, to_text(answer.given.party), answer.score, answer.changed_at, answer.line,
      answer.revision, db::Blob{as_bytes(answer.nonce)});
  if (changed != 1) return false;
  write.run("DELETE FROM survey_value WHERE answer_id = $1", answer.id);
  write.run("DELETE FROM survey_text WHERE answer_id = $1", answer.id);
  insert_given(write, answer);
  return true;
}

void keep_totals(db::Write& write, SurveyId id) {
  write.run(
      "INSERT INTO survey_count (survey_id, way, question, cluster, value, people) "
      "SELECT a.survey_id, a.way, v.question, a.cluster, v.value, count(*) FROM survey_answer a "
      "JOIN survey_value v ON v.answer_id = a.id WHERE a.survey_id = $1 "
      "GROUP BY a.survey_id, a.way, v.question, a.cluster, v.value",
      id);
  write.run(
      "INSERT INTO survey_score (survey_id, way, party, cluster, answers, scored, total, squares, "
      "changed) SELECT survey_id, way, party, cluster, count(*), count(score), "
      "CAST(coalesce(sum(score), 0) AS BIGINT), CAST(coalesce(sum(score * score), 0) AS BIGINT), "
      "count(changed_at) FROM survey_answer WHERE survey_id = $1 "
      "GROUP BY survey_id, way, party, cluster",
      id);
  const Rush rush = rush_of(write, id);
  write.run(
      "INSERT INTO survey_rush (survey_id, most_in_a_minute, in_office_hours, answers) "
      "VALUES ($1, $2, $3, $4)",
      id, rush.most_in_a_minute, rush.in_office_hours, rush.all);
}

void forget_answers(db::Write& write, SurveyId id) {
  write.run("UPDATE survey_slip SET answer_id = NULL WHERE survey_id = $1", id);
  write.run(
      "DELETE FROM survey_text WHERE answer_id IN (SELECT id FROM survey_answer "
      "WHERE survey_id = $1)",
      id);
  write.run(
      "DELETE FROM survey_value WHERE answer_id IN (SELECT id FROM survey_answer "
      "WHERE survey_id = $1)",
      id);
  write.run("DELETE FROM survey_answer WHERE survey_id = $1", id);
}

std::vector<Count> counts_of(db::Read& read, SurveyId id) {
  return read.all(
      "SELECT a.way, v.question, a.cluster, v.value, count(*) FROM survey_answer a "
      "JOIN survey_value v ON v.answer_id = a.id WHERE a.survey_id = $1 "
      "GROUP BY a.way, v.question, a.cluster, v.value UNION ALL "
      "SELECT way, question, cluster, value, people FROM survey_count WHERE survey_id = $1 "
      "ORDER BY 1, 2, 3, 4",
      [](const db::Row& row) {
        return Count{word_in(from_word(all_ways, row.view(0))), row.text(1), row.integer(2),
                     row.integer(3), row.integer(4)};
      },
      id);
}

std::vector<Scores> scores_of(db::Read& read, SurveyId id) {
  return read.all(
      "SELECT way, party, cluster, count(*), count(score), CAST(coalesce(sum(score), 0) AS "
      "BIGINT), CAST(coalesce(sum(score * score), 0) AS BIGINT), count(changed_at) "
      "FROM survey_answer WHERE survey_id = $1 GROUP BY way, party, cluster UNION ALL "
      "SELECT way, party, cluster, answers, scored, total, squares, changed FROM survey_score "
      "WHERE survey_id = $1 ORDER BY 1, 2, 3",
      [](const db::Row& row) {
        return Scores{word_in(from_word(all_ways, row.view(0))),
                      word_in(from_word(all_parties, row.view(1))),
                      row.integer(2),
                      row.integer(3),
                      row.integer(4),
                      row.integer(5),
                      row.integer(6),
                      row.integer(7)};
      },
      id);
}

Rush rush_of(db::Read& read, SurveyId id) {
  if (const auto kept = read.one(
          "SELECT most_in_a_minute, in_office_hours, answers FROM survey_rush WHERE survey_id = $1",
          [](const db::Row& row) { return Rush{row.integer(0), row.integer(1), row.integer(2)}; },
          id))
    return *kept;
  Rush rush;
  rush.most_in_a_minute =
      read.one(
              "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM (SELECT cluster, "
              "answered_at / 60000 AS minute FROM survey_answer WHERE survey_id = $1 AND "
              "way = 'slip' UNION ALL SELECT cluster, changed_at / 60000 FROM survey_answer "
              "WHERE survey_id = $1 AND way = 'slip' AND changed_at IS NOT NULL) e "
              "GROUP BY cluster, minute) m",
              [](const db::Row& row) { return row.integer(0); }, id)
          .value_or(0);
  // 1970-01-01 was a Thursday; Vietnam's clock is 7 hours ahead.
  const auto hours = read.one(
      "SELECT count(*), coalesce(sum(CASE WHEN ((answered_at + 25200000) / 3600000) % 24 "
      "BETWEEN 8 AND 16 AND ((answered_at + 25200000) / 86400000 + 3) % 7 < 5 THEN 1 ELSE 0 END), "
      "0) FROM survey_answer WHERE survey_id = $1 AND way = 'slip'",
      [](const db::Row& row) { return std::pair(row.integer(0), row.integer(1)); }, id);
  if (hours) {
    rush.all = hours->first;
    rush.in_office_hours = hours->second;
  }
  return rush;
}

}  // namespace ln::survey
