// The database, seen by the rest of the program.
//
// A function that takes Read& only reads. A function that takes Write& may write, runs inside one
// transaction, and is the only writer in the process while it runs. Which of the two a function
// takes is the first thing to look at in its signature.
//
// SQL is the portable dialect of docs/HACKING.md: parameters $1…$n, RETURNING, ON CONFLICT; times
// as milliseconds; the same text for every engine.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/tally.h"
#include "base/time.h"

namespace ln::db {

// The machine failed us: disk full, file corrupt, schema not as expected. Caught at the request
// and job boundaries and in main only.
class Failure : public std::runtime_error {
 public:
  // conflict: the server asks to run the transaction again. lost: the connection broke before
  // anything was committed. unknown: it broke during COMMIT; whether the batch is stored is not
  // known, and asking again with the same idempotency key tells.
  enum class Kind : std::uint8_t {
    other,
    constraint,
    busy,
    full,
    read_only,
    corrupt,
    conflict,
    lost,
    unknown
  };
  explicit Failure(const std::string& what, Kind kind = Kind::other)
      : std::runtime_error(what), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

// Bytes as opposed to text: a BLOB column. Borrows what it points to for the duration of the call.
struct Blob {
  std::span<const std::uint8_t> bytes;
};

// One bound argument. Borrows text and bytes for the duration of the call.
class Argument {
 public:
  enum class Kind : std::uint8_t { null, integer, real, text, blob };
  Argument(std::nullopt_t) {}
  Argument(std::integral auto value)
      : kind_(Kind::integer), integer_(static_cast<std::int64_t>(value)) {}
  Argument(double value) : kind_(Kind::real), real_(value) {}
  Argument(std::string_view value) : kind_(Kind::text), text_(value) {}
  Argument(const std::string& value) : Argument(std::string_view(value)) {}
  Argument(const char* value) : Argument(std::string_view(value)) {}
  Argument(Instant value) : Argument(to_ms(value)) {}
  // Days are stored as their number since 1970-01-01, so that they compare and add on both engines.
  Argument(Day value) : Argument(std::int64_t{value.time_since_epoch().count()}) {}
  Argument(Blob value)
      : kind_(Kind::blob),
        text_(reinterpret_cast<const char*>(value.bytes.data()), value.bytes.size()) {}
  template <class Table>
  Argument(Id<Table> id) : Argument(id.value) {}
  template <class T>
  Argument(const std::optional<T>& value) : Argument(value ? Argument(*value) : std::nullopt) {}

  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }
  double real() const { return real_; }
  std::string_view text() const { return text_; }

 private:
  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  double real_ = 0;
  std::string_view text_;
};

// How many arguments the SQL `text` takes: its parameters must be $1…$n without a gap. Throws in a
// constant expression, which is how the compiler is made to print the sentence.
constexpr std::size_t count_parameters(std::string_view text) {
  bool seen[33] = {};
  std::size_t highest = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '?') throw "parameters are written $1, $2, … so that both engines read them";
    if (text[i] == ';') throw "one statement at a time";
    if (text[i] != '$') continue;
    std::size_t number = 0;
    for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
      number = number * 10 + static_cast<std::size_t>(text[i] - '0');
    --i;
    if (number == 0 || number > 32) throw "parameters are $1 to $32";
    seen[number] = true;
    if (number > highest) highest = number;
  }
  if (quoted) throw "a quote is left open";
  for (std::size_t n = 1; n <= highest; ++n)
    if (!seen[n]) throw "a parameter number is missing";
  return highest;
}

// `INSERT OR …` and `REPLACE INTO` are one engine's words, and replacing deletes rows behind the
// back of the append-only walls.
constexpr bool is_portable(std::string_view text) {
  return text.find("INSERT OR ") == text.npos && text.find("REPLACE INTO") == text.npos;
}

// SQL text. Only a literal converts to it, and the literal has as many parameters as there are
// arguments; both are checked while compiling, so no statement is ever assembled from data.
template <class... Args>
class SqlFor {
 public:
  consteval SqlFor(const char* literal) : text(literal) {
    if (count_parameters(text) != sizeof...(Args)) throw "as many arguments as parameters";
    if (!is_portable(text)) throw "write ON CONFLICT, which both engines read";
  }
  std::string_view text;
};
template <class... Args>
using Sql = SqlFor<std::type_identity_t<Args>...>;

