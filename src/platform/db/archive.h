// Copies of a database that nobody serves from: backups, and the look from outside at a live one.
//
// A copy is one SQLite file, whichever engine the city runs on, so that a backup of one engine can
// be restored into the other and be read in fifty years by whatever reads SQLite then.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/db/db.h"

namespace ln::db {

// Told from time to time while something long goes on: how much of how much.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;

// Copies the database that `source` names into one file at `path`: one snapshot, which holds up
// neither the readers nor the writer of a server that runs on it. What was at `path` is replaced,
// and only by a complete and durable copy, readable by its owner alone. Throws Failure.
void copy_database(const Options& source, const std::string& path, const Progress& told = {});

// Fills the schema that `target` names, which must not be there yet, with the rows of the SQLite
// file at `path`. The migrations are those the file has seen. What one engine makes for itself, the
// text index, is empty afterwards. Throws Failure; then a part of it may be there.
void fill_schema(const std::string& path, const Options& target, const Progress& told = {});

// How a PostgreSQL server is set up, as far as a city depends on it.
struct ServerFacts {
  std::string version;        // "15.20"
  bool syncs = true;          // it waits for its disk, and can mend torn pages
  bool is_standby = false;    // it takes no writes
  bool has_standbys = false;  // COMMIT waits for another server too
  std::int64_t connections_left = 0;
  Instant now{};  // its clock
};

// A database file, or a schema of a server, opened for reading only. No migration is run and
// nothing is made.
class Archive {
 public:
  // Throws Failure when there is no database at `path`.
  explicit Archive(const std::string& path);
  // A place with a URL is a schema; one without is a file. Throws Failure when it is not there.
  explicit Archive(const Options& place);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // All reads of one call see one moment.
  template <class Body>
  auto read(Body&& body) -> std::invoke_result_t<Body, Read&> {
    const Moment moment(*this);
    return body(*moment.read);
  }

  // What the engine itself finds wrong with pages, indexes and references; empty when the file is
  // whole. Reads all of it.
  // A server looks after its own pages: there this says nothing.
  std::vector<std::string> faults();
  // Null for a file.
  std::optional<ServerFacts> server();
  // The program's migrations that the file has not seen. Throws Failure, with a sentence for the
  // operator, when it has seen one that this program does not know, or another text of one.
  std::vector<std::string> missing_migrations();

 private:
  struct Inside;
  struct Moment {
    explicit Moment(Archive& archive);
    ~Moment();
    Moment(const Moment&) = delete;
    Moment& operator=(const Moment&) = delete;
    Archive* archive;
    std::unique_ptr<Read> read;
  };
  std::unique_ptr<Inside> inside_;
};

}  // namespace ln::db
