// Rows of statements, of what people said to them, and of the map drawn from it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "feature/consultation/consultation.h"
#include "platform/db/db.h"

namespace ln::consultation {

struct Statement {
  StatementId id{};
  ConsultationId consultation{};
  std::string clause{};  // key in the version read now; empty: of the whole, or its clause is gone
  std::string text{};
  bool is_on = true;
};
StatementId insert(db::Write& write, const Statement& statement);
void switch_statement(db::Write& write, StatementId id, bool is_on);
// In the order of their ids: those that are asked, and all of them.
std::vector<Statement> statements_of(db::Read& read, ConsultationId id);
std::vector<Statement> all_statements(db::Read& read, ConsultationId id);

// What one participant said, by statement: +1 agrees, −1 disagrees, 0 passes.
std::map<std::int64_t, int> votes_of(db::Read& read, ParticipantId participant);
void save_vote(db::Write& write,
               ConsultationId consultation,
               ParticipantId participant,
               StatementId statement,
               int said);
// Every vote on a statement that is asked, by participant and then by statement.
struct StoredVote {
  std::int64_t participant = 0, statement = 0;
  int said = 0;
};
void each_vote(db::Read& read,
               ConsultationId id,
               const std::function<void(const StoredVote&)>& body);
std::int64_t vote_count(db::Read& read, ConsultationId id);

struct StoredMap {
  ConsultationId consultation{};
  std::int64_t votes = 0, statements = 0;
  Instant drawn_at{};
  std::string json{};
};
std::optional<StoredMap> find_map(db::Read& read, ConsultationId id);
void save(db::Write& write, const StoredMap& map);

// A map of one article alone, from the statements that were drawn from comments on it or on what
// stands below it.
struct StoredClauseMap {
  ConsultationId consultation{};
  std::string clause{};  // the article's key
  std::int64_t votes = 0;
  Instant drawn_at{};
  std::string json{};
};
std::optional<StoredClauseMap> find_clause_map(db::Read& read,
                                               ConsultationId id,
                                               const std::string& clause);
std::vector<StoredClauseMap> clause_maps_of(db::Read& read, ConsultationId id);
// These and no others any more.
void replace_clause_maps(db::Write& write,
                         ConsultationId id,
                         const std::vector<StoredClauseMap>& maps);
// Whether at least `count` people said anything to a statement that is asked of the article.
bool has_voters(db::Read& read, ConsultationId id, const std::string& clause, std::int64_t count);

}  // namespace ln::consultation
