// A city from one engine to the other, row by row: backups of a city on PostgreSQL, and their way
// back. Tables and columns are what the migrations make, so that the same ones must have run on
// both sides; the text index, which each engine has its own of, is left out and made anew by its
// owner.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>

#include "platform/db/archive.h"
#include "platform/db/db_engine.h"
#include "platform/db/db_migrate.h"
#include "platform/db/db_postgres.h"
#include "platform/db/db_sqlite.h"
#include "platform/db/schemas.h"

namespace ln::db {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t rows_in_a_transaction = 50'000;

struct Table {
  std::string name;
  std::vector<std::string> types;  // of the columns, as SQLite's strict tables name them
  std::string select, insert, count;
};

template <class Body>
void each_row(EngineConnection& connection,
              std::string_view sql,
              std::span<const Argument> arguments,
              Body body) {
  connection.run(sql, arguments, EachRow(body));
}

Table table_of(SqliteConnection& file, const std::string& name) {
  Table table{.name = name, .types = {}, .select = {}, .insert = {}, .count = {}};
  std::string columns, places;
  const Argument arguments[] = {name};
  each_row(file, "SELECT name, type FROM pragma_table_info($1) ORDER BY cid", arguments,
           [&](const Row& row) {
             table.types.push_back(row.text(1));
             columns += (columns.empty() ? "" : ", ") + db::quoted(row.view(0));
             places += (places.empty() ? "$" : ", $") + std::to_string(table.types.size());
           });
  table.select = "SELECT " + columns + " FROM " + db::quoted(name);
  table.insert = "INSERT INTO " + db::quoted(name) + " (" + columns + ") VALUES (" + places + ")";
  table.count = "SELECT count(*) FROM " + db::quoted(name);
  return table;
}

// Every table but the engine's own and the record of migrations. In a deque, because statements are
// known by the address of their text.
std::deque<Table> tables_of(SqliteConnection& file) {
  std::vector<std::string> names;
  each_row(file,
           "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
           "AND name <> 'schema_migration' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
           {}, [&](const Row& row) { names.push_back(row.text(0)); });
  std::deque<Table> tables;
  for (const std::string& name : names) tables.push_back(table_of(file, name));
  return tables;
}

Argument value_in(const Row& row, int column, std::string_view type) {
  if (row.is_null(column)) return std::nullopt;
  if (type == "INTEGER") return row.integer(column);
  if (type == "REAL") return row.real(column);
  const std::string_view bytes = row.view(column);
  if (type == "TEXT") return bytes;
  return Blob{{reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}};
}

class Copying {
 public:
  Copying(EngineConnection& from, EngineConnection& to, const Progress& told)
      : from_(&from), to_(&to), told_(&told) {}

  void run(const std::deque<Table>& tables) {
    std::vector<std::uint64_t> counts;
    for (const Table& table : tables)
      each_row(*from_, table.count, {}, [&](const Row& row) {
        counts.push_back(static_cast<std::uint64_t>(row.integer(0)));
        all_ += counts.back();
      });
    to_->begin_write();
    try {
      for (std::size_t i = 0; i < tables.size(); ++i) {
        const std::uint64_t before = done_;
        copy(tables[i]);
        if (done_ - before != counts[i])
          throw Failure("the copy is not whole: " + tables[i].name, Failure::Kind::corrupt);
      }
      to_->commit();
    } catch (...) {
      to_->rollback();
      throw;
    }
  }

 private:
  void copy(const Table& table) {
    std::vector<Argument> values(table.types.size(), std::nullopt);
    each_row(*from_, table.select, {}, [&](const Row& row) {
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = value_in(row, static_cast<int>(i), table.types[i]);
      to_->post(table.insert, values);
      ++done_;
      if (++in_transaction_ >= rows_in_a_transaction) go_on();
      if (*told_ && done_ % 1000 == 0) (*told_)(done_, all_);
    });
  }

  // Nobody sees the copy before it is whole; a shorter transaction only costs less memory.
  void go_on() {
    to_->commit();
    to_->begin_write();
    in_transaction_ = 0;
  }

