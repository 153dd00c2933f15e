#include "platform/db/db_sqlite.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace ln::db {
namespace {

// After this many pages (of 4 KiB) the write-ahead log is moved into the database.
constexpr int wal_pages_max = 1000;

bool is_writing(int code) {
  return code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC ||
         code == SQLITE_IOERR_DIR_FSYNC || code == SQLITE_IOERR_TRUNCATE ||
         code == SQLITE_IOERR_SHMSIZE;
}

Failure::Kind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT: return Failure::Kind::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return Failure::Kind::busy;
    case SQLITE_FULL: return Failure::Kind::full;
    case SQLITE_IOERR: return is_writing(code) ? Failure::Kind::full : Failure::Kind::other;
    case SQLITE_CANTOPEN: return Failure::Kind::busy;  // Out of descriptors, while we run.
    case SQLITE_READONLY: return Failure::Kind::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Failure::Kind::corrupt;
    default: return Failure::Kind::other;
  }
}

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement)
      : statement_(statement), columns_(sqlite3_column_count(statement)) {}

  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    expect(type(column) == SQLITE_INTEGER, column, "a whole number");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    const int found = type(column);
    expect(found == SQLITE_FLOAT || found == SQLITE_INTEGER, column, "a number");
    return sqlite3_column_double(statement_, column);
  }
  std::string_view view(int column) const override {
    const int found = type(column);
    expect(found == SQLITE_TEXT || found == SQLITE_BLOB, column, "text or bytes");
    // The bytes first: asking for the size may convert.
    const void* bytes = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return {size == 0 ? "" : static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
  }

 private:
  int type(int column) const {
    CHECK(column >= 0 && column < columns_);
    return sqlite3_column_type(statement_, column);
  }
  void expect(bool as_expected, int column, const char* what) const {
    if (as_expected) return;
    throw Failure("column " + std::to_string(column) + " is not " + what + ": " +
                  sqlite3_sql(statement_));
  }

  sqlite3_stmt* statement_;
  int columns_;
};

