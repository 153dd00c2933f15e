// Copies of a database that nobody serves from: backups, and the look from outside at a live one.
//
// A copy is one SQLite file, whichever engine the city runs on, so that a backup of one engine can
// be restored into the other and be read in fifty years by whatever reads SQLite then.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
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

// A database file, opened for reading only. No migration is run and nothing is made.
class Archive {
 public:
  // Throws Failure when there is no database at `path`.
  explicit Archive(const std::string& path);
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
  std::vector<std::string> faults();
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
