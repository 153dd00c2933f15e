// Backups of a city: made while it is served, verified before they count, and put back so that the
// ledger cannot fork. docs/OPERATING.md says it to operators, docs/decisions to us.
//
//   TO/langnghe-KEY-20261124T071500Z.db         the database, one SQLite file, also when the city
//   is
//                                               on PostgreSQL; KEY is the log's
//   TO/langnghe-KEY-20261124T071500Z.db.sha256  as sha256sum writes it
//   DATA/backup                                 what the last one was, for doctor and /metrics
//
// The private key of the ledger is in none of them: it never changes, so it is copied once and kept
// apart. The second file is in none of them either: it is there to know that a backup is old.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/database.h"
#include "app/said.h"
#include "base/time.h"

namespace ln::app {

enum class BackupStage : std::uint8_t { copying, checking };
// How much of the stage is done, from 0 to 1; below 0: not known.
using BackupTold = std::function<void(BackupStage stage, double share)>;

struct BackupWish {
  std::string data;      // the city's folder; a server may run on it
  std::string to;        // made when it is not there
  std::size_t keep = 0;  // the newest of this log that stay; 0: all
  Instant now{};
  BackupTold told = {};
  std::string url = {};  // of a PostgreSQL server; empty: the file in the folder
  std::string schema = schema_default;
};

struct Backup {
  std::string path;
  std::int64_t size = 0;    // bytes
  std::int64_t leaves = 0;  // of the ledger
  std::string key_id = {};  // of the log
  Instant at{};
};

// The eight hex digits in the middle of a key as C2SP writes it, "name+1a2b3c4d+base64"; zeros when
// there is none. A name has no '+' in it, and base64 may have several.
std::string key_id_of(std::string_view vkey);

// Copies, verifies, gives it its name, removes what is over `keep`. Throws db::Failure or
// file::Failure; then nothing new is left and nothing old is gone.
Backup make_backup(const BackupWish& wish);

// Opens a backup, reads all of it, hashes the leaves against the signed head, compares the
// migrations and, when there is one, the file of its sum. Throws db::Failure with what is wrong.
Backup check_backup(const std::string& path, const BackupTold& told = {});

// The backups in `folder`, newest first, by their names.
std::vector<Backup> backups_in(const std::string& folder);
// What DATA/backup says; null when no backup was made or the file is unreadable.
std::optional<Backup> last_backup(const std::string& data);

struct RestoreWish {
  std::string from;                      // a backup, or a folder: its newest
  std::string data;                      // has no database yet
  std::optional<std::string> key = {};   // the ledger's key, unless it is in `data` already
  std::optional<std::string> head = {};  // the second file that survived, or a published checkpoint
  std::string second = {};               // where the second file is and will be; empty: as before
  bool is_last = false;                  // the operator says: nothing was received after the backup
  // The name of a log to begin over what the backup holds (ledger_origin.h); null: the log goes on.
  std::optional<std::string> new_origin = {};
  std::function<Instant()> clock;
  BackupTold told = {};
  // Where to: a schema of this server that is not there yet; empty: the file in `data`.
  std::string url = {};
  std::string schema = schema_default;
};
// What was restored. `vkey` is set when a log was begun under a new name: its public key, for
// witnesses; `lost` are the leaves that the old one had signed and the backup lacks.
struct RestoredCity {
  Backup backup;
  std::string vkey = {};
  std::string old_origin = {};
  std::int64_t lost = 0;
};
// Or why not, with what to do.
using Restored = std::variant<RestoredCity, Said>;

// Puts a backup into a folder, or a schema, and opens the city in it as serve would: what this
// returns can be served. Refuses to overwrite, and refuses what would sign a second history: a
// backup older than the newest head known, unless a log under a new name is begun over it, which
// gets a key of its own in a fresh folder. Throws db::Failure when the backup is damaged or the
// disk fails.
Restored restore(const RestoreWish& wish);

}  // namespace ln::app
