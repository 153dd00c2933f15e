// PostgreSQL behind the face of the database. Only db_postgres*.cpp include this.
//
// Everything goes through libpq's pipeline: statements are sent when an answer is needed, and what
// needs none travels with the next one that does. A read is one implicit transaction of the
// pipeline, which costs no BEGIN and no COMMIT; the writer's is an explicit one that begins with
// the schema's lock, so that the writers of all nodes come one after the other.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/db/db_engine.h"
#include "platform/db/db_postgres_gather.h"
#include "platform/db/db_postgres_reach.h"
#include "platform/db/db_postgres_row.h"

namespace ln::db {

// Numbers for the snapshots of a server: two that have the same hold the same.
//
// The name of a snapshot is what pg_current_snapshot() says: which transactions had ended when it
// was taken. Two with one name see the same rows, whoever wrote them. But after a crash the server
// gives out again the numbers of transactions that had left no trace on its disk, so names are
// compared only between connections that lived at the same time: each new connection makes a fresh
// start, and a server that has crashed has no old ones.
class PostgresVersions {
 public:
  void opened();
  // To be asked before the snapshot is taken.
  std::uint64_t openings() const;
  // Null when a connection was opened since.
  std::optional<std::uint64_t> number_of(std::string_view snapshot, std::uint64_t openings);

 private:
  mutable std::mutex mutex_;
  std::string last_;          // guarded by mutex_, as are the rest
  std::uint64_t number_ = 0;  // of `last_`
  std::uint64_t openings_ = 0;
};

// Where a city lives.
struct PostgresPlace {
  std::vector<std::pair<std::string, std::string>> keywords;  // of the URL; may hold a password
  std::string schema;
  bool sync_full = true;
  // Shared by the connections of one program; null: each has its own, which is not told to others.
  std::shared_ptr<PostgresReach> reach = nullptr;
  std::shared_ptr<PostgresVersions> versions = nullptr;  // likewise; null: snapshots have none
};

// Throws Failure, without repeating anything of the URL, when it or the schema is not understood.
PostgresPlace place_of(const Options& options);

// `name` in double quotes; names are checked by the engine already.
std::string quoted(std::string_view name);

// What the wall (db_postgres_wall.cpp) says of a statement. Throws Failure when no request may run
// it; returns whether only an erasure may.
bool needs_erasure(std::string_view sql);

class PostgresConnection final : public EngineConnection {
 public:
  enum class Role : std::uint8_t { writer, reader };
  // Throws Failure (lost) when the server is not there.
  PostgresConnection(const PostgresPlace& place, Role role);
  ~PostgresConnection() override;
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  std::int64_t run(std::string_view sql,
                   std::span<const Argument> arguments,
                   EachRow each) override;
  Posted post(std::string_view sql, std::span<const Argument> arguments) override;
  std::int64_t changed(std::int64_t ticket) override;
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
  void settle() override;
  std::int64_t mark() const override { return static_cast<std::int64_t>(changed_.size()); }
  std::int64_t changed_since(std::int64_t mark) override;
  bool is_lost() const override { return connection_ == nullptr; }
  void reopen() override;
  std::uint64_t tidy_up() override { return 0; }

  void lock_down() override;
  void allow_erasure(bool allowed) override;

  void text_put(std::string_view index,
                std::int64_t id,
                std::string_view marked,
                std::string_view folded) override;
  void text_remove(std::string_view index, std::int64_t id) override;
  void text_optimize(std::string_view index) override;
  std::vector<std::int64_t> text_find(std::string_view index, const TextQuery& query) override;

