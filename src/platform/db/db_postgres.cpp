#include "platform/db/db_postgres.h"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/check.h"
#include "platform/db/db_no_answer.h"

namespace ln::db {
namespace {

// So many statements may be under way before their answers are read.
constexpr std::size_t unanswered_max = 256;

// After so long without a byte it is asked whether the server is there at all.
constexpr std::chrono::seconds silence_suspicious{2};
// The server itself ends a request's statement after 30 seconds; one that is silent for longer than
// that has not, and waits for nothing of ours.
constexpr std::chrono::seconds silence_max{35};
constexpr int look_ms = 100;  // how often somebody who waits looks whether it was found away

// Every connection has one to ask, whether others share it or not.
PostgresPlace with_reach(PostgresPlace place) {
  if (place.reach == nullptr) place.reach = std::make_shared<PostgresReach>(place.keywords);
  return place;
}

// FNV-1a of the schema: every node of a city comes to the same number, and two cities in one
// database (almost) never do. Where they did they would only wait for each other.
std::int64_t lock_of(std::string_view schema) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
  for (const char c : schema) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100'0000'01B3;
  return static_cast<std::int64_t>(hash);
}

std::string_view state_of(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  return state == nullptr ? "" : state;
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html
Failure::Kind kind_of(std::string_view state) {
  if (state.starts_with("23")) return Failure::Kind::constraint;
  if (state == "40001" || state == "40P01") return Failure::Kind::conflict;
  if (state.starts_with("08") || state.starts_with("57P")) return Failure::Kind::lost;
  if (state == "55P03" || state == "57014" || state == "53300") return Failure::Kind::busy;
  if (state == "53100") return Failure::Kind::full;
  if (state == "25006") return Failure::Kind::read_only;
  if (state.starts_with("XX")) return Failure::Kind::corrupt;
  return Failure::Kind::other;
}

// Only the first line: the detail names the values of the row, which may be somebody's.
Failure failure_of(const PGresult* result, std::string_view where) {
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view state = state_of(result);
  return Failure(std::string(message == nullptr ? "PostgreSQL failed" : message) + " (" +
                     std::string(state) + "): " + std::string(where.substr(0, 400)),
                 kind_of(state));
}

bool is_error(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_NONFATAL_ERROR ||
         status == PGRES_BAD_RESPONSE;
}

}  // namespace

PostgresConnection::PostgresConnection(const PostgresPlace& place, Role role)
    : place_(with_reach(place)), role_(role) {
  open();
}

PostgresConnection::~PostgresConnection() { close(); }

void PostgresConnection::close() noexcept {
  if (connection_ != nullptr) PQfinish(connection_);
  connection_ = nullptr;
  expected_.clear();
  unanswered_ = 0;
}

void PostgresConnection::reopen() {
  close();
  open();
}

void PostgresConnection::lose(std::string_view where) {
  const Failure::Kind kind = committing_ ? Failure::Kind::unknown : Failure::Kind::lost;
  close();
  throw Failure(committing_ ? "the connection to PostgreSQL broke during COMMIT: whether it is "
                              "stored is not known"
                            : "the connection to PostgreSQL broke: " + std::string(where),
                kind);
}

void PostgresConnection::give_up_waiting() {
  if (committing_) lose("no answer");
  close();
  throw NoAnswer();
}

void PostgresConnection::await() {
  using Clock = std::chrono::steady_clock;
  auto heard_at = Clock::now(), asked_at = heard_at;
  for (;;) {
    const int left = PQflush(connection_);
    if (left < 0) lose("flush");
    if (left == 0 && PQisBusy(connection_) == 0) return;
    pollfd socket{PQsocket(connection_), POLLIN, 0};
    if (left > 0) socket.events |= POLLOUT;
    const int ready = ::poll(&socket, 1, look_ms);
    // What TLS has decrypted already is not seen by poll(). PQgetResult tells what is wrong.
    if ((ready > 0 || PQsslInUse(connection_) != 0) && PQconsumeInput(connection_) == 0) return;
    const auto now = Clock::now();
    if (ready > 0) heard_at = asked_at = now;
    if (now - heard_at < silence_suspicious) continue;
    if (place_.reach->is_silent() || (closed_ && now - heard_at > silence_max)) give_up_waiting();
    if (now - asked_at < silence_suspicious) continue;
    place_.reach->suspect();
    asked_at = now;
  }
}

void PostgresConnection::check_sent(int sent, std::string_view sql) {
  if (sent != 0) return;
  if (PQstatus(connection_) == CONNECTION_BAD) lose(sql);
  throw Failure("PostgreSQL's pipeline refuses: " + std::string(sql));
}

void PostgresConnection::refuse_after_failure() const {
  if (failed_) throw Failure("an earlier statement of this transaction failed");
  if (connection_ == nullptr) throw Failure("PostgreSQL is not connected", Failure::Kind::lost);
}

// Statements.

void PostgresConnection::forget(Statement& kept, std::string_view sql) {
  if (kept.name.empty()) return;
  const std::string command = "DEALLOCATE " + kept.name;
  check_sent(
      PQsendQueryParams(connection_, command.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1),
      sql);
  expected_.push_back({.kind = Expected::Kind::statement, .sql = "DEALLOCATE"});
  kept.name.clear();
}

void PostgresConnection::prepare(Statement& kept, std::string_view sql) {
  kept.name = "s" + std::to_string(++prepared_count_);
  check_sent(PQsendPrepare(connection_, kept.name.c_str(), sql.data(),
                           static_cast<int>(kept.types.size()), kept.types.data()),
             sql);
  expected_.push_back({.kind = Expected::Kind::prepared, .sql = sql, .statement = &kept});
}

PostgresConnection::Statement& PostgresConnection::known(std::string_view sql,
                                                         std::span<const Argument> arguments,
                                                         bool own) {
  Statement& kept = (own ? own_statements_ : statements_)[sql.data()];
  if (!own && !kept.is_allowed) {
    kept.needs_erasure = closed_ && needs_erasure(sql);
    kept.is_allowed = true;
  }
  if (kept.needs_erasure && !erasure_)
    throw Failure("only an erasure may do this: " + std::string(sql));
  // A NULL fits whatever type the statement was prepared with; it never decides one.
  bool fits = !kept.name.empty();
  for (std::size_t i = 0; i < arguments.size() && fits; ++i)
    fits = arguments[i].kind() == Argument::Kind::null || type_of(arguments[i]) == kept.types[i];
  if (fits) return kept;
  forget(kept, sql);
  kept.types.resize(arguments.size(), 0);
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (const unsigned type = type_of(arguments[i]); type != 0) kept.types[i] = type;
  prepare(kept, sql);
  return kept;
}

void PostgresConnection::send(std::string_view sql,
                              std::span<const Argument> arguments,
                              std::int64_t ticket,
                              bool own) {
  const PostgresArguments values(arguments);
  const Statement& kept = known(sql, arguments, own);
  check_sent(PQsendQueryPrepared(connection_, kept.name.c_str(), values.count(), values.values(),
                                 values.lengths(), values.formats(), 1),
             sql);
  expected_.push_back({.kind = Expected::Kind::statement, .sql = sql, .ticket = ticket});
}

void PostgresConnection::sync() {
  check_sent(PQpipelineSync(connection_), "sync");
  expected_.push_back({.kind = Expected::Kind::sync});
}

PostgresResult PostgresConnection::next_result() {
  // Between the answers of two statements stands one null; more of them mean that nothing comes.
  for (int nulls = 0; nulls < 3; ++nulls) {
    await();
    PostgresResult result(PQgetResult(connection_));
    if (result == nullptr) continue;
    if (is_error(result.get()) && (PQstatus(connection_) == CONNECTION_BAD ||
                                   kind_of(state_of(result.get())) == Failure::Kind::lost))
      lose("the server has gone away");
    return result;
  }
  lose("no answer");
}

void PostgresConnection::note(const Expected& expected, const PostgresResult& result) {
  const bool done = PQresultStatus(result.get()) == PGRES_COMMAND_OK ||
                    PQresultStatus(result.get()) == PGRES_TUPLES_OK;
  if (expected.kind == Expected::Kind::prepared && !done) expected.statement->name.clear();
  if (expected.ticket >= 0 && done)
    changed_[static_cast<std::size_t>(expected.ticket)] = changed_by(result.get());
}

// After an error the server reads on at the next sync only.
void PostgresConnection::fail_collecting(std::optional<Failure>& error,
                                         const PostgresResult& result) {
  if (!error) error = failure_of(result.get(), expected_.front().sql);
  const bool is_sync_coming = std::ranges::any_of(
      expected_, [](const Expected& each) { return each.kind == Expected::Kind::sync; });
  if (!is_sync_coming) sync();
}

PostgresResult PostgresConnection::collect(std::size_t left) {
  PostgresResult last;
  std::optional<Failure> error;
  while (expected_.size() > (error ? 0 : left)) {
    PostgresResult result = next_result();
    const Expected expected = expected_.front();
    if (is_error(result.get())) {
      fail_collecting(error, result);
      if (expected.kind == Expected::Kind::sync) continue;  // The sync itself is still to come.
    }
    note(expected, result);
    expected_.pop_front();
    if (expected.kind == Expected::Kind::statement) last = std::move(result);
  }
  unanswered_ = 0;
  if (error) throw *error;
  return last;
}

void PostgresConnection::begin_if_wanted() {
  open_ = true;
  if (!begin_wanted_) return;
  begin_wanted_ = false;
  control("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
  const Argument lock[] = {lock_of(place_.schema)};
  send("SELECT pg_advisory_xact_lock($1)", lock, -1, true);
}

PostgresResult PostgresConnection::ask(std::string_view sql,
                                       std::span<const Argument> arguments,
                                       bool own) {
  begin_if_wanted();
  send_gathered();
  std::int64_t ticket = -1;
  if (role_ == Role::writer) {
    ticket = mark();
    changed_.push_back(0);
  }
  send(sql, arguments, ticket, own);
  check_sent(PQsendFlushRequest(connection_), sql);
  return collect();
}

Posted PostgresConnection::post(std::string_view sql, std::span<const Argument> arguments) {
  refuse_after_failure();
  const std::int64_t ticket = mark();
  changed_.push_back(0);
  try {
    begin_if_wanted();
    if (Gathered* gathered = gathered_for(sql, arguments.size())) {
      gather(*gathered, arguments);
      // One row, or an error by which the whole transaction fails.
      changed_[static_cast<std::size_t>(ticket)] = 1;
    } else {
      send_gathered();
      send(sql, arguments, ticket, false);
      ++unanswered_;
    }
  } catch (const Failure&) {
    failed_ = true;
    throw;
  }
  if (unanswered_ >= unanswered_max) settle();
  return {.is_known = false, .value = ticket};
}

void PostgresConnection::settle() {
  if (expected_.empty() && waiting_.empty()) return;
  try {
    send_gathered();
    check_sent(PQsendFlushRequest(connection_), "flush");
    collect();
  } catch (const Failure&) {
    failed_ = true;
    throw;
  }
}

std::int64_t PostgresConnection::changed(std::int64_t ticket) {
  refuse_after_failure();
  settle();
  return changed_.at(static_cast<std::size_t>(ticket));
}

std::int64_t PostgresConnection::changed_since(std::int64_t mark) {
  if (!failed_) settle();
  std::int64_t sum = 0;
  for (std::size_t i = static_cast<std::size_t>(mark); i < changed_.size(); ++i) sum += changed_[i];
  return sum;
}

// Transactions.

void PostgresConnection::begin_read() {
  if (is_lost()) reopen();
  open_ = false;
  failed_ = false;
  has_version_ = false;
}

void PostgresConnection::end_read() noexcept {
  try {
    // The sync ends the pipeline's transaction. Its answer is read before the next one's.
    if (connection_ != nullptr && open_) sync();
  } catch (...) {
    close();
  }
  open_ = false;
  failed_ = false;
}

void PostgresConnection::begin_write() {
  CHECK(expected_.empty());
  changed_.clear();
  drop_gathered();
  given_ids().clear();
  begin_wanted_ = true;
  open_ = false;
  failed_ = false;
}

void PostgresConnection::commit() {
  if (failed_) throw Failure("a statement of this transaction failed");
  if (begin_wanted_) {  // Nothing was asked of it.
    begin_wanted_ = false;
    return;
  }
  struct Committing {
    bool* flag;
    explicit Committing(bool& to_set) : flag(&to_set) { *flag = true; }
    ~Committing() { *flag = false; }
  };
  send_gathered();
  const Committing committing(committing_);
  control("COMMIT");
  sync();
  const PostgresResult result = collect();
  if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
    throw Failure("the transaction is gone");
  open_ = false;
}

void PostgresConnection::rollback() noexcept {
  begin_wanted_ = false;
  drop_gathered();
  try {
    if (connection_ != nullptr && open_) settle();
  } catch (...) {
    // What was under way has failed, and is rolled back.
  }
  try {
    if (connection_ != nullptr && open_) {
      control("ROLLBACK");
      sync();
      collect();
    }
  } catch (...) {
    close();  // Then the server rolls back.
  }
  open_ = false;
  failed_ = false;
  erasure_ = false;
}

void PostgresConnection::savepoint() {
  begin_if_wanted();
  send_gathered();
  control("SAVEPOINT job");
}

void PostgresConnection::release_savepoint() {
  refuse_after_failure();
  settle();
  control("RELEASE SAVEPOINT job");
}

void PostgresConnection::rollback_to_savepoint() {
  given_ids().clear();
  drop_gathered();
  try {
    settle();
  } catch (const Failure&) {
    // It is undone now.
  }
  failed_ = false;
  refuse_after_failure();
  control("ROLLBACK TO SAVEPOINT job");
  control("RELEASE SAVEPOINT job");
  settle();
}

void PostgresConnection::script(const std::string& sql) {
  begin_if_wanted();
  settle();
  execute(sql);
}

}  // namespace ln::db