// The current row of a result. Views are valid until the next row. Reading a NULL, or a word where
// a number was asked for, throws Failure: ask is_null() or a maybe_…() first.
class Row {
 public:
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view view(int column) const = 0;  // text or blob

  std::string text(int column) const { return std::string(view(column)); }
  bool flag(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return from_ms(integer(column)); }
  Day day(int column) const { return Day(std::chrono::days(integer(column))); }
  template <class I>
  I id(int column) const {
    return I{integer(column)};
  }
  std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<Instant> maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
  std::optional<std::string> maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
  }

 protected:
  ~Row() = default;
};

// A borrowed function on rows: no allocation, valid during the call.
class EachRow {
 public:
  template <class Body>
  explicit EachRow(Body& body)
      : body_(&body), call_([](const void* b, const Row& row) {
          (*static_cast<Body*>(const_cast<void*>(b)))(row);  // As const as it was given.
        }) {}
  void operator()(const Row& row) const { call_(body_, row); }

 private:
  const void* body_;
  void (*call_)(const void*, const Row&);
};

// What became of a statement whose outcome nobody waits for: the number of rows it changed, or,
// while the engine has not answered, the ticket to ask for it with.
struct Posted {
  bool is_known = true;
  std::int64_t value = 0;
};

// One connection to one engine. Only platform/db implements and calls it.
class Connection {
 public:
  virtual ~Connection() = default;
  // Runs one statement; `sql` is a literal, so its address identifies it in the statement cache.
  // Returns the number of rows changed.
  virtual std::int64_t run(std::string_view sql,
                           std::span<const Argument> arguments,
                           EachRow each) = 0;
  // Runs a statement that returns no rows, perhaps later: together with the next run(), changed()
  // or COMMIT, which then throws what went wrong.
  virtual Posted post(std::string_view sql, std::span<const Argument> arguments) = 0;
  // The number of rows that what was posted under `ticket` in this transaction has changed.
  virtual std::int64_t changed(std::int64_t ticket) = 0;
  virtual void script(const std::string& sql) = 0;  // Many statements; migrations and pragmas.
};

// How many rows a statement changed: a number to whoever reads it. Over a network the statements
// whose number nobody reads travel together, so that a job of ten INSERTs waits once and not ten
// times. Read it inside the job or not at all.
class Changed {
 public:
  Changed(Connection& connection, Posted posted) : connection_(&connection), posted_(posted) {}
  operator std::int64_t() const {
    return posted_.is_known ? posted_.value : connection_->changed(posted_.value);
  }

 private:
  Connection* connection_;
  Posted posted_;
};

// Opens the connection behind a Read or Write; only platform/db knows what these are.
struct Key;
class EngineConnection;

class Read {
 public:
  explicit Read(Connection& connection) : connection_(&connection) {}
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;

  // The first row, mapped; null when there is none.
  template <class Map, class... Args>
  auto one(Sql<Args...> sql, Map map, const Args&... args)
      -> std::optional<std::invoke_result_t<Map, const Row&>> {
    std::optional<std::invoke_result_t<Map, const Row&>> found;
    auto take = [&](const Row& row) {
      if (!found) found.emplace(map(row));
    };
    run_sql(sql.text, EachRow(take), args...);
    return found;
  }

  template <class Map, class... Args>
  auto all(Sql<Args...> sql, Map map, const Args&... args)
      -> std::vector<std::invoke_result_t<Map, const Row&>> {
    std::vector<std::invoke_result_t<Map, const Row&>> rows;
    auto take = [&](const Row& row) { rows.push_back(map(row)); };
    run_sql(sql.text, EachRow(take), args...);
    return rows;
  }

  // Calls `body` with each row; for results too long to hold.
  template <class Body, class... Args>
  void each(Sql<Args...> sql, Body body, const Args&... args) {
    run_sql(sql.text, EachRow(body), args...);
  }

 protected:
  friend struct Key;
  template <class... Args>
  std::int64_t run_sql(std::string_view sql, EachRow each, const Args&... args) {
    const Argument bound[] = {Argument(args)..., Argument(std::nullopt)};
    return connection_->run(sql, {bound, sizeof...(args)}, each);
  }
  Connection* connection_;
};

