// The engine the tests run on: SQLite, or, with --engine=postgresql, a private PostgreSQL that the
// test binary starts for itself and ends. Every test database is then a schema of its own in it.
#pragma once

#include <string>
#include <vector>

#include "platform/db/db.h"

namespace ln::test {

bool is_on_postgres();

// `options` on the engine of this run. On PostgreSQL ":memory:" is a new schema, and a path a
// schema of its own, which is there again when the path is named again. Schemas go when the test
// case ends.
db::Options on_engine(db::Options options);

// Runs `sql` beside the program, as somebody with the database in their hands would, without the
// triggers. `path` is what on_engine was given; SQLite's triggers are those of the ledger.
void tamper(const std::string& path, const std::string& sql);

// A server of PostgreSQL for as long as this lives: a fresh folder, a socket in it, no network, an
// unprivileged user, nothing waits for the disk.
class PostgresServer {
 public:
  PostgresServer();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  std::string url() const;
  void end_connections();  // All of them, as an administrator would.
  void stop();             // At once, as a power cut would.
  void start();            // Again, on the same folder.
  // Stops all its processes where they are: it holds its connections and answers nothing.
  void freeze();
  void thaw();
  // Starts again with these settings ("fsync=on") over its usual ones.
  void configure(std::vector<std::string> settings);

 private:
  void signal_all(int signal) const;

  std::string folder_;
  std::vector<std::string> settings_;
  int process_ = 0;
  bool is_frozen_ = false;
};

// The one of this run. Only when is_on_postgres().
PostgresServer& postgres();

// What main() does before and after the tests.
void begin_engine(const std::string& name);
void end_engine();

}  // namespace ln::test
