// Brings a database to the program's schema. Only platform/db includes this.
//
// Migrations are run in the order of their numbers, each in its own transaction together with its
// row in `schema_migration`. Two directives, which are comments to everybody else:
//
//   -- text index NAME         makes the full-text table that TextIndex(NAME) uses
//   -- only sqlite             (or postgresql) what follows, up to `-- end only`, is for that
//   -- end only                engine: triggers, mostly
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db_engine.h"

namespace ln::db {

// schema/NNNN_name.sql as they travel in the program, in order.
std::vector<Migration> own_migrations();

// Applies what is missing. Throws Failure, with a sentence for the operator, when the database is
// newer than the program or when an applied migration has another text now.
void migrate(EngineConnection& connection,
             const Engine& engine,
             std::span<const Migration> migrations,
             Instant now);

// The names of those that have not been applied, in order. Throws Failure as migrate() does.
std::vector<std::string> missing_migrations(Read& read, std::span<const Migration> migrations);

// `sql` with the directives carried out for `engine`.
std::string for_engine(std::string_view sql, const Engine& engine);

}  // namespace ln::db
