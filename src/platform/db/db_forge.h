// Somebody who holds the disk can do to a database what no program of ours does.
#pragma once

#include <string>

namespace ln::db {

// The name of the file that must lie beside a database for forge() to touch it.
inline constexpr const char* throw_away_mark = "throw-away";

// Runs `sql` on the SQLite file at `path` around every guard: no authorizer, no writer thread. For
// showing such attacks on copies that are thrown away; refuses a file without the mark beside it.
// Nothing else has the file open. Throws Failure.
void forge(const std::string& path, const std::string& sql);

}  // namespace ln::db
