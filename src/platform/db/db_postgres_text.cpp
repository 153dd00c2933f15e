// Full-text search by PostgreSQL. The words are cut here, by the rule of SQLite's unicode61
// (letters and digits of any script hang together, everything else parts them), so that both
// engines find the same; PostgreSQL's own parser would part and stem otherwise.
#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "platform/db/db_kept_sql.h"
#include "platform/db/db_postgres.h"
#include "platform/db/db_postgres_loader.h"

namespace ln::db {
namespace {

// A lexeme has at most 2,046 bytes and a position at most 16,383; nobody searches for longer ones.
constexpr std::size_t word_size_max = 400;
constexpr std::size_t position_max = 16'383;

bool is_letter_or_digit(utf8proc_int32_t code) {
  const utf8proc_category_t category = utf8proc_category(code);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO) ||
         category == UTF8PROC_CATEGORY_CO;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  while (!text.empty()) {
    utf8proc_int32_t code = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    text.remove_prefix(size <= 0 ? 1 : static_cast<std::size_t>(size));
    if (size > 0 && code == 0) continue;  // As if it were not there.
    if (size <= 0 || !is_letter_or_digit(code)) {
      end_word();
      continue;
    }
    utf8proc_uint8_t bytes[4];
    const auto count = utf8proc_encode_char(utf8proc_tolower(code), bytes);
    if (word.size() < word_size_max)
      word.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  }
  end_word();
  return words;
}

// The text form of a tsvector. Words are letters and digits, so that nothing in them is a sign.
std::string vector_of(std::string_view text) {
  std::string made;
  std::size_t position = 0;
  for (const std::string& word : words_of(text)) {
    position = std::min(position + 1, position_max);
    made += '\'' + word + "':" + std::to_string(position) + ' ';
  }
  return made;
}

// All words, the last one perhaps a beginning; a word that falls into parts means these parts one
// after the other. Empty when there is nothing to look for.
std::string query_of(std::span<const std::string> asked, bool last_is_beginning) {
  std::string made;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto parts = words_of(asked[i]);
    if (parts.empty()) continue;
    if (!made.empty()) made += " & ";
    made += '(';
    for (std::size_t n = 0; n < parts.size(); ++n)
      made += (n == 0 ? "'" : " <-> '") + parts[n] + "'";
    if (last_is_beginning && i + 1 == asked.size()) made += ":*";
    made += ')';
  }
  return made;
}

}  // namespace

std::string postgres_text_index(std::string_view name) {
  const std::string table(name);
  return "CREATE TABLE " + table +
         " (id BIGINT NOT NULL PRIMARY KEY, marked TSVECTOR NOT NULL, folded TSVECTOR NOT NULL);\n"
         "CREATE INDEX " +
         table + "_by_marked ON " + table +
         " USING gin (marked);\n"
         "CREATE INDEX " +
         table + "_by_folded ON " + table + " USING gin (folded);";
}

void PostgresConnection::text_put(std::string_view index,
                                  std::int64_t id,
                                  std::string_view marked,
                                  std::string_view folded) {
  const std::string marked_words = vector_of(marked), folded_words = vector_of(folded);
  const Argument arguments[] = {id, marked_words, folded_words};
  post(
      kept_sql("INSERT INTO ", index,
               " (id, marked, folded) VALUES ($1, CAST($2 AS tsvector), CAST($3 AS tsvector)) "
               "ON CONFLICT (id) DO UPDATE SET marked = excluded.marked, folded = excluded.folded"),
      arguments);
}

void PostgresConnection::text_remove(std::string_view index, std::int64_t id) {
  const Argument arguments[] = {id};
  post(kept_sql("DELETE FROM ", index, " WHERE id = $1"), arguments);
}

// Dead rows go with VACUUM, which no transaction may hold: Database::scrub().
void PostgresConnection::text_optimize(std::string_view /*index*/) {}

std::vector<std::int64_t> PostgresConnection::text_find(std::string_view index,
                                                        const TextQuery& query) {
  std::vector<std::int64_t> found;
  const std::string words = query_of(query.words, query.is_beginning);
  if (words.empty()) return found;
  auto take = [&](const Row& row) { found.push_back(row.integer(0)); };
  const Argument arguments[] = {words, query.before, query.limit};
  const bool is_marked = query.form == TextIndex::Form::marked;
  run(kept_sql("SELECT id FROM ", index,
               is_marked
                   ? " WHERE marked @@ CAST($1 AS tsquery) AND id < $2 ORDER BY id DESC LIMIT $3"
                   : " WHERE folded @@ CAST($1 AS tsquery) AND id < $2 ORDER BY id DESC LIMIT $3"),
      arguments, EachRow(take));
  return found;
}

}  // namespace ln::db
