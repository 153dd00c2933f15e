#include "platform/db/db_migrate.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/check.h"
#include "base/embedded.h"
#include "base/log.h"
#include "base/text.h"

namespace ln::db {
namespace {

struct Applied {
  std::string name;
  std::string hash;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "0003_ledger" is 3.
std::int64_t number_of(const Migration& migration) {
  const std::string_view name = migration.name;
  CHECK(name.size() > 5 && std::ranges::all_of(name.substr(0, 4), is_digit) && name[4] == '_');
  std::int64_t number = 0;
  for (const char c : name.substr(0, 4)) number = number * 10 + (c - '0');
  return number;
}

std::string hash_of(std::string_view sql) {
  std::array<std::uint8_t, 32> digest{};
  if (EVP_Digest(sql.data(), sql.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
    throw Failure("SHA-256 is not available");
  return to_hex(digest);
}

std::map<std::int64_t, Applied> applied_so_far(Read& read) {
  std::map<std::int64_t, Applied> applied;
  read.each("SELECT number, name, hash FROM schema_migration ORDER BY number",
            [&](const Row& row) { applied[row.integer(0)] = {row.text(1), row.text(2)}; });
  return applied;
}

// Refuses a database this program would misunderstand.
void compare(const std::map<std::int64_t, Applied>& applied,
             std::span<const Migration> migrations) {
  for (const auto& [number, was] : applied) {
    const auto same = [&](const Migration& m) { return number_of(m) == number; };
    const auto ours = std::ranges::find_if(migrations, same);
    if (ours == migrations.end())
      throw Failure("the database is newer than this program: it has migration " + was.name +
                    ", which is unknown here. Install the newer program again, or restore a "
                    "backup made before it.");
    if (hash_of(ours->sql) != was.hash)
      throw Failure("migration " + was.name +
                    " was changed after this database had applied it. A released migration is "
                    "never edited; add a new one.");
  }
}

void apply(EngineConnection& connection,
           const Engine& engine,
           const Migration& migration,
           Instant now) {
  connection.script(for_engine(migration.sql, engine));
  Write write(connection);
  write.run("INSERT INTO schema_migration (number, name, hash, applied_at) VALUES ($1, $2, $3, $4)",
            number_of(migration), migration.name, hash_of(migration.sql), now);
}

}  // namespace

std::vector<Migration> own_migrations() {
  std::vector<Migration> found;
  constexpr std::string_view folder = "schema/";
  constexpr std::string_view ending = ".sql";
  for (const embedded::File& file : embedded::all()) {
    if (!file.path.starts_with(folder) || !file.path.ends_with(ending)) continue;
    std::string_view name = file.path.substr(folder.size());
    name.remove_suffix(ending.size());
    // schema/schema.sql is the result, not a step.
    if (is_digit(name.front())) found.push_back({std::string(name), std::string(file.bytes)});
  }
  return found;
}

std::vector<std::string> missing_migrations(Read& read, std::span<const Migration> migrations) {
  const auto applied = applied_so_far(read);
  compare(applied, migrations);
  std::vector<std::string> missing;
  for (const Migration& each : migrations)
    if (!applied.contains(number_of(each))) missing.push_back(each.name);
  return missing;
}

std::string for_engine(std::string_view sql, const Engine& engine) {
  constexpr std::string_view text_index = "-- text index ";
  constexpr std::string_view only = "-- only ";
  std::string made;
  bool skipping = false;
  while (!sql.empty()) {
    const std::size_t end = std::min(sql.find('\n'), sql.size() - 1) + 1;
    const std::string_view line = sql.substr(0, end);
    const std::string_view words = trimmed(line);
    sql.remove_prefix(end);
    if (words.starts_with(only)) skipping = words.substr(only.size()) != engine.dialect();
    if (words == "-- end only") skipping = false;
    if (skipping) continue;
    if (words.starts_with(text_index))
      made += engine.text_index_sql(words.substr(text_index.size())) + "\n";
    else
      made += line;
  }
  return engine.translated(std::move(made));
}

void migrate(EngineConnection& connection,
             const Engine& engine,
             std::span<const Migration> migrations,
             Instant now) {
  // The lock is taken before looking, so that two programs starting at once do not both migrate.
  connection.begin_write();
  try {
    connection.script(engine.translated(
        "CREATE TABLE IF NOT EXISTS schema_migration (\n"
        "  number     INTEGER NOT NULL PRIMARY KEY,\n"
        "  name       TEXT    NOT NULL,\n"
        "  hash       TEXT    NOT NULL,  -- SHA-256 of the file, in hexadecimal.\n"
        "  applied_at INTEGER NOT NULL\n"
        ") STRICT"));
    connection.commit();
    for (const Migration& migration : migrations) {
      connection.begin_write();
      Read read(connection);
      const auto applied = applied_so_far(read);
      compare(applied, migrations);
      const bool missing = !applied.contains(number_of(migration));
      if (missing) apply(connection, engine, migration, now);
      connection.commit();
      if (missing) log::write(log::Level::info, "migrated", {{"name", migration.name}});
    }
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace ln::db
