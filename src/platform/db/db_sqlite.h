// SQLite behind the face of the database. Only db_sqlite*.cpp include this.
#pragma once

#include <sqlite3.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/db_engine.h"

namespace ln::db {

// Throws what SQLite's last error on `handle` means; `where` is the statement or the task.
[[noreturn]] void sqlite_fail(sqlite3* handle, std::string_view where);

// For statements that answer no rows, or none that matter.
inline constexpr auto ignore_row = [](const Row&) {};

class SqliteConnection final : public EngineConnection {
 public:
  // `flags` are SQLITE_OPEN_…; `pragmas` are run before anything else.
  // `changes` counts, for all connections of one database together, how often one of them has
  // found it changed; null for a connection that is not asked for versions.
  SqliteConnection(const std::string& path,
                   int flags,
                   const char* pragmas,
                   std::shared_ptr<std::atomic<std::uint64_t>> changes = nullptr);
  ~SqliteConnection() override;
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  std::int64_t run(std::string_view sql,
                   std::span<const Argument> arguments,
                   EachRow each) override;
  Posted post(std::string_view sql, std::span<const Argument> arguments) override;
  std::int64_t changed(std::int64_t ticket) override { return ticket; }
  void script(const std::string& sql) override;

  void begin_read() override;
  std::optional<std::uint64_t> version() override;
  void end_read() noexcept override;
  void begin_write() override;
  void commit() override;
  void rollback() noexcept override;
  void savepoint() override;
  void release_savepoint() override;
  void rollback_to_savepoint() override;
  void settle() override {}
  std::int64_t mark() const override;
  std::int64_t changed_since(std::int64_t mark) override;
  bool is_lost() const override { return false; }
  void reopen() override {}
  std::uint64_t tidy_up() override;

  void lock_down() override;
  void allow_erasure(bool allowed) override;

  void text_put(std::string_view index,
                std::int64_t id,
                std::string_view marked,
                std::string_view folded) override;
  void text_remove(std::string_view index, std::int64_t id) override;
  void text_optimize(std::string_view index) override;
  std::vector<std::int64_t> text_find(std::string_view index, const TextQuery& query) override;

  sqlite3* handle() { return handle_; }

 private:
  struct Statement {
    sqlite3_stmt* prepared = nullptr;
    std::vector<std::size_t> argument_of;  // by parameter: which argument, from 0
    bool busy = false;                     // a row of it is being looked at
  };
  // What the wall (db_sqlite_wall.cpp) lets through.
  struct Wall {
    bool closed = false;   // requests use the connection
    bool own = false;      // the engine itself begins and ends a transaction
    bool erasure = false;  // an Erasure is alive
  };
  static int judge(
      void* wall, int action, const char* first, const char* second, const char*, const char*);

  Statement prepare(std::string_view sql) const;
  std::int64_t step(Statement& statement,
                    std::string_view sql,
                    std::span<const Argument> arguments,
                    EachRow each);
  void control(std::string_view sql);  // BEGIN, COMMIT and their like
  // As control(), for a statement of one number.
  std::int64_t own_number(std::string_view sql);

  sqlite3* handle_ = nullptr;
  std::unordered_map<const char*, Statement> statements_;  // by the address of the literal
  // Statements of control(), apart: the linker may give a job's literal the same address, and what
  // was prepared for us must not be run for it.
  std::unordered_map<const char*, Statement> own_statements_;
  Wall wall_;
  std::shared_ptr<std::atomic<std::uint64_t>> changes_;
  std::uint64_t changes_at_begin_ = 0;
  std::int64_t data_version_ = -1;  // as it was found last
  bool failed_ = false;             // a statement failed in the open transaction
  int moved_pages_ = 0;             // of the log that stood there when it was last moved
  int wal_pages_ = 0;               // in the write-ahead log after the last COMMIT
};

}  // namespace ln::db
