// Seals each batch with one signed head of the tree.
//
// app opens the Sealer at start, before anything is written. The new leaves of a batch are hashed
// into the trunk of the tree, which is kept in memory; the head is signed and stored in the same
// transaction, with the crowns it completes; after COMMIT and before anybody is answered it is
// written to the second file too.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/ledger/ledger_files.h"
#include "core/ledger/ledger_store.h"
#include "engine/merkle/merkle_trunk.h"
#include "platform/db/db.h"

namespace ln::ledger {

struct SealerOptions {
  std::string origin;       // name of the log: the site's address without https://, plus a path
  std::string key_path;     // made on the first start; empty (tests): a key that is not kept
  std::string second_path;  // on another disk than the database; empty (tests): none
  std::function<Instant()> clock;  // app's; heads bear the time at which they were signed
};

// Used by the writer thread alone once it is open. Outlives the database: destroy that first.
class Sealer {
 public:
  // Builds the trunk from the stored tree, compares it with the last signed head and the second
  // file, and installs itself as the database's seal hook. What is signed from then on continues
  // what was signed before, whatever happened to older leaves; those are compared by the self-check
  // (ledger_verify.h). Throws db::Failure, with a sentence that says what to do, when
  //   the key is missing or another one than the log began with;
  //   leaves are missing at the end, or the tree has another root than the last signed head;
  //   the database is behind the second file (a restored backup: going on would sign a fork) or
  //   disagrees with it.
  // A database ahead of the second file is fine: the program stopped between the two.
  // As long as it is open, promises of this log can be signed too (ledger_promise.h).
  static std::unique_ptr<Sealer> open(db::Database& database,
                                      SealerOptions options,
                                      Random& random);
  ~Sealer();
  Sealer(const Sealer&) = delete;
  Sealer& operator=(const Sealer&) = delete;

  const merkle::Verifier& verifier() const { return signer_.verifier(); }
  // The last head in the second file; null when there is no such file. Thread-safe. Throws
  // db::Failure as SecondFile::last.
  std::optional<merkle::Checkpoint> second_head() const;
  // How often the second file was waited for, and how often it could not be written.
  std::uint64_t second_syncs() const { return second_syncs_; }
  std::uint64_t second_failures() const { return second_failures_; }

 private:
  // The tree after a batch that may still be rolled back.
  struct Pending {
    merkle::Trunk trunk;
    db::Seal seal;
    Instant at;
  };

  Sealer(SealerOptions options, merkle::Signer signer);
  void rebuild(db::Read& read);
  void add_crowns(db::Database& database);
  void begin_log(db::Write& write, Instant now);
  // Other nodes of the city seal batches too, one after the other: whoever's turn it is goes on
  // where the last one ended. Throws when what they signed does not follow from what we know.
  void catch_up(db::Read& read);
  db::Seal sign_head(db::Write& write, Instant at, const merkle::Edge& edge);
  db::Seal before_commit(db::Write& write);
  void after_commit();

  SealerOptions options_;
  merkle::Signer signer_;
  std::string offer_;  // of promises, which end with the sealer
  std::unique_ptr<SecondFile> second_;
  merkle::Trunk trunk_;  // of what is committed
  db::Seal seal_;
  Instant sealed_at_{};
  std::optional<Pending> pending_;
  std::atomic<std::uint64_t> second_syncs_{0}, second_failures_{0};
};

}  // namespace ln::ledger
