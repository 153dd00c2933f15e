#include "platform/db/db_forge.h"

#include <filesystem>

#include "platform/db/db_sqlite.h"

namespace ln::db {

void forge(const std::string& path, const std::string& sql) {
  const auto mark = std::filesystem::path(path).parent_path() / throw_away_mark;
  if (!std::filesystem::exists(mark))
    throw Failure(path + " is not marked as a copy that may be thrown away");
  SqliteConnection connection(path, SQLITE_OPEN_READWRITE, "");
  connection.script(sql);
}

}  // namespace ln::db
