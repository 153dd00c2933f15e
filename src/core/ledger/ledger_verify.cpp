#include "core/ledger/ledger_verify.h"

#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_store.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_edge.h"

namespace ln::ledger {
namespace {

constexpr std::size_t faults_max = 100;

// A subject's chain, as far as it has been walked.
struct Chain {
  std::int64_t next_seq = 0;
  Hash last{};
  std::optional<CaseKey> key;
  std::optional<PublicKey> citizen;
};

template <class Array>
std::optional<Array> to_array(const std::optional<std::string>& bytes) {
  Array array;
  if (!bytes || bytes->size() != array.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), array.begin());
  return array;
}

class Check {
 public:
  explicit Check(db::Read& read) : read_(&read) {}

  std::vector<Fault> run() {
    const auto log = find_log(*read_);
    log_ = log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
    for (Head& each :
         read_->all("SELECT size, note FROM ledger_head ORDER BY size",
                    [](const db::Row& row) { return Head{row.integer(0), {}, row.text(1), {}}; }))
      notes_.emplace(each.size, std::move(each.note));
    check_head();
    read_->each(
        "SELECT l.id, l.leaf, e.id, e.subject_kind, e.subject_id, e.seq, e.event, e.party, "
        "e.payload, s.commit_salt, s.case_key FROM ledger_leaf l "
        "LEFT JOIN ledger_entry e ON e.id = l.id LEFT JOIN ledger_secret s ON s.id = l.id "
        "ORDER BY l.id",
        [this](const db::Row& row) { walk(row); });
    if (!notes_.empty() && notes_.rbegin()->first != static_cast<std::int64_t>(edge_.size()))
      fault(0, "the last signed head is not of these leaves");
    if (notes_.empty() && edge_.size() > 0) fault(0, "there is no signed head");
    const auto lost = read_->one(
        "SELECT COUNT(*) FROM ledger_entry e "
        "WHERE NOT EXISTS (SELECT 1 FROM ledger_leaf l WHERE l.id = e.id)",
        [](const db::Row& row) { return row.integer(0); });
    if (lost.value_or(0) > 0) fault(0, "entries without a leaf");
    return std::move(faults_);
  }

 private:
  void fault(std::int64_t id, std::string what) {
    if (faults_.size() < faults_max) faults_.push_back({id, std::move(what)});
  }

  void walk(const db::Row& row) {
    const std::int64_t id = row.integer(0);
    if (id != static_cast<std::int64_t>(edge_.size()) + 1) fault(id, "a leaf before it is missing");
    const std::string leaf = row.text(1);
    const Hash leaf_hash = merkle::hash_leaf(as_bytes(leaf));
    edge_.append(leaf_hash);
    check_head();
    if (row.is_null(2)) {
      if (leaf.starts_with('\x01')) fault(id, "a case leaf without an entry");
      return;
    }
    Chain& chain = chains_[{row.text(3), row.integer(4)}];
    check_entry(id, leaf, row, chain);
    chain.next_seq = row.integer(5) + 1;
    chain.last = leaf_hash;
  }

  void check_entry(std::int64_t id, const std::string& leaf, const db::Row& row, Chain& chain) {
    const std::string payload = row.text(8);
    const std::int64_t seq = row.integer(5);
    if (seq != chain.next_seq) fault(id, "an event of its case is missing before it");
    if (text_in(payload, "k") != row.view(6)) fault(id, "the payload names another event");
    if (text_in(payload, "prev") != (seq == 0 ? "" : to_hex(chain.last)))
      fault(id, "the payload follows another leaf");
    if (auto key = to_array<CaseKey>(row.maybe_text(10))) chain.key = key;
    const auto salt = to_array<merkle::Salt>(row.maybe_text(9));
    if (salt && chain.key) {
      const Hash tag = merkle::tag_of(*chain.key, static_cast<std::uint32_t>(seq));
      const merkle::Leaf expected = merkle::make_leaf(tag, merkle::commit_to(*salt, payload));
      if (leaf != as_text(expected)) fault(id, "the leaf does not open to the entry");
    }
    const auto event = event_of(row.view(6));
    const auto party = party_of(row.view(7));
    if (!event || !party) return fault(id, "an unknown word");
    const bool must = seq > 0 && needs_signature(*event, *party);
    const bool has = text_in(payload, "sig").has_value();
    if ((must || has) && (!chain.citizen || !is_signed_by(payload, *chain.citizen)))
      fault(id, "the citizen has not signed it");
    if (auto key = registered_in(payload)) chain.citizen = key;
  }

  // The head that was signed for this many leaves, if one was.
  void check_head() {
    const auto found = notes_.find(static_cast<std::int64_t>(edge_.size()));
    if (found == notes_.end()) return;
    const auto signed_head = log_ ? merkle::open_checkpoint(found->second, *log_) : std::nullopt;
    if (!signed_head)
      fault(0, "the head of " + std::to_string(edge_.size()) + " is not signed by this log");
    else if (signed_head->size != edge_.size() || signed_head->root != edge_.root())
      fault(0, "the head of " + std::to_string(edge_.size()) + " has another root");
  }

  db::Read* read_;
  std::optional<merkle::Verifier> log_;
  std::map<std::int64_t, std::string> notes_;
  merkle::Edge edge_;
  std::map<std::pair<std::string, std::int64_t>, Chain> chains_;
  std::vector<Fault> faults_;
};

}  // namespace

std::vector<Fault> verify_all(db::Read& read) { return Check(read).run(); }

}  // namespace ln::ledger
