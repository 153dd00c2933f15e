// Writes the schema of a fresh database, as the migrations make it.
//
//   schema_dump OUT.sql
#include <cstdio>
#include <exception>
#include <fstream>

#include "base/log.h"
#include "platform/db/db.h"

int main(int count, char** words) {
  if (count != 2) return std::fprintf(stderr, "usage: schema_dump OUT.sql\n"), 2;
  try {
    ln::log::set_least(ln::log::Level::warning);
    ln::db::Database database({.path = ":memory:"});
    std::ofstream out(words[1]);
    out << database.schema();
    return out.flush().good() ? 0 : 1;
  } catch (const std::exception& failure) {
    return std::fprintf(stderr, "%s\n", failure.what()), 1;
  }
}
