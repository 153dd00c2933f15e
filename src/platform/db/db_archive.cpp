#include <filesystem>

#include "platform/db/archive.h"
#include "platform/db/db_engine.h"
#include "platform/db/db_migrate.h"
#include "platform/db/db_sqlite.h"

namespace ln::db {
namespace {

constexpr std::size_t faults_max = 20;

}  // namespace

void copy_database(const Options& source, const std::string& path, const Progress& told) {
  if (!std::filesystem::exists(source.path))
    throw Failure("there is no database at " + source.path);
  make_sqlite(source)->copy_to(path, told);
}

struct Archive::Inside {
  explicit Inside(const std::string& path)
      : connection(path,
                   SQLITE_OPEN_READONLY,
                   "PRAGMA trusted_schema = 0;"
                   "PRAGMA query_only = 1;"
                   "PRAGMA temp_store = MEMORY;"
                   "PRAGMA mmap_size = 268435456;") {}
  SqliteConnection connection;
};

Archive::Archive(const std::string& path) : inside_(std::make_unique<Inside>(path)) {
  // SQLite looks into the file only now.
  static_cast<void>(read([](Read& read) {
    return read.one("SELECT count(*) FROM sqlite_schema",
                    [](const Row& row) { return row.integer(0); });
  }));
}
Archive::~Archive() = default;

Archive::Moment::Moment(Archive& its_archive)
    : archive(&its_archive), read(std::make_unique<Read>(its_archive.inside_->connection)) {
  archive->inside_->connection.begin_read();
}
Archive::Moment::~Moment() { archive->inside_->connection.end_read(); }

std::vector<std::string> Archive::faults() {
  std::vector<std::string> found;
  const auto add = [&](std::string what) {
    if (found.size() < faults_max) found.push_back(std::move(what));
  };
  Read read(inside_->connection);
  try {
    read.each("PRAGMA integrity_check(20)", [&](const Row& row) {
      if (row.view(0) != "ok") add(row.text(0));
    });
    read.each("PRAGMA foreign_key_check", [&](const Row& row) {
      add("a row of " + row.text(0) + " refers to a row of " + row.text(2) + " that is not there");
    });
  } catch (const Failure& failure) {
    add(failure.what());
  }
  return found;
}

std::vector<std::string> Archive::missing_migrations() {
  const auto ours = own_migrations();
  return read([&](Read& read) { return db::missing_migrations(read, ours); });
}

}  // namespace ln::db
