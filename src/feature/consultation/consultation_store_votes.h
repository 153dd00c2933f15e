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

}  // namespace ln::consultation
