// PostgreSQL as an engine: where the city lives, how a connection is set up, and what becomes of
// the commands that SQLite has files for.
#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "platform/db/db_no_answer.h"
#include "platform/db/db_postgres.h"
#include "platform/db/db_postgres_loader.h"

namespace ln::db {
namespace {

constexpr int server_version_least = 14'00'00;

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};

bool is_schema_name(std::string_view name) {
  const auto fits = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= 63 && std::ranges::all_of(name, fits) &&
         !(name[0] >= '0' && name[0] <= '9') && !name.starts_with("pg_") &&
         name != "information_schema";
}

class PostgresEngine final : public Engine {
 public:
  explicit PostgresEngine(const Options& options) : options_(options), place_(place_of(options)) {
    place_.reach = std::make_shared<PostgresReach>(place_.keywords);
    place_.versions = std::make_shared<PostgresVersions>();
  }

  std::unique_ptr<EngineConnection> open_writer() override {
    return std::make_unique<PostgresConnection>(place_, PostgresConnection::Role::writer);
  }
  std::unique_ptr<EngineConnection> open_reader() override {
    auto made = std::make_unique<PostgresConnection>(place_, PostgresConnection::Role::reader);
    made->lock_down();
    return made;
  }
  std::string_view dialect() const override { return "postgresql"; }
  std::string text_index_sql(std::string_view name) const override {
    return postgres_text_index(name);
  }
  std::string translated(std::string sql) const override { return for_postgres(sql); }

  void copy_to(const std::string& path, const Progress& told) override {
    copy_from_postgres(options_, path, told);
  }
  void scrub() override;
  std::string schema() override {
    throw Failure("the schema of a PostgreSQL database is shown by pg_dump --schema-only");
  }

 private:
  Options options_;
  PostgresPlace place_;
};

// Deleted rows stay in the table's file until it is written anew. What was written ahead stays in
// the server's log, and in its archive, as long as the server is told to keep them.
void PostgresEngine::scrub() {
  PostgresConnection connection(place_, PostgresConnection::Role::writer);
  std::vector<std::string> tables;
  auto take = [&](const Row& row) { tables.push_back(row.text(0)); };
  const Argument arguments[] = {place_.schema};
  // The ledger's own tables only grow: there is nothing in them that was deleted.
  connection.run(
      "SELECT tablename FROM pg_tables WHERE schemaname = $1 AND tablename NOT IN "
      "('ledger_entry', 'ledger_leaf', 'ledger_head', 'ledger_crown', 'ledger_tick', "
      "'ledger_batch', 'ledger_sum') "
      "ORDER BY tablename",
      arguments, EachRow(take));
  connection.script("SET lock_timeout = '10s'");
  for (const std::string& table : tables) connection.script("VACUUM (FULL) " + quoted(table));
}

}  // namespace

// Nothing of the URL is repeated in a sentence: where it is written wrongly the password may stand
// anywhere in it.
PostgresPlace place_of(const Options& options) {
  PostgresPlace place{.keywords = {}, .schema = options.schema, .sync_full = options.sync_full};
  if (!is_schema_name(options.schema))
    throw Failure("a schema's name is small letters, digits and _, and begins with a letter");
  constexpr std::string_view hint =
      "the database is written like postgresql://user@host:5432/database; an @, : or / inside "
      "the password as %40, %3A or %2F";
  const bool is_url =
      options.url.starts_with("postgresql://") || options.url.starts_with("postgres://");
  char* ignored = nullptr;
  const std::unique_ptr<PQconninfoOption, FreeOptions> found(
      is_url ? PQconninfoParse(options.url.c_str(), &ignored) : nullptr);
  PQfreemem(ignored);
  if (found == nullptr) throw Failure(std::string(hint));
  for (const PQconninfoOption* each = found.get(); each->keyword != nullptr; ++each) {
    if (each->val == nullptr) continue;
    const std::string_view keyword = each->keyword, value = each->val;
    if (keyword == "host" && value.find('@') != std::string_view::npos)
      throw Failure(std::string(hint));
    place.keywords.emplace_back(keyword, value);
  }
  const auto unless_given = [&](const char* keyword, const char* value) {
    if (std::ranges::find(place.keywords, keyword, [](const auto& each) { return each.first; }) ==
        place.keywords.end())
      place.keywords.emplace_back(keyword, value);
  };
  // A server that vanishes is noticed within seconds, not within TCP's hours.
  unless_given("connect_timeout", "5");
  unless_given("keepalives_idle", "5");
  unless_given("keepalives_interval", "2");
  unless_given("keepalives_count", "3");
  unless_given("tcp_user_timeout", "10000");
  unless_given("application_name", ("langnghe " + options.schema).c_str());
  unless_given("client_encoding", "UTF8");
  return place;
}