  EngineConnection* from_;
  EngineConnection* to_;
  const Progress* told_;
  std::uint64_t all_ = 0, done_ = 0;
  std::int64_t in_transaction_ = 0;
};

// The program's migrations that the database behind `connection` has seen. Throws when it has seen
// another one.
std::vector<Migration> migrations_of(EngineConnection& connection) {
  auto ours = own_migrations();
  Read read(connection);
  const auto missing = missing_migrations(read, ours);
  std::erase_if(ours, [&](const Migration& each) {
    return std::ranges::find(missing, each.name) != missing.end();
  });
  return ours;
}

// One snapshot of the source for as long as it lives.
class Moment {
 public:
  explicit Moment(EngineConnection& connection) : connection_(&connection) {
    connection_->begin_read();
  }
  ~Moment() { connection_->end_read(); }
  Moment(const Moment&) = delete;
  Moment& operator=(const Moment&) = delete;

 private:
  EngineConnection* connection_;
};

// A SQLite file that goes away with everything SQLite puts beside it.
struct PassingFile {
  explicit PassingFile(std::string at) : path(std::move(at)) { remove(); }
  ~PassingFile() { remove(); }
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  void remove() const {
    std::error_code ignored;
    for (const char* name : {"", "-wal", "-shm", "-journal"}) fs::remove(path + name, ignored);
  }
  std::string path;
};

}  // namespace

void copy_from_postgres(const Options& source, const std::string& path, const Progress& told) {
  if (!has_schema(source)) throw Failure("there is no schema " + source.schema);
  PostgresConnection from(place_of(source), PostgresConnection::Role::reader);
  const PassingFile passing(path + ".rows");
  const Options file{.path = passing.path, .sync_full = false, .now = source.now};
  {
    const Moment moment(from);
    const auto engine = make_sqlite(file);
    const auto to = engine->open_writer();
    migrate(*to, *engine, migrations_of(from), source.now);
    to->script("PRAGMA foreign_keys = 0");  // They are checked when all is there.
    const auto tables = tables_of(static_cast<SqliteConnection&>(*to));
    Copying(from, *to, told).run(tables);
  }
  make_sqlite(file)->copy_to(path, {});
}

void fill_schema(const std::string& path, const Options& target, const Progress& told) {
  SqliteConnection from(path, SQLITE_OPEN_READONLY,
                        "PRAGMA trusted_schema = 0;"
                        "PRAGMA query_only = 1;");
  const Moment moment(from);
  if (has_schema(target)) throw Failure("there is a schema " + target.schema + " already");
  const auto engine = make_postgres(target);
  const auto to = engine->open_writer();
  migrate(*to, *engine, migrations_of(from), target.now);
  // References are taken off and put back: putting them back looks at every row.
  std::vector<std::string> off, on;
  each_row(*to,
           "SELECT CAST(CAST(conrelid AS regclass) AS text), CAST(conname AS text), "
           "pg_get_constraintdef(oid) FROM pg_constraint "
           "WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)",
           {}, [&](const Row& row) {
             const std::string alter = "ALTER TABLE " + row.text(0);
             off.push_back(alter + " DROP CONSTRAINT " + db::quoted(row.view(1)));
             on.push_back(alter + " ADD CONSTRAINT " + db::quoted(row.view(1)) + " " + row.text(2));
           });
  for (const std::string& sql : off) to->script(sql);
  const auto tables = tables_of(from);
  Copying(from, *to, told).run(tables);
  for (const std::string& sql : on) to->script(sql);
  // Ids that the server gives out begin after those that came.
  to->script(
      "DO $$ DECLARE each record; BEGIN "
      "FOR each IN SELECT table_name AS name FROM information_schema.columns "
      "WHERE table_schema = current_schema() AND column_name = 'id' AND is_identity = 'YES' LOOP "
      "EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, ''id''), "
      "coalesce(max(id), 0) + 1, false) FROM %I', each.name, each.name); END LOOP; END $$");
}

}  // namespace ln::db