 private:
  struct Statement {
    std::string name;             // empty: the server does not have it
    std::vector<unsigned> types;  // by argument; 0: the server chose, for want of a value
    bool needs_erasure = false;
    bool is_allowed = false;  // the wall has been asked
  };
  // Rows of one INSERT that wait to be sent together.
  struct Gathered {
    static constexpr std::size_t rows_max = 32;
    struct Many {
      std::string sql;  // for 1, 2, 4, … rows
      Statement statement = {};
    };
    std::string_view sql = {}, beginning = {};
    std::unique_ptr<PostgresRows> rows = nullptr;  // null: this statement is sent by itself
    std::array<Many, 6> many = {};
  };
  using Statements = std::unordered_map<const char*, Statement>;  // by the literal's address
  // An answer that is still to come.
  struct Expected {
    enum class Kind : std::uint8_t { prepared, statement, sync };
    Kind kind;
    std::string_view sql = {};
    Statement* statement = nullptr;
    std::int64_t ticket = -1;  // whose number of changed rows it tells; -1: nobody's
  };

  // The rows of a statement that come one at a time.
  struct Stream {
    std::deque<PostgresResult> rows;  // that were received and not yet looked at
    bool done = false;                // no more will come
  };
  class Streaming;

  void open();
  void close() noexcept;
  void configure();
  void execute(const std::string& sql);  // outside the pipeline
  void refuse_after_failure() const;
  void begin_if_wanted();
  Statement& known(std::string_view sql, std::span<const Argument> arguments, bool own);
  void forget(Statement& kept, std::string_view sql);
  void prepare(Statement& kept, std::string_view sql);  // with its types
  void learn_references();
  // Null when the statement is not one that is gathered.
  Gathered* gathered_for(std::string_view sql, std::size_t columns);
  void gather(Gathered& gathered, std::span<const Argument> arguments);
  void send_gathered();
  void send_gathered(Gathered& gathered);
  void drop_gathered();
  void send(std::string_view sql,
            std::span<const Argument> arguments,
            std::int64_t ticket,
            bool own);
  void control(std::string_view sql) { send(sql, {}, -1, true); }
  void sync();
  // Waits for every answer that is expected but the last `left`; the last one of a statement.
  // Throws the first error.
  PostgresResult collect(std::size_t left = 0);
  void fail_collecting(std::optional<Failure>& error, const PostgresResult& result);
  PostgresResult next_result();
  // Sends what waits to be sent and comes back when PQgetResult has something to give. Throws
  // NoAnswer, or a Failure (unknown) during COMMIT, when the server says nothing any more.
  void await();
  void note(const Expected& expected, const PostgresResult& result);
  PostgresResult ask(std::string_view sql, std::span<const Argument> arguments, bool own = false);
  // Asks for rows one at a time, and waits for the first.
  void ask_for(Stream& stream, std::string_view sql, std::span<const Argument> arguments);
  void pull(Stream& stream);
  void set_stream_aside();
  // Runs `asking`, once more on a new connection when the one we have turns out to be dead and
  // nothing was read of it yet.
  template <class Asking>
  auto ask_anew_if_lost(Asking asking);
  bool is_long(std::string_view sql) const;
  [[noreturn]] void lose(std::string_view where);
  [[noreturn]] void give_up_waiting();
  void check_sent(int sent, std::string_view sql);

  const PostgresPlace place_;
  const Role role_;
  PGconn* connection_ = nullptr;  // null: lost
  Statements statements_;
  Statements own_statements_;  // apart: what is ours must not be let through for a job
  std::unordered_map<const char*, Gathered> gathered_;  // by the literal's address
  std::vector<Gathered*> waiting_;                      // those with rows, the oldest first
  std::set<std::string> referring_;                     // tables that references lead from or to
  std::deque<Expected> expected_;
  std::int64_t prepared_count_ = 0;
  std::vector<std::int64_t> changed_;  // rows, by ticket, of the running transaction
  std::size_t unanswered_ = 0;         // statements posted since the last answer
  bool begin_wanted_ = false;          // BEGIN goes out with the first statement
  bool open_ = false;                  // a statement of this read or transaction was sent
  bool failed_ = false;                // one of them failed
  bool committing_ = false;
  bool closed_ = false;  // requests use the connection
  bool erasure_ = false;
  Stream* stream_ = nullptr;  // whose rows are being looked at
  bool has_version_ = false;  // of the snapshot that is being read
  std::optional<std::uint64_t> version_;
};

}  // namespace ln::db
