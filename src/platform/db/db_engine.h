// What an engine (SQLite, PostgreSQL) gives the Database: connections with
// transactions, and the few things whose dialect differs. Only platform/db includes this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/archive.h"
#include "platform/db/db.h"
#include "platform/db/recent.h"

namespace ln::db {

// A connection, used by one thread at a time. Every Connection of this program is one, so that Key
// may cast.
//
// After a statement failed inside a transaction every further one fails too, until it is rolled
// back (to the savepoint): PostgreSQL does so by itself, and a job that swallows a Failure must not
// mean different things on the two engines.
class EngineConnection : public Connection {
 public:
  virtual void begin_read() = 0;  // One snapshot for all reads until end_read().
  virtual void end_read() noexcept = 0;
  virtual void begin_write() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;  // Also when no transaction is open.
  virtual void savepoint() = 0;
  virtual void release_savepoint() = 0;
  virtual void rollback_to_savepoint() = 0;
  // The last ids that were given out in this transaction, by table (platform/db/ids.h). Forgotten
  // when it begins or a part of it is undone: other nodes give out ids between our transactions.
  std::map<std::string_view, std::int64_t>& given_ids() { return given_ids_; }
  // Waits for what was posted. Throws what went wrong with it.
  virtual void settle() = 0;
  // A place in the running transaction, and how many rows were changed since: what tells whether a
  // job has written.
  virtual std::int64_t mark() const = 0;
  virtual std::int64_t changed_since(std::int64_t mark) = 0;
  // The connection broke. Nothing can be asked of it until it is opened anew, which throws Failure
  // (lost) when the server is not there.
  virtual bool is_lost() const = 0;
  virtual void reopen() = 0;
  // Between batches: housekeeping that may take a moment. Returns how often it waited for the disk.
  virtual std::uint64_t tidy_up() = 0;

  // What version_of() promises, for the snapshot begin_read() begins. Engines that cannot tell
  // leave it as it is.
  virtual std::optional<std::uint64_t> version() { return std::nullopt; }

  // From here on the connection refuses what no request may do: change the schema, change or
  // delete rows of the append-only tables, end the transaction it runs in.
  virtual void lock_down() = 0;
  virtual void allow_erasure(bool allowed) = 0;

  virtual void text_put(std::string_view index,
                        std::int64_t id,
                        std::string_view marked,
                        std::string_view folded) = 0;
  virtual void text_remove(std::string_view index, std::int64_t id) = 0;
  virtual void text_optimize(std::string_view index) = 0;
  struct TextQuery {
    TextIndex::Form form;
    std::span<const std::string> words;
    std::int64_t before;
    std::size_t limit;
    bool is_beginning;  // the last word may go on
  };
  virtual std::vector<std::int64_t> text_find(std::string_view index, const TextQuery& query) = 0;

  // What the Database remembers (platform/db/recent.h); only readers are told from it.
  std::shared_ptr<Recents> recents;
  bool remembers = false;

 private:
  std::map<std::string_view, std::int64_t> given_ids_;
};

class Engine {
 public:
  virtual ~Engine() = default;
  // The one connection that writes; the database is created when it does not exist.
  virtual std::unique_ptr<EngineConnection> open_writer() = 0;
  virtual std::unique_ptr<EngineConnection> open_reader() = 0;
  virtual std::string_view dialect() const = 0;  // The word behind `-- only` in migrations.
  virtual std::string text_index_sql(std::string_view name) const = 0;
  // A migration, written for SQLite's strict tables, in this engine's words.
  virtual std::string translated(std::string sql) const = 0;
  virtual void copy_to(const std::string& path, const Progress& told) = 0;
  virtual void scrub() = 0;
  virtual std::string schema() = 0;
};

// The engine that `options` name. Throws Failure when the URL is not understood.
std::unique_ptr<Engine> make_engine(const Options& options);
std::unique_ptr<Engine> make_sqlite(const Options& options);
std::unique_ptr<Engine> make_postgres(const Options& options);

// copy_database() for a city on PostgreSQL.
void copy_from_postgres(const Options& source, const std::string& path, const Progress& told);

struct Key {
  static EngineConnection& connection(Read& read) {
    return static_cast<EngineConnection&>(*read.connection_);
  }
};

}  // namespace ln::db