int bind(sqlite3_stmt* statement, int parameter, const Argument& argument) {
  const std::string_view text = argument.text();
  // A null address would bind NULL, and an empty text is not NULL.
  const char* bytes = text.data() == nullptr ? "" : text.data();
  switch (argument.kind()) {
    case Argument::Kind::null: return sqlite3_bind_null(statement, parameter);
    case Argument::Kind::integer:
      return sqlite3_bind_int64(statement, parameter, argument.integer());
    case Argument::Kind::real: return sqlite3_bind_double(statement, parameter, argument.real());
    case Argument::Kind::text:
      return sqlite3_bind_text64(statement, parameter, bytes, text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    case Argument::Kind::blob:
      return sqlite3_bind_blob64(statement, parameter, bytes, text.size(), SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

// What the operator can do about it.
std::string advice(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL: return ". The disk is full: free some space; it goes on by itself";
    case SQLITE_IOERR:
      return ". The disk does not answer as it should: look at its space, at the limit of the size "
             "of files (ulimit -f), at whether it has become read-only, and at the system's log";
    case SQLITE_READONLY:
      return ". The database cannot be written: look at the rights of the file and its folder, and "
             "at the mount";
    case SQLITE_CANTOPEN:
      return ". Look at whether the folder exists and may be written, and at how many files may be "
             "open (ulimit -n)";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ". The database is damaged: stop, keep a copy of all its files, and restore the "
             "newest "
             "backup";
    default: return "";
  }
}

}  // namespace

void sqlite_fail(sqlite3* handle, std::string_view where) {
  const int code = sqlite3_extended_errcode(handle);
  throw Failure(std::string(sqlite3_errmsg(handle)) + " (" + std::to_string(code) +
                    "): " + std::string(where) + advice(code),
                kind_of(code));
}

SqliteConnection::SqliteConnection(const std::string& path,
                                   int flags,
                                   const char* pragmas,
                                   std::shared_ptr<std::atomic<std::uint64_t>> changes)
    : changes_(std::move(changes)) {
  // Nobody asks how much memory SQLite holds, and counting it takes a lock shared by all threads
  // for each allocation. It can only be said before SQLite is first used, so once.
  [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  try {
    if (sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
      sqlite_fail(handle_, "open " + path);
    sqlite3_extended_result_codes(handle_, 1);
    // Without it a statement whose plan looked at a value, as each does that could use an index of
    // some rows only, is compiled anew whenever that value is bound again.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    sqlite3_busy_timeout(handle_, 5000);
    script(pragmas);
    // Takes the place of SQLite's automatic checkpoint, which would run inside COMMIT.
    sqlite3_wal_hook(
        handle_,
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<SqliteConnection*>(self)->wal_pages_ = pages;
          return SQLITE_OK;
        },
        this);
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

SqliteConnection::~SqliteConnection() {
  for (auto& [address, statement] : statements_) sqlite3_finalize(statement.prepared);
  for (auto& [address, statement] : own_statements_) sqlite3_finalize(statement.prepared);
  sqlite3_close(handle_);
}

SqliteConnection::Statement SqliteConnection::prepare(std::string_view sql) const {
  Statement made;
  if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                         SQLITE_PREPARE_PERSISTENT, &made.prepared, nullptr) != SQLITE_OK)
    sqlite_fail(handle_, sql);
  const int count = sqlite3_bind_parameter_count(made.prepared);
  for (int parameter = 1; parameter <= count; ++parameter) {
    const char* name = sqlite3_bind_parameter_name(made.prepared, parameter);
    // Names are $1…$32: the literal's constructor has read them already.
    made.argument_of.push_back(static_cast<std::size_t>(std::stoi(name + 1)) - 1);
  }
  return made;
}

std::int64_t SqliteConnection::step(Statement& statement,
                                    std::string_view sql,
                                    std::span<const Argument> arguments,
                                    EachRow each) {
  // Whatever happens, the statement is left without bound memory of the caller's.
  struct Cleanup {
    Statement* statement;
    ~Cleanup() {
      sqlite3_reset(statement->prepared);
      sqlite3_clear_bindings(statement->prepared);
      statement->busy = false;
    }
  };
  const Cleanup cleanup{&statement};
  statement.busy = true;
  for (std::size_t i = 0; i < statement.argument_of.size(); ++i) {
    const std::size_t argument = statement.argument_of[i];
    CHECK(argument < arguments.size());
    if (bind(statement.prepared, static_cast<int>(i) + 1, arguments[argument]) != SQLITE_OK)
      sqlite_fail(handle_, sql);
  }
  const SqliteRow row(statement.prepared);
  int code = SQLITE_OK;
  while ((code = sqlite3_step(statement.prepared)) == SQLITE_ROW) each(row);
  if (code != SQLITE_DONE) sqlite_fail(handle_, sql);
  return sqlite3_stmt_readonly(statement.prepared) != 0 ? 0 : sqlite3_changes64(handle_);
}

std::int64_t SqliteConnection::run(std::string_view sql,
                                   std::span<const Argument> arguments,
                                   EachRow each) {
  if (failed_) throw Failure("an earlier statement of this transaction failed");
  try {
    Statement& kept = statements_[sql.data()];
    if (kept.prepared == nullptr) kept = prepare(sql);
    if (!kept.busy) return step(kept, sql, arguments, each);
    // The body of an each() asks the same question again.
    Statement second = prepare(sql);
    struct Finalize {
      sqlite3_stmt* prepared;
      ~Finalize() { sqlite3_finalize(prepared); }
    };
    const Finalize finalize{second.prepared};
    return step(second, sql, arguments, each);
  } catch (const Failure&) {
    failed_ = sqlite3_get_autocommit(handle_) == 0 || wall_.closed;
    throw;
  }
}

Posted SqliteConnection::post(std::string_view sql, std::span<const Argument> arguments) {
  return {.value = run(sql, arguments, EachRow(ignore_row))};
}

void SqliteConnection::script(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    sqlite_fail(handle_, sql.substr(0, 200));
}

std::int64_t SqliteConnection::own_number(std::string_view sql) {
  struct Own {
    Wall* wall;
    explicit Own(Wall* w) : wall(w) { wall->own = true; }
    ~Own() { wall->own = false; }
  };
  const Own own(&wall_);
  Statement& kept = own_statements_[sql.data()];
  if (kept.prepared == nullptr) kept = prepare(sql);
  std::int64_t number = 0;
  const auto take = [&](const Row& row) { number = row.integer(0); };
  step(kept, sql, {}, EachRow(take));
  return number;
}

void SqliteConnection::control(std::string_view sql) { own_number(sql); }

void SqliteConnection::begin_read() {
  if (changes_) changes_at_begin_ = changes_->load();
  control("BEGIN");
}

// SQLite tells each connection whether anybody else has written since it looked last. Whoever finds
// that first in a snapshot counts `changes_` up. The count is taken before the snapshot begins:
// when it has moved meanwhile, somebody else has seen a later state, and this snapshot has no
// version.
std::optional<std::uint64_t> SqliteConnection::version() {
  if (!changes_) return std::nullopt;
  const std::int64_t found = own_number("PRAGMA data_version");  // Begins the snapshot, too.
  if (found == data_version_) return changes_at_begin_;
  if (changes_->fetch_add(1) != changes_at_begin_) return std::nullopt;
  data_version_ = found;
  return ++changes_at_begin_;
}

void SqliteConnection::end_read() noexcept { rollback(); }

void SqliteConnection::begin_write() {
  given_ids().clear();
  control("BEGIN IMMEDIATE");
}

void SqliteConnection::commit() {
  if (failed_) throw Failure("a statement of this transaction failed");
  // SQLite rolls back by itself when the disk is full; there is nothing to commit then.
  if (sqlite3_get_autocommit(handle_) != 0) throw Failure("the transaction is gone");
  control("COMMIT");
}

void SqliteConnection::rollback() noexcept {
  try {
    if (sqlite3_get_autocommit(handle_) == 0) control("ROLLBACK");
  } catch (...) {
    // The next BEGIN will say what is wrong.
  }
  failed_ = false;
}

void SqliteConnection::savepoint() { control("SAVEPOINT job"); }

void SqliteConnection::release_savepoint() {
  if (failed_) throw Failure("a statement of this job failed");
  control("RELEASE job");
}

void SqliteConnection::rollback_to_savepoint() {
  given_ids().clear();
  control("ROLLBACK TO job");
  control("RELEASE job");
  failed_ = false;
}

std::int64_t SqliteConnection::mark() const { return sqlite3_total_changes64(handle_); }

std::int64_t SqliteConnection::changed_since(std::int64_t mark) {
  return sqlite3_total_changes64(handle_) - mark;
}

std::uint64_t SqliteConnection::tidy_up() {
  if (wal_pages_ < moved_pages_) moved_pages_ = 0;  // The log has begun anew.
  if (wal_pages_ - moved_pages_ < wal_pages_max) return 0;
  // Long reads may keep the log from beginning anew; then it is tried after as many pages again.
  sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  moved_pages_ = wal_pages_;
  return 2;  // The log, then the database.
}

}  // namespace ln::db
