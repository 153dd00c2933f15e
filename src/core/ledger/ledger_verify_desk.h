// The slow checks of an audit (hashes with keys, signatures), done beside the thread that reads.
// For ledger_verify.cpp only.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_note.h"

namespace ln::ledger {

// What is to be checked of one entry or head; what is not set is not checked.
struct Claim {
  std::int64_t id = 0;
  std::int64_t seq = 0;
  std::string leaf{}, payload{};
  std::optional<CaseKey> key{};
  std::optional<merkle::Salt> salt{};
  bool must_be_signed = false;
  std::optional<PublicKey> citizen{};
  // A head: the note, and what it must say.
  std::string note{};
  std::int64_t size = 0;
  Hash root{};
};

class VerifyDesk {
 public:
  // Without `beside` everything is checked in take().
  VerifyDesk(std::optional<merkle::Verifier> log, const Beside& beside);
  ~VerifyDesk();
  VerifyDesk(const VerifyDesk&) = delete;
  VerifyDesk& operator=(const VerifyDesk&) = delete;

  // Waits when the others are far behind.
  void take(Claim claim);
  // Waits for everything taken and gives what does not fit.
  std::vector<Fault> finish();

 private:
  using Claims = std::vector<Claim>;
  void hand_over();
  void check(const Claims& claims);
  void check_head(const Claim& claim, std::vector<Fault>& faults) const;
  static void check_entry(const Claim& claim, std::vector<Fault>& faults);

  const std::optional<merkle::Verifier> log_;
  const Beside& beside_;
  Claims open_;  // of the reading thread alone
  std::mutex mutex_;
  std::condition_variable done_;
  std::vector<Fault> faults_;  // guarded by mutex_, as is the next
  std::size_t running_ = 0;
};

}  // namespace ln::ledger
