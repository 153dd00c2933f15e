// An open city: its data folder, database, ledger and randomness. What `serve`, `sample` and the
// other commands stand on.
//
//   DIR/langnghe.db   the database        DIR/ledger.key   the log's private key (0600)
//   DIR/head          the second file: last signed head, compared at start; elsewhere when
//                     DIR/second says so (app/second_place.h)
//   DIR/lock          held by the one server that runs on the folder (serve)
//   DIR/form.key      marks the forms we gave out (serve)
// With a PostgreSQL server the database is there, and every node has a folder with the same
// ledger.key; the key of forms follows from it.
//   DIR/sample        there when the city is made up; pages say so
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/database.h"
#include "base/random.h"
#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_sealer.h"
#include "platform/db/db.h"

namespace ln::app {

struct CityOptions {
  std::string folder;
  std::string url = {};     // of a PostgreSQL server; empty: the file in the folder
  std::string second = {};  // place of the second file; empty: where it was until now
  std::string schema = schema_default;
  std::string origin = "langnghe.example/ledger";
  bool sync_full = true;  // false only for building a sample, which syncs once at the end
  std::function<Instant()> clock;
  std::chrono::minutes ledger_tick = ledger::tick_default;  // how often a head is published
};

// The name of the log that stands in this database; that of a new one when there is none. For
// commands on a city that is there, which would otherwise be taken for another.
std::string origin_of(const db::Options& place);

class City {
 public:
  // Opens or makes the folder and everything in it; runs migrations; builds the ledger's edge.
  // Throws db::Failure with a sentence that says what to do.
  explicit City(const CityOptions& options, Random& random);
  ~City();

  db::Database& database() { return *database_; }
  ledger::Sealer& sealer() { return *sealer_; }
  const std::string& folder() const { return folder_; }
  std::chrono::minutes ledger_tick() const { return ledger_tick_; }
  bool is_sample() const;
  bool is_on_server() const { return has_nodes_; }  // PostgreSQL
  // 32 bytes that mark the forms we gave out: kept over a restart, so that a form open meanwhile
  // still counts, and the same on every node. A folder that has a form.key keeps to it.
  std::string form_key(Random& random) const;

 private:
  std::string folder_;
  bool has_nodes_;  // there may be others beside us
  std::chrono::minutes ledger_tick_;
  std::unique_ptr<ledger::Sealer> sealer_;  // outlives the database's writer thread
  std::unique_ptr<db::Database> database_;
};

}  // namespace ln::app
