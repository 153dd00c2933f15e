// Full-text search by FTS5. The index keeps a copy of both forms in its content table, because
// FTS5 of this age can only take a row out when it knows the words that stand in it.
#include <utility>

#include "platform/db/db_kept_sql.h"
#include "platform/db/db_sqlite.h"

namespace ln::db {
namespace {

// One word as FTS5 reads it: quoted, so that nothing in it is an operator.
void append_word(std::string& query, std::string_view word) {
  query += '"';
  for (const char c : word) {
    if (c == '\0') continue;
    if (c == '"') query += '"';
    query += c;
  }
  query += '"';
}

}  // namespace

void SqliteConnection::text_put(std::string_view index,
                                std::int64_t id,
                                std::string_view marked,
                                std::string_view folded) {
  text_remove(index, id);
  const Argument arguments[] = {id, marked, folded};
  run(kept_sql("INSERT INTO ", index, " (rowid, marked, folded) VALUES ($1, $2, $3)"), arguments,
      EachRow(ignore_row));
}

void SqliteConnection::text_remove(std::string_view index, std::int64_t id) {
  const Argument arguments[] = {id};
  run(kept_sql("DELETE FROM ", index, " WHERE rowid = $1"), arguments, EachRow(ignore_row));
}

void SqliteConnection::text_optimize(std::string_view index) {
  const std::string command = std::string(index) + "(" + std::string(index) + ")";
  run(kept_sql("INSERT INTO ", command, " VALUES ('optimize')"), {}, EachRow(ignore_row));
}

std::vector<std::int64_t> SqliteConnection::text_find(std::string_view index,
                                                      const TextQuery& query) {
  if (query.words.empty()) return {};
  std::string match = query.form == TextIndex::Form::marked ? "marked : (" : "folded : (";
  for (std::size_t i = 0; i < query.words.size(); ++i) {
    if (i > 0) match += " AND ";
    append_word(match, query.words[i]);
  }
  match += query.is_beginning ? "*)" : ")";
  std::vector<std::int64_t> found;
  auto take = [&](const Row& row) { found.push_back(row.integer(0)); };
  const Argument arguments[] = {match, query.before, query.limit};
  const std::string where = std::string(index) + " WHERE " + std::string(index);
  run(kept_sql("SELECT rowid FROM ", where,
               " MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3"),
      arguments, EachRow(take));
  return found;
}

}  // namespace ln::db
