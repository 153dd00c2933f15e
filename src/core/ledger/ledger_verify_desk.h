// The slow checks of an audit (hashes with keys, signatures), shared between the thread that reads
// and those beside it. For ledger_verify.cpp only.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/ledger/ledger_verify.h"
#include "engine/merkle/merkle_note.h"

namespace ln::ledger {

// So many faults are told; an audit that finds more has said enough.
inline constexpr std::size_t faults_max = 100;

// What is to be checked of one entry; what is not set is not checked. Borrows for the call.
struct Claim {
  std::int64_t id = 0;
  std::int64_t seq = 0;
  std::string_view leaf{}, payload{};
  const CaseKey* key = nullptr;
  std::string_view salt{};  // 64 bytes or none
  bool must_be_signed = false;
  const PublicKey* citizen = nullptr;
};

// A head: the note, what it must say, and who must have signed it (null: nobody is known). The key
// outlives the desk.
struct HeadClaim {
  std::string note;
  std::int64_t size = 0;
  Hash root{};
  const merkle::Verifier* by = nullptr;
};

class VerifyDesk {
 public:
  // Without `beside` everything is checked in take().
  explicit VerifyDesk(const Beside& beside);
  ~VerifyDesk();
  VerifyDesk(const VerifyDesk&) = delete;
  VerifyDesk& operator=(const VerifyDesk&) = delete;

  // Copies what it borrows. Checks some itself when the others are behind, so that no thread waits
  // and memory stays bounded.
  void take(const Claim& claim);
  void take(HeadClaim claim);
  // Checks what is left together with the others, and gives what does not fit.
  std::vector<Fault> finish();

 private:
  // A thousand claims without a thousand allocations: their bytes stand one after the other in
  // `bytes`.
  struct Row {
    std::int64_t id = 0, seq = 0;
    std::size_t at = 0, leaf_size = 0, payload_size = 0;
    bool is_open = false;  // key and salt are known
    bool must_be_signed = false, has_citizen = false;
    CaseKey key{};
    merkle::Salt salt{};
    PublicKey citizen{};
  };
  struct Page {
    std::string bytes;
    std::vector<Row> rows;
    std::vector<HeadClaim> heads;
  };

  void hand_over();
  bool check_one_page();  // false: none is waiting
  void check(const Page& page);
  static void check_head(const HeadClaim& claim, std::vector<Fault>& faults);
  static void check_entry(const Row& row, std::string_view bytes, std::vector<Fault>& faults);

  const Beside& beside_;
  Page open_;  // of the reading thread alone
  std::mutex mutex_;
  std::condition_variable done_;
  std::deque<Page> waiting_;  // guarded by mutex_, as are the next
  std::vector<Page> spare_;
  std::vector<Fault> faults_;
  std::size_t running_ = 0;  // tasks that were given away and have not ended
};

}  // namespace ln::ledger