class Write : public Read {
 public:
  explicit Write(Connection& connection, bool is_again = false)
      : Read(connection), is_again_(is_again) {}

  // The batch has failed once, and each of its jobs runs again by itself: perhaps because of what
  // this one drew at random, and it may take another draw.
  bool is_again() const { return is_again_; }

  // Gives back the number of rows changed. When nobody reads it the statement may run later, and
  // what goes wrong with it is thrown by a later one or fails the job at its end.
  template <class... Args>
  Changed run(Sql<Args...> sql, const Args&... args) {
    const Argument bound[] = {Argument(args)..., Argument(std::nullopt)};
    return {*connection_, connection_->post(sql.text, {bound, sizeof...(args)})};
  }

  // An INSERT, UPDATE or DELETE … RETURNING; the first row it returns, mapped. A refusal must come
  // before the first statement that changes a row (the writer CHECKs it), because the happy path
  // has no savepoints to undo a part of a batch. An UPDATE that found nothing to change has not
  // written, so `if (!save(…)) return conflict` is a fine refusal.
  template <class Map, class... Args>
  auto returning(Sql<Args...> sql, Map map, const Args&... args)
      -> std::optional<std::invoke_result_t<Map, const Row&>> {
    return one<Map, Args...>(sql, std::move(map), args...);
  }

 private:
  bool is_again_;
};

// What the before-commit hook made of a batch, opaque to the database: for us the signed head of
// the ledger. The same for all jobs of one batch; empty when no hook is installed or no leaf was
// added yet.
using Seal = std::shared_ptr<const std::string>;

// Installed by app before the first write. All of them run on the writer thread.
struct SealHook {
  // Inside the transaction, after the last job of the batch and before COMMIT. May write. May run
  // again for the same jobs when a batch is replayed. Throwing fails the whole batch.
  std::function<Seal(Write&)> before_commit;
  // After COMMIT and before anybody is answered. Throwing tells everybody of the batch that it
  // failed although it is stored; asking again with the same idempotency key then finds it.
  std::function<void()> after_commit;
  // The transaction was rolled back: forget what before_commit computed.
  std::function<void()> after_rollback;
};

// One job of a batch. `work` runs inside the transaction and may run more than once; it returns
// false when it refuses (then it must not have written). `done` runs exactly once, after COMMIT or
// after the failure; `failure` is null when the job is durable (or refused).
struct Job {
  std::function<bool(Write&)> work;
  std::function<void(std::exception_ptr failure, const Seal&)> done;
};

// One step of the schema: `name` is "0003_ledger", `sql` the file's text.
struct Migration {
  std::string name;
  std::string sql;
};

struct Options {
  // A file, or ":memory:": a private one in the temporary folder that never waits for the disk and
  // goes away with the Database. (SQLite's own memory databases have no snapshots for readers.)
  std::string path;
  // "postgresql://…": a PostgreSQL server instead of the file. Never printed: it may hold a
  // password.
  std::string url = {};
  std::string schema = "langnghe";  // where in that database the city lives; made when missing
  bool sync_full = true;
  std::size_t batch_max = 512;     // jobs in one transaction
  std::size_t queue_max = 65'536;  // jobs waiting; above it submit() refuses
  Instant now{};                   // what stands beside the migrations applied now
  // Instead of the program's own, which are schema/NNNN_name.sql. For tests of the migrations.
  std::vector<Migration> migrations = {};
};

// The permission to take content away from `ledger_secret`, which is closed to everything else
// (house rule: the log is append-only; salts and keys go only by a logged erasure). Made by
// Database::erase alone and alive during its body; what erases asks for one in its signature.
class Erasure {
 public:
  ~Erasure();
  Erasure(const Erasure&) = delete;
  Erasure& operator=(const Erasure&) = delete;

 private:
  friend class Database;
  explicit Erasure(Write& write);
  Write* write_;
};

// A database with its one writer thread and its pool of reading connections. Migrations run at
// construction. Thread-safe.
class Database {
 public:
  explicit Database(const Options& options);
  ~Database();  // Finishes what was submitted, then closes.
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void set_seal_hook(SealHook hook);

