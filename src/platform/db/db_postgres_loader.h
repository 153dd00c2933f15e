// Migrations are written for SQLite's strict tables; here they become PostgreSQL's. Only
// db_postgres*.cpp and their tests include this.
#pragma once

#include <string>
#include <string_view>

namespace ln::db {

// In CREATE TABLE and ALTER TABLE: INTEGER, REAL and BLOB become BIGINT, DOUBLE PRECISION and
// BYTEA; TEXT compares by its bytes, as in SQLite; `id INTEGER … PRIMARY KEY` counts by itself;
// STRICT and WITHOUT ROWID go. Everything else, strings and comments and functions' bodies too,
// stays.
std::string for_postgres(std::string_view sql);

// A to Z in small letters; SQL's own words have no others.
std::string in_small_letters(std::string_view text);

// What `-- text index NAME` makes.
std::string postgres_text_index(std::string_view name);

}  // namespace ln::db
