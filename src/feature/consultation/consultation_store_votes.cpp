#include "feature/consultation/consultation_store_votes.h"

namespace ln::consultation {
namespace {

Statement to_statement(const db::Row& row) {
  return {.id = row.id<StatementId>(0),
          .consultation = row.id<ConsultationId>(1),
          .clause = row.text(2),
          .text = row.text(3),
          .is_on = row.flag(4)};
}

}  // namespace

StatementId insert(db::Write& write, const Statement& statement) {
  return *write.returning(
      "INSERT INTO consultation_statement (consultation_id, clause, text) VALUES ($1, $2, $3) "
      "RETURNING id",
      [](const db::Row& row) { return row.id<StatementId>(0); }, statement.consultation,
      statement.clause, statement.text);
}

void switch_statement(db::Write& write, StatementId id, bool is_on) {
  write.run("UPDATE consultation_statement SET is_on = $2 WHERE id = $1", id, is_on ? 1 : 0);
}

std::vector<Statement> statements_of(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT id, consultation_id, clause, text, is_on FROM consultation_statement "
      "WHERE consultation_id = $1 AND is_on = 1 ORDER BY id",
      to_statement, id);
}

std::vector<Statement> all_statements(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT id, consultation_id, clause, text, is_on FROM consultation_statement "
      "WHERE consultation_id = $1 ORDER BY id",
      to_statement, id);
}

std::map<std::int64_t, int> votes_of(db::Read& read, ParticipantId participant) {
  std::map<std::int64_t, int> said;
  read.each(
      "SELECT statement_id, said FROM consultation_vote WHERE participant_id = $1",
      [&](const db::Row& row) { said[row.integer(0)] = static_cast<int>(row.integer(1)); },
      participant);
  return said;
}

void save_vote(db::Write& write,
               ConsultationId consultation,
               ParticipantId participant,
               StatementId statement,
               int said) {
  write.run(
      "INSERT INTO consultation_vote (consultation_id, participant_id, statement_id, said) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (participant_id, statement_id) DO UPDATE SET "
      "said = excluded.said",
      consultation, participant, statement, said);
}

void each_vote(db::Read& read,
               ConsultationId id,
               const std::function<void(const StoredVote&)>& body) {
  read.each(
      "SELECT v.participant_id, v.statement_id, v.said FROM consultation_vote v "
      "JOIN consultation_statement s ON s.id = v.statement_id AND s.is_on = 1 "
      "WHERE v.consultation_id = $1 ORDER BY v.participant_id, v.statement_id",
      [&](const db::Row& row) {
        body({row.integer(0), row.integer(1), static_cast<int>(row.integer(2))});
      },
      id);
}

// A vote that was changed is seen with the next new one.
std::int64_t vote_count(db::Read& read, ConsultationId id) {
  return read
      .one(
          "SELECT count(*) FROM consultation_vote WHERE consultation_id = $1",
          [](const db::Row& row) { return row.integer(0); }, id)
      .value_or(0);
}

std::optional<StoredMap> find_map(db::Read& read, ConsultationId id) {
  return read.one(
      "SELECT votes, statements, drawn_at, json FROM consultation_map WHERE consultation_id = $1",
      [&](const db::Row& row) {
        return StoredMap{id, row.integer(0), row.integer(1), row.instant(2), row.text(3)};
      },
      id);
}

void save(db::Write& write, const StoredMap& map) {
  write.run(
      "INSERT INTO consultation_map (consultation_id, votes, statements, drawn_at, json) "
      "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (consultation_id) DO UPDATE SET "
      "votes = excluded.votes, statements = excluded.statements, drawn_at = excluded.drawn_at, "
      "json = excluded.json",
      map.consultation, map.votes, map.statements, map.drawn_at, map.json);
}

std::optional<StoredClauseMap> find_clause_map(db::Read& read,
                                               ConsultationId id,
                                               const std::string& clause) {
  return read.one(
      "SELECT clause, votes, drawn_at, json FROM consultation_clause_map "
      "WHERE consultation_id = $1 AND clause = $2",
      [&](const db::Row& row) {
        return StoredClauseMap{id, row.text(0), row.integer(1), row.instant(2), row.text(3)};
      },
      id, clause);
}

std::vector<StoredClauseMap> clause_maps_of(db::Read& read, ConsultationId id) {
  return read.all(
      "SELECT clause, votes, drawn_at, json FROM consultation_clause_map "
      "WHERE consultation_id = $1 ORDER BY clause",
      [&](const db::Row& row) {
        return StoredClauseMap{id, row.text(0), row.integer(1), row.instant(2), row.text(3)};
      },
      id);
}

void replace_clause_maps(db::Write& write,
                         ConsultationId id,
                         const std::vector<StoredClauseMap>& maps) {
  write.run("DELETE FROM consultation_clause_map WHERE consultation_id = $1", id);
  for (const StoredClauseMap& each : maps)
    write.run(
        "INSERT INTO consultation_clause_map (consultation_id, clause, votes, drawn_at, json) "
        "VALUES ($1, $2, $3, $4, $5)",
        each.consultation, each.clause, each.votes, each.drawn_at, each.json);
}

bool has_voters(db::Read& read, ConsultationId id, const std::string& clause, std::int64_t count) {
  return read.one(
             "SELECT count(*) FROM (SELECT DISTINCT v.participant_id FROM consultation_vote v "
             "JOIN consultation_statement s ON s.id = v.statement_id AND s.is_on = 1 "
             "WHERE v.consultation_id = $1 AND (s.clause = $2 OR s.clause LIKE $3) LIMIT $4) "
             "AS voter",
             [](const db::Row& row) { return row.integer(0); }, id, clause, clause + ".%",
             count) == count;
}

}  // namespace ln::consultation
