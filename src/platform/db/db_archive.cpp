#include <filesystem>

#include "platform/db/archive.h"
#include "platform/db/db_engine.h"
#include "platform/db/db_migrate.h"
#include "platform/db/db_postgres.h"
#include "platform/db/db_sqlite.h"

namespace ln::db {
namespace {

constexpr std::size_t faults_max = 20;

}  // namespace

void copy_database(const Options& source, const std::string& path, const Progress& told) {
  if (!source.url.empty()) return copy_from_postgres(source, path, told);
  if (!std::filesystem::exists(source.path))
    throw Failure("there is no database at " + source.path);
  make_sqlite(source)->copy_to(path, told);
}

struct Archive::Inside {
  explicit Inside(const std::string& path)
      : connection(std::make_unique<SqliteConnection>(path,
                                                      SQLITE_OPEN_READONLY,
                                                      "PRAGMA trusted_schema = 0;"
                                                      "PRAGMA query_only = 1;"
                                                      "PRAGMA temp_store = MEMORY;"
                                                      "PRAGMA mmap_size = 268435456;")) {}
  explicit Inside(const Options& place)
      : is_server(true),
        connection(std::make_unique<PostgresConnection>(place_of(place),
                                                        PostgresConnection::Role::reader)) {}
  bool is_server = false;
  std::unique_ptr<EngineConnection> connection;
};

Archive::Archive(const std::string& path) : inside_(std::make_unique<Inside>(path)) {
  // SQLite looks into the file only now.
  static_cast<void>(read([](Read& read) {
    return read.one("SELECT count(*) FROM sqlite_schema",
                    [](const Row& row) { return row.integer(0); });
  }));
}

Archive::Archive(const Options& place)
    : inside_(place.url.empty() ? std::make_unique<Inside>(place.path)
                                : std::make_unique<Inside>(place)) {}
Archive::~Archive() = default;

Archive::Moment::Moment(Archive& its_archive)
    : archive(&its_archive), read(std::make_unique<Read>(*its_archive.inside_->connection)) {
  archive->inside_->connection->begin_read();
}
Archive::Moment::~Moment() { archive->inside_->connection->end_read(); }

std::optional<ServerFacts> Archive::server() {
  if (!inside_->is_server) return std::nullopt;
  return read([](Read& read) {
    ServerFacts facts;
    read.each(
        "SELECT current_setting('server_version'), current_setting('fsync'), "
        "current_setting('full_page_writes'), CAST(pg_is_in_recovery() AS integer), "
        "current_setting('synchronous_standby_names'), "
        "CAST(current_setting('max_connections') AS bigint) - "
        "CAST(current_setting('superuser_reserved_connections') AS bigint) - "
        "(SELECT CAST(sum(numbackends) AS bigint) FROM pg_stat_database), "
        "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)",
        [&](const Row& row) {
          const std::string_view version = row.view(0);
          facts.version = version.substr(0, version.find(' '));
          facts.syncs = row.view(1) == "on" && row.view(2) == "on";
          facts.is_standby = row.flag(3);
          facts.has_standbys = !row.view(4).empty();
          facts.connections_left = row.integer(5);
          facts.now = row.instant(6);
        });
    return facts;
  });
}

std::vector<std::string> Archive::faults() {
  std::vector<std::string> found;
  const auto add = [&](std::string what) {
    if (found.size() < faults_max) found.push_back(std::move(what));
  };
  if (inside_->is_server) return found;
  Read read(*inside_->connection);
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
