// Statements about an index of texts, whose name comes from outside. For db_sqlite_text.cpp and
// db_postgres_text.cpp only.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace ln::db {

// The three parts as one statement that stays where it is until the program ends: the statement
// caches go by address. There are a handful of indexes and five statements for each. Any thread.
inline std::string_view kept_sql(std::string_view before,
                                 std::string_view index,
                                 std::string_view after) {
  static std::mutex mutex;
  static std::map<std::string, std::string> kept;
  std::string sql(before);
  sql.append(index).append(after);
  const std::scoped_lock lock(mutex);
  return kept.try_emplace(sql, sql).first->second;
}

}  // namespace ln::db