std::string quoted(std::string_view name) { return '"' + std::string(name) + '"'; }

void PostgresConnection::open() {
  if (place_.reach->is_silent()) throw NoAnswer();
  if (place_.reach->is_away()) throw Failure("PostgreSQL cannot be reached", Failure::Kind::lost);
  std::vector<const char*> keywords, values;
  for (const auto& [keyword, value] : place_.keywords) {
    keywords.push_back(keyword.c_str());
    values.push_back(value.c_str());
  }
  keywords.push_back(nullptr);
  values.push_back(nullptr);
  const auto begun = std::chrono::steady_clock::now();
  connection_ = PQconnectdbParams(keywords.data(), values.data(), 0);
  statements_.clear();
  own_statements_.clear();
  gathered_.clear();
  waiting_.clear();
  expected_.clear();
  if (PQstatus(connection_) != CONNECTION_OK) {
    // libpq's sentences name host, port and user, never the password.
    const std::string why = PQerrorMessage(connection_);
    const bool refused = std::chrono::steady_clock::now() - begun < PostgresReach::refusal_max;
    close();
    place_.reach->found_away(!refused);
    if (!refused) throw NoAnswer();
    throw Failure("PostgreSQL cannot be reached: " + std::string(trimmed(why)),
                  Failure::Kind::lost);
  }
  if (place_.versions != nullptr) place_.versions->opened();
  try {
    configure();
  } catch (...) {
    close();
    throw;
  }
}

void PostgresConnection::configure() {
  PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
  PQsetnonblocking(connection_, 1);  // await() waits, and not for ever.
  if (PQserverVersion(connection_) < server_version_least)
    throw Failure("PostgreSQL 14 or newer is needed");
  if (std::string_view(PQparameterStatus(connection_, "server_encoding")) != "UTF8")
    throw Failure("the PostgreSQL database must be made with ENCODING 'UTF8'");
  PQenterPipelineMode(connection_);
  const std::string schema = quoted(place_.schema);
  std::string settings = "SET search_path = " + schema +
                         ", pg_temp; SET standard_conforming_strings = on; SET timezone = 'UTC'; "
                         "SET client_connection_check_interval = '5s'; SET jit = off; ";
  if (role_ == Role::reader)
    settings +=
        "SET default_transaction_isolation = 'repeatable read'; "
        "SET default_transaction_read_only = on; ";
  else
    settings +=
        place_.sync_full ? "SET synchronous_commit = on; " : "SET synchronous_commit = off; ";
  // A request that takes longer has gone wrong; a migration may take its time.
  if (closed_)
    settings += "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'; ";
  execute(settings);
  if (role_ != Role::writer || closed_) return;
  // Two nodes that start at once must not both make it, and who may not make one need not.
  execute("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = '" +
          place_.schema +
          "') THEN PERFORM pg_advisory_xact_lock(7021700); "
          "CREATE SCHEMA IF NOT EXISTS " +
          schema + "; END IF; END $$");
}

void PostgresConnection::execute(const std::string& sql) {
  sync();
  collect();
  if (PQexitPipelineMode(connection_) == 0) throw Failure("PostgreSQL's pipeline does not end");
  // As PQexec does, which waits for ever: the last answer counts.
  PostgresResult result;
  check_sent(PQsendQuery(connection_, sql.c_str()), "script");
  for (;;) {
    await();
    PostgresResult next(PQgetResult(connection_));
    if (next == nullptr) break;
    result = std::move(next);
    if (PQstatus(connection_) == CONNECTION_BAD) lose("script");
  }
  PQenterPipelineMode(connection_);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
    return;
  const char* message = PQresultErrorField(result.get(), PG_DIAG_MESSAGE_PRIMARY);
  throw Failure(std::string(message == nullptr ? "PostgreSQL failed" : message) + ": " +
                sql.substr(0, 200));
}

void PostgresConnection::lock_down() {
  if (role_ == Role::writer) learn_references();
  closed_ = true;
  statements_.clear();
  execute("SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'");
}

std::unique_ptr<Engine> make_postgres(const Options& options) {
  return std::make_unique<PostgresEngine>(options);
}

}  // namespace ln::db
