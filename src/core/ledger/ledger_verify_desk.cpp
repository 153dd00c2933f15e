#include "core/ledger/ledger_verify_desk.h"

#include <utility>

#include "base/text.h"
#include "engine/merkle/merkle_canonical.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_leaf.h"

namespace ln::ledger {
namespace {

constexpr std::size_t claims_at_once = 1'024, waiting_max = 16;
constexpr std::size_t faults_max = 100;

}  // namespace

VerifyDesk::VerifyDesk(std::optional<merkle::Verifier> log, const Beside& beside)
    : log_(std::move(log)), beside_(beside) {}

// What was handed over uses this object.
VerifyDesk::~VerifyDesk() {
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return running_ == 0; });
}

void VerifyDesk::take(Claim claim) {
  open_.push_back(std::move(claim));
  if (open_.size() >= claims_at_once) hand_over();
}

void VerifyDesk::hand_over() {
  Claims claims = std::exchange(open_, {});
  if (!beside_) return check(claims);
  {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return running_ < waiting_max; });
    ++running_;
  }
  beside_([this, claims = std::move(claims)] {
    check(claims);
    // Told under the lock: whoever waits may destroy this object as soon as it is free.
    const std::scoped_lock lock(mutex_);
    --running_;
    done_.notify_all();
  });
}

std::vector<Fault> VerifyDesk::finish() {
  if (!open_.empty()) hand_over();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return running_ == 0; });
  return std::move(faults_);
}

void VerifyDesk::check(const Claims& claims) {
  std::vector<Fault> faults;
  for (const Claim& claim : claims)
    if (claim.note.empty())
      check_entry(claim, faults);
    else
      check_head(claim, faults);
  if (faults.empty()) return;
  const std::scoped_lock lock(mutex_);
  for (Fault& fault : faults)
    if (faults_.size() < faults_max) faults_.push_back(std::move(fault));
}

void VerifyDesk::check_entry(const Claim& claim, std::vector<Fault>& faults) {
  if (claim.key && claim.salt) {
    const Hash tag = merkle::tag_of(*claim.key, static_cast<std::uint32_t>(claim.seq));
    const Leaf expected = merkle::make_leaf(tag, merkle::commit_to(*claim.salt, claim.payload));
    if (claim.leaf != as_text(expected))
      faults.push_back({claim.id, "the leaf does not open to the entry"});
  }
  if (!merkle::is_canonical(claim.payload))
    faults.push_back({claim.id, "the payload is not canonical JSON"});
  if (claim.must_be_signed && (!claim.citizen || !is_signed_by(claim.payload, *claim.citizen)))
    faults.push_back({claim.id, "the citizen has not signed it"});
}

void VerifyDesk::check_head(const Claim& claim, std::vector<Fault>& faults) const {
  const std::string head = "the head of " + std::to_string(claim.size);
  const auto found = log_ ? merkle::open_checkpoint(claim.note, *log_) : std::nullopt;
  if (!found)
    faults.push_back({0, head + " is not signed by this log"});
  else if (found->size != static_cast<std::uint64_t>(claim.size) || found->root != claim.root)
    faults.push_back({0, head + " has another root"});
}

}  // namespace ln::ledger