  // Queues a job for the writer. False when the queue is full or the database is closing; then
  // `done` will not be called.
  [[nodiscard]] bool submit(Job job);

  // Reads on a pooled connection, in one snapshot. `body` must not keep the Read&.
  template <class Body>
  auto read(Body&& body) -> std::invoke_result_t<Body, Read&> {
    const Lease lease(*this);
    return body(lease.read());
  }

  // Submits and waits: for jobs, commands and tests. `body` returns a Result; it is run as one job
  // and may run again. Throws Failure when the batch could not be committed.
  template <class Body>
  auto write(Body body) -> std::invoke_result_t<Body, Write&> {
    std::optional<std::invoke_result_t<Body, Write&>> result;
    write_and_wait([&](Write& write) {
      result.emplace(body(write));
      return result->ok();
    });
    return *std::move(result);
  }

  // As write(), for the erasure job alone: `body` takes (Write&, const Erasure&).
  template <class Body>
  auto erase(Body body) -> std::invoke_result_t<Body, Write&, const Erasure&> {
    std::optional<std::invoke_result_t<Body, Write&, const Erasure&>> result;
    write_and_wait([&](Write& write) {
      const Erasure erasure(write);
      result.emplace(body(write, erasure));
      return result->ok();
    });
    return *std::move(result);
  }

  // After an erasure: what was deleted is not readable in the database's files any more. Waits for
  // running reads; throws Failure (busy) when one does not end.
  void scrub();

  // Closes the reading connections that nobody has used since the last rest(): each holds a piece
  // of the file in memory, or a process of the server.
  void rest();

  // Copies the whole database into one file at `path`, consistent, while writing goes on. What was
  // at `path` is replaced, and only by a complete copy.
  void copy_to(const std::string& path);

  // The schema as the migrations made it, sorted by name: what stands in schema/schema.sql.
  std::string schema();

  // `replays` counts batches run a second time job by job, `syncs` how often the disk was waited
  // for, `waiting` the jobs in the queue now; `batch_jobs` is how many jobs shared a batch and
  // `commit_us` how long a COMMIT with changes took, in microseconds: mostly waiting for the disk.
  struct Counters {
    std::uint64_t batches = 0, jobs = 0, replays = 0, syncs = 0, waiting = 0;
    Spreading batch_jobs = {}, commit_us = {};
    std::uint64_t idle_readers = 0;  // connections kept open for the next readers
  };
  Counters counters() const;

 private:
  struct Inside;
  class Lease {
   public:
    explicit Lease(Database& database);
    ~Lease();
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Read& read() const { return *read_; }

   private:
    Database* database_;
    std::unique_ptr<EngineConnection> connection_;
    std::unique_ptr<Read> read_;
  };
  void write_and_wait(const std::function<bool(Write&)>& work);
  std::unique_ptr<Inside> inside_;
};

// Full-text search over one folded and one marked form of short texts; the dialect differs by
// engine, the face does not. Rows are identified by the id of what they index. A migration makes
// the table with: -- text index NAME (docs/HACKING.md). Queries are words; all must occur, the last
// one may be a beginning, unless it is long and stands whole somewhere. Newest (largest id) first.
class TextIndex {
 public:
  // `name` is a literal: the table's name, in small letters and underscores.
  consteval explicit TextIndex(const char* name) : name_(name) {
    for (const char* c = name; *c != '\0'; ++c)
      if (*c != '_' && (*c < 'a' || *c > 'z')) throw "a table's name is small letters and _";
  }
  // Replaces what stands under `id`.
  // `marked` is lower-cased NFC, `folded` is engine/text's search key of the same text.
  void put(Write& write, std::int64_t id, std::string_view marked, std::string_view folded) const;
  // Removes id; the words of the text do not survive in the index after the next optimize().
  void remove(Write& write, std::int64_t id) const;
  void optimize(Write& write) const;
  enum class Form : std::uint8_t { marked, folded };
  // Ids whose `form` matches all `words`, below `before`, at most `limit`, largest first.
  std::vector<std::int64_t> find(Read& read,
                                 Form form,
                                 std::span<const std::string> words,
                                 std::int64_t before,
                                 std::size_t limit) const;

 private:
  const char* name_;
};

}  // namespace ln::db
