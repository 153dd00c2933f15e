// Which tables the second wall guards, on both engines. For db_sqlite_wall.cpp and
// db_postgres_wall.cpp only.
#pragma once

#include <algorithm>
#include <string_view>

namespace ln::db {

// The public log and its private spine. Nothing in them is ever changed or deleted.
inline constexpr std::string_view append_only_tables[] = {"ledger_entry", "ledger_leaf"};
// Salts and case keys: taken away by an erasure only. What waits for the batch of its hour holds
// some as well, and leaves in the same way.
inline constexpr std::string_view erasable_tables[] = {"ledger_secret", "ledger_waiting"};
// What was done to the schema is not a matter of requests.
inline constexpr std::string_view own_table = "schema_migration";

inline bool is_append_only(std::string_view table) {
  return std::ranges::find(append_only_tables, table) != std::end(append_only_tables);
}
inline bool is_erasable(std::string_view table) {
  return std::ranges::find(erasable_tables, table) != std::end(erasable_tables);
}

}  // namespace ln::db
