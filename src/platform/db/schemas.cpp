#include "platform/db/schemas.h"

#include "platform/db/db_postgres.h"

namespace ln::db {
namespace {

// A connection for commands, in no schema's way.
std::unique_ptr<PostgresConnection> connect(const Options& options) {
  return std::make_unique<PostgresConnection>(place_of(options), PostgresConnection::Role::reader);
}

}  // namespace

std::string making_of(const std::string& schema) { return schema + "_making"; }

bool has_schema(const Options& options) {
  const auto connection = connect(options);
  bool found = false;
  auto take = [&](const Row& row) { found = row.integer(0) > 0; };
  const Argument arguments[] = {options.schema};
  connection->run("SELECT count(*) FROM pg_namespace WHERE nspname = $1", arguments, EachRow(take));
  return found;
}

void drop_making(const Options& options) {
  const auto connection = connect(options);
  connection->script("SET default_transaction_read_only = off");
  connection->script("DROP SCHEMA IF EXISTS " + quoted(making_of(options.schema)) + " CASCADE");
}

void bring_up_making(const Options& options) {
  const auto connection = connect(options);
  // What was written before without waiting reaches the disk with this, or this does not.
  connection->script("SET default_transaction_read_only = off; SET synchronous_commit = on");
  // So that the first readers are not answered by guesses.
  connection->script("ANALYZE");
  connection->script("ALTER SCHEMA " + quoted(making_of(options.schema)) + " RENAME TO " +
                     quoted(options.schema));
}

}  // namespace ln::db
