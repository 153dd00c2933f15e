#include "core/ledger/ledger_verify_desk.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "engine/merkle/merkle_canonical.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_leaf.h"

namespace ln::ledger {
namespace {

constexpr std::size_t desk_rows = 512, desk_heads = 128, pages_max = 16;

}  // namespace

VerifyDesk::VerifyDesk(const Beside& beside) : beside_(beside) {}

// What was given away uses this object.
VerifyDesk::~VerifyDesk() {
  std::unique_lock lock(mutex_);
  waiting_.clear();
  done_.wait(lock, [&] { return running_ == 0; });
}

void VerifyDesk::take(const Claim& claim) {
  Row& row = open_.rows.emplace_back();
  row.id = claim.id;
  row.seq = claim.seq;
  row.at = open_.bytes.size();
  row.leaf_size = claim.leaf.size();
  row.payload_size = claim.payload.size();
  open_.bytes.append(claim.leaf).append(claim.payload);
  row.is_open = claim.key != nullptr && claim.salt.size() == row.salt.size();
  if (row.is_open) {
    row.key = *claim.key;
    std::ranges::copy(claim.salt, row.salt.begin());
  }
  row.must_be_signed = claim.must_be_signed;
  row.has_citizen = claim.citizen != nullptr;
  if (row.has_citizen) row.citizen = *claim.citizen;
  if (open_.rows.size() >= desk_rows) hand_over();
}

void VerifyDesk::take(HeadClaim claim) {
  open_.heads.push_back(std::move(claim));
  if (open_.heads.size() >= desk_heads) hand_over();
}

void VerifyDesk::hand_over() {
  if (!beside_) {
    check(open_);
    open_ = {};
    return;
  }
  bool is_full = false;
  {
    const std::scoped_lock lock(mutex_);
    waiting_.push_back(std::move(open_));
    open_ = {};
    if (!spare_.empty()) {
      open_ = std::move(spare_.back());
      spare_.pop_back();
    }
    is_full = waiting_.size() > pages_max;
    if (!is_full) ++running_;
  }
  if (is_full) {
    check_one_page();
    return;
  }
  beside_([this] {
    check_one_page();
    // Told under the lock: whoever waits may destroy this object as soon as it is free.
    const std::scoped_lock lock(mutex_);
    --running_;
    done_.notify_all();
  });
}

bool VerifyDesk::check_one_page() {
  Page page;
  {
    const std::scoped_lock lock(mutex_);
    if (waiting_.empty()) return false;
    page = std::move(waiting_.front());
    waiting_.pop_front();
  }
  check(page);
  page.bytes.clear();
  page.rows.clear();
  page.heads.clear();
  const std::scoped_lock lock(mutex_);
  spare_.push_back(std::move(page));
  return true;
}

std::vector<Fault> VerifyDesk::finish() {
  if (!open_.rows.empty() || !open_.heads.empty()) hand_over();
  while (check_one_page()) {
  }
  std::unique_lock lock(mutex_);
  done_.wait(lock, [&] { return running_ == 0; });
  return std::move(faults_);
}

void VerifyDesk::check(const Page& page) {
  std::vector<Fault> faults;
  for (const Row& row : page.rows) check_entry(row, page.bytes, faults);
  for (const HeadClaim& head : page.heads) check_head(head, faults);
  if (faults.empty()) return;
  const std::scoped_lock lock(mutex_);
  for (Fault& fault : faults)
    if (faults_.size() < faults_max) faults_.push_back(std::move(fault));
}

void VerifyDesk::check_entry(const Row& row, std::string_view bytes, std::vector<Fault>& faults) {
  const std::string_view leaf = bytes.substr(row.at, row.leaf_size);
  const std::string_view payload = bytes.substr(row.at + row.leaf_size, row.payload_size);
  if (row.is_open) {
    const Hash tag = merkle::tag_of(row.key, static_cast<std::uint32_t>(row.seq));
    const Leaf expected = merkle::make_leaf(tag, merkle::commit_to(row.salt, payload));
    if (leaf != as_text(expected))
      faults.push_back({row.id, "the leaf does not open to the entry"});
  }
  if (!merkle::is_canonical(payload))
    faults.push_back({row.id, "the payload is not canonical JSON"});
  if (row.must_be_signed && (!row.has_citizen || !is_signed_by(payload, row.citizen)))
    faults.push_back({row.id, "the citizen has not signed it"});
}

void VerifyDesk::check_head(const HeadClaim& claim, std::vector<Fault>& faults) {
  const std::string head = "the head of " + std::to_string(claim.size);
  const auto found =
      claim.by != nullptr ? merkle::open_checkpoint(claim.note, *claim.by) : std::nullopt;
  if (!found)
    faults.push_back({0, head + " is not signed by this log"});
  else if (found->size != static_cast<std::uint64_t>(claim.size) || found->root != claim.root)
    faults.push_back({0, head + " has another root"});
}

}  // namespace ln::ledger
