// The second wall: what a connection that serves requests refuses, whatever the code above it says.
// The first wall is the types (Read, Write, actions), the third the triggers in the schema.
#include <string_view>

#include "platform/db/db_sqlite.h"
#include "platform/db/db_wall.h"

namespace ln::db {
int SqliteConnection::judge(void* state,
                            int action,
                            const char* first,
                            const char* second,
                            const char* /*database*/,
                            const char* /*trigger*/) {
  const Wall& wall = *static_cast<const Wall*>(state);
  if (!wall.closed) return SQLITE_OK;
  const std::string_view name = first == nullptr ? "" : first;
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_INSERT: return name == own_table ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
      if (is_append_only(name) || name == own_table) return SQLITE_DENY;
      return is_erasable(name) && !wall.erasure ? SQLITE_DENY : SQLITE_OK;
    // Inside a batch only the writer begins and ends; a COMMIT in a job would seal half a batch.
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: return wall.own ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
      return std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
    // The full-text index asks whether somebody else has written.
    case SQLITE_PRAGMA: return name == "data_version" ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;  // CREATE, DROP, ALTER, ATTACH and whatever comes later.
  }
}

void SqliteConnection::lock_down() {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  wall_.closed = true;
  sqlite3_set_authorizer(handle_, &judge, &wall_);
}

void SqliteConnection::allow_erasure(bool allowed) {
  wall_.erasure = allowed;
  // The authorizer is asked when a statement is prepared. Setting it again makes SQLite prepare
  // every kept statement anew, so that what was allowed in an erasure is refused after it.
  sqlite3_set_authorizer(handle_, &judge, &wall_);
}

}  // namespace ln::db
