// Reading on PostgreSQL: results too long to hold, and the numbers of snapshots.
#include <optional>

#include "platform/db/db_postgres.h"

namespace ln::db {

// A reader's statement without a LIMIT may return all there is, and libpq would hold all of it
// before the first row is seen. A job's statements stay whole: it posts others between its rows.
bool PostgresConnection::is_long(std::string_view sql) const {
  return role_ == Role::reader && sql.find("LIMIT") == std::string_view::npos;
}

// While it lives, further rows of its stream may come. A statement that is asked for meanwhile sets
// them aside, so that its own can follow.
class PostgresConnection::Streaming {
 public:
  explicit Streaming(PostgresConnection& connection)
      : connection_(&connection), outer_(connection.stream_) {
    connection_->stream_ = &stream;
  }
  ~Streaming() {
    try {
      // Who looked at the rows has thrown: the others are still on their way.
      while (!stream.done && !connection_->is_lost() && !connection_->failed_) {
        connection_->pull(stream);
        stream.rows.clear();
      }
    } catch (...) {
      connection_->failed_ = true;
    }
    connection_->stream_ = outer_;
  }
  Streaming(const Streaming&) = delete;
  Streaming& operator=(const Streaming&) = delete;

  void give_to(EachRow each, std::string_view sql) {
    for (;;) {
      if (stream.rows.empty() && !stream.done) connection_->pull(stream);
      if (stream.rows.empty()) {
        if (stream.done) return;
        continue;
      }
      const PostgresResult result = std::move(stream.rows.front());
      stream.rows.pop_front();
      PostgresRow row(result.get(), sql);
      for (int i = 0; i < PQntuples(result.get()); ++i) {
        row.move_to(i);
        each(row);
      }
    }
  }

  Stream stream;

 private:
  PostgresConnection* connection_;
  Stream* outer_;
};

void PostgresConnection::ask_for(Stream& stream,
                                 std::string_view sql,
                                 std::span<const Argument> arguments) {
  begin_if_wanted();
  send(sql, arguments, -1, false);
  check_sent(PQsendFlushRequest(connection_), sql);
  // What was sent before is answered first; then the mode is chosen, before anything is read of
  // ours. The answers before end with a null, which may still be there. Where the mode is not
  // taken the rows come all at once, and are held.
  collect(1);
  if (PQsetSingleRowMode(connection_) == 0 && PQgetResult(connection_) == nullptr)
    PQsetSingleRowMode(connection_);
  pull(stream);
}

void PostgresConnection::pull(Stream& stream) {
  PostgresResult result = next_result();
  const ExecStatusType status = PQresultStatus(result.get());
  if (PQntuples(result.get()) > 0) stream.rows.push_back(std::move(result));
  if (status == PGRES_SINGLE_TUPLE) return;
  stream.done = true;
  std::optional<Failure> error;
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail_collecting(error, result);
  expected_.pop_front();
  if (!error) return;
  collect();
  throw *error;
}

void PostgresConnection::set_stream_aside() {
  if (stream_ == nullptr) return;
  while (!stream_->done) pull(*stream_);
}

template <class Asking>
auto PostgresConnection::ask_anew_if_lost(Asking asking) {
  const bool is_first = !open_;
  try {
    return asking();
  } catch (const Failure& failure) {
    // The server was restarted while the connection lay idle: nothing has been read yet.
    if (failure.kind() != Failure::Kind::lost || role_ != Role::reader || !is_first) throw;
  }
  reopen();
  return asking();
}

std::int64_t PostgresConnection::run(std::string_view sql,
                                     std::span<const Argument> arguments,
                                     EachRow each) {
  refuse_after_failure();
  try {
    set_stream_aside();
    if (is_long(sql)) {
      Streaming rows(*this);
      ask_anew_if_lost([&] { ask_for(rows.stream, sql, arguments); });
      rows.give_to(each, sql);
      return 0;
    }
    const PostgresResult result = ask_anew_if_lost([&] { return ask(sql, arguments); });
    PostgresRow row(result.get(), sql);
    for (int i = 0; i < PQntuples(result.get()); ++i) {
      row.move_to(i);
      each(row);
    }
    return changed_by(result.get());
  } catch (const Failure&) {
    failed_ = true;
    throw;
  }
}

// Snapshots.

std::optional<std::uint64_t> PostgresConnection::version() {
  if (role_ != Role::reader || place_.versions == nullptr) return std::nullopt;
  if (has_version_) return version_;
  refuse_after_failure();
  try {
    set_stream_aside();
    std::uint64_t openings = 0;
    const PostgresResult result = ask_anew_if_lost([&] {
      openings = place_.versions->openings();
      // A standby does not tell which of its transactions are under way.
      return ask(
          "SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE pg_current_snapshot()::text END", {},
          true);
    });
    version_ = place_.versions->number_of(PQgetvalue(result.get(), 0, 0), openings);
    has_version_ = true;
    return version_;
  } catch (const Failure&) {
    failed_ = true;
    throw;
  }
}

void PostgresVersions::opened() {
  const std::scoped_lock lock(mutex_);
  ++openings_;
  last_.clear();
}

std::uint64_t PostgresVersions::openings() const {
  const std::scoped_lock lock(mutex_);
  return openings_;
}

std::optional<std::uint64_t> PostgresVersions::number_of(std::string_view snapshot,
                                                         std::uint64_t openings) {
  const std::scoped_lock lock(mutex_);
  if (snapshot.empty() || openings != openings_) return std::nullopt;
  if (snapshot != last_) {
    last_ = snapshot;
    ++number_;
  }
  return number_;
}

}  // namespace ln::db
