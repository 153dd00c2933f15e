#include "core/ledger/ledger_verify.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "core/ledger/ledger_jobs_batch.h"
#include "core/ledger/ledger_late.h"
#include "core/ledger/ledger_origin.h"
#include "core/ledger/ledger_payload.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify_desk.h"
#include "engine/merkle/merkle_trunk.h"

namespace ln::ledger {
namespace {

constexpr std::int64_t rows_at_once = 10'000;

// A subject's chain, as far as it has been walked.
struct Chain {
  std::int64_t next_seq = 0;
  Hash last{};
  std::optional<CaseKey> key;
  std::optional<PublicKey> citizen;
  std::int64_t unopened = 0;  // id of the first entry that nothing opens; 0: all can be opened
  bool is_erased = false;
  bool is_over = false;       // nobody in an office has to do anything any more
  bool may_return = false;    // its sender could have it looked at again, for a while
  bool is_contested = false;  // which can be done once
  Instant over_at{};
};

template <class Array>
std::optional<Array> array_in(const db::Row& row, int column) {
  Array array;
  if (row.is_null(column)) return std::nullopt;
  const std::string_view bytes = row.view(column);
  if (bytes.size() != array.size()) return std::nullopt;
  std::ranges::copy(bytes, array.begin());
  return array;
}

class Check {
 public:
  Check(db::Read& read, const AuditOptions& options)
      : read_(&read),
        options_(&options),
        log_(log_of(read)),
        former_(former_logs(read)),
        desk_(options.beside) {}

  Audit run() {
    const std::int64_t all = leaf_count(*read_);
    next_head();
    check_head();
    for (bool more = true; more;) {
      const std::int64_t before = last_id_;
      read_rows();
      more = last_id_ > before;
      if (options_->progress) options_->progress(std::min(last_id_, all), all);
    }
    result_.leaves = static_cast<std::int64_t>(trunk_.size());
    walk_waiting();
    check_ends();
    check_erased();
    check_crowns();
    check_ticks();
    for (Fault& each : desk_.finish()) fault(each.id, std::move(each.what));
    std::ranges::stable_sort(result_.faults, {}, &Fault::id);
    return std::move(result_);
  }

 private:
  static std::optional<merkle::Verifier> log_of(db::Read& read) {
    const auto log = find_log(read);
    return log ? merkle::Verifier::parse(log->vkey) : std::nullopt;
  }

  void fault(std::int64_t id, std::string what) {
    if (result_.faults.size() < faults_max) result_.faults.push_back({id, std::move(what)});
  }

  void read_rows() {
    read_->each(
        "SELECT l.id, l.leaf, e.id, e.subject_kind, e.subject_id, e.seq, e.event, e.party, "
        "e.payload, s.commit_salt, s.case_key, s.is_dummy FROM ledger_leaf l "
        "LEFT JOIN ledger_entry e ON e.id = l.id LEFT JOIN ledger_secret s ON s.id = l.id "
        "WHERE l.id > $1 ORDER BY l.id LIMIT $2",
        [this](const db::Row& row) { walk(row); }, last_id_, rows_at_once);
  }

  void walk(const db::Row& row) {
    last_id_ = row.integer(0);
    if (last_id_ != static_cast<std::int64_t>(trunk_.size()) + 1)
      fault(last_id_, "a leaf before it is missing");
    const std::string_view leaf = row.view(1);
    const Hash leaf_hash = merkle::hash_leaf(as_bytes(leaf));
    trunk_.append(leaf_hash, [&](unsigned level, std::uint64_t n, std::string_view bytes) {
      crowns_.emplace(std::pair(level, n), merkle::sha256(as_bytes(bytes)));
    });
    check_head();
    const bool is_fact = !row.is_null(2) && row.view(6) == to_text(Event::announced);
    if (!is_fact && !merkle::is_case_leaf(leaf)) fault(last_id_, "a leaf of no known form");
    if (row.is_null(2)) return fault(last_id_, "a leaf without an entry");
    ++result_.entries;
    if (is_fact) return check_fact(row, leaf, leaf_hash);
    if (!row.is_null(11) && row.integer(11) == 1) check_dummy(row);
    go_on(row, leaf, leaf_hash);
  }

  void go_on(const db::Row& row, std::string_view leaf, const Hash& leaf_hash) {
    Chain& chain = chain_of(row.view(3), row.integer(4));
    check_entry(row, leaf, chain);
    chain.next_seq = row.integer(5) + 1;
    chain.last = leaf_hash;
  }

  // Nearly all entries are of one kind, so that its name is compared and not looked for.
  Chain& chain_of(std::string_view kind, std::int64_t id) {
    if (last_chains_ == nullptr || last_chains_->first != kind)
      last_chains_ = &*chains_.try_emplace(std::string(kind)).first;
    return last_chains_->second[id];
  }

  // What is said to everybody stands in the leaf itself: there is nothing to open.
  void check_fact(const db::Row& row, std::string_view leaf, const Hash& leaf_hash) {
    Chain& chain = chain_of(row.view(3), row.integer(4));
    if (!is_public_leaf(leaf, row.view(8)))
      fault(last_id_, "the leaf is not the public fact of its entry");
    const auto fact = parse_fact(row.view(8));
    if (fact && subject_of(fact->index()) != Subject{row.text(3), row.integer(4)})
      fault(last_id_, "a public fact in the chain of another kind");
    if (row.integer(5) != chain.next_seq) fault(last_id_, "a public fact is missing before it");
    const auto* origin = fact ? std::get_if<OriginFact>(&*fact) : nullptr;
    if (origin != nullptr && origin->kept != last_id_ - 1)
      fault(last_id_, "a log that begins at another place than it says");
    ++result_.facts;
    chain.next_seq = row.integer(5) + 1;
    chain.last = leaf_hash;
  }

  // Whoever gets into the table must not be able to call the line of a case a dummy.
  void check_dummy(const db::Row& row) {
    ++result_.dummies;
    const auto key = array_in<CaseKey>(row, 10);
    const auto salt = array_in<merkle::Salt>(row, 9);
    if (!key || !salt || *salt != dummy_salt(*key) || row.integer(5) != 0)
      fault(last_id_, "it is called a dummy and is none");
  }

  // What waits for the batch of its hour goes on where the log has ended.
  void walk_waiting() {
    read_->each(
        "SELECT id, leaf, id, subject_kind, subject_id, seq, event, party, payload, commit_salt, "
        "case_key FROM ledger_waiting ORDER BY subject_kind, subject_id, seq",
        [this](const db::Row& row) {
          last_id_ = -row.integer(0);
          ++result_.waiting;
          const std::string_view leaf = row.view(1);
          if (!merkle::is_case_leaf(leaf)) fault(last_id_, "a leaf of no known form");
          go_on(row, leaf, merkle::hash_leaf(as_bytes(leaf)));
        });
  }

  void check_entry(const db::Row& row, std::string_view leaf, Chain& chain) {
    const std::string_view payload = row.view(8);
    const PayloadTexts said = texts_in(payload);
    Claim claim{.id = last_id_, .seq = row.integer(5), .leaf = leaf, .payload = payload};
    if (claim.seq != chain.next_seq) fault(last_id_, "an event of its case is missing before it");
    if (said.k != row.view(6)) fault(last_id_, "the payload names another event");
    if (!said.prev || (claim.seq == 0 ? !said.prev->empty() : !is_hex_of(*said.prev, chain.last)))
      fault(last_id_, "the payload follows another leaf");
    if (!row.is_null(9) && row.view(9).size() == merkle::Salt{}.size()) claim.salt = row.view(9);
    if (auto key = array_in<CaseKey>(row, 10)) chain.key = key;
    if (claim.salt.empty()) ++result_.erased;
    if ((claim.salt.empty() || !chain.key) && chain.unopened == 0) chain.unopened = last_id_;
    if (chain.key) claim.key = &*chain.key;
    const auto citizen = chain.citizen;
    if (citizen) claim.citizen = &*citizen;
    const auto event = event_of(row.view(6));
    const auto party = party_of(row.view(7));
    if (!event || !party) return fault(last_id_, "an unknown word");
    if (chain.is_erased) fault(last_id_, "an event after its case was erased");
    check_right_to_erase(*event, *party, said, chain);
    chain.is_erased = chain.is_erased || *event == Event::erased;
    claim.must_be_signed =
        (claim.seq > 0 && needs_signature(*event, *party)) || said.sig.has_value();
    if (said.key)
      if (auto key = registered_in(payload)) chain.citizen = key;
    desk_.take(claim);
  }

  static Instant time_of(const PayloadTexts& said) {
    return said.t ? instant_of(*said.t).value_or(Instant{}) : Instant{};
  }

  // While a case runs only its sender may erase it: otherwise it would be the office's delete key.
  void check_right_to_erase(Event event, Party party, const PayloadTexts& said, Chain& chain) {
    switch (event) {
      case Event::closed:
      case Event::lapsed:
      case Event::declined:
      case Event::redirected:
        chain.is_over = true;
        chain.may_return =
            event == Event::lapsed || (event != Event::closed && !chain.is_contested);
        chain.over_at = time_of(said);
        return;
      case Event::rated:
      case Event::published:
      case Event::redacted:
      case Event::opened_identity:
      case Event::rekeyed: return;
      case Event::erased:
        // What a backup had brought back is erased again whatever it was doing then; that is
        // counted apart, in public.
        if (party == Party::citizen) return;
        if (said.reason == "replayed") {
          ++result_.replayed;
          return;
        }
        if (!chain.is_over)
          fault(last_id_, "an office erased a case that was not over");
        else if (chain.may_return && time_of(said) < chain.over_at + erasable_after)
          fault(last_id_, "an office erased a case that its sender could still bring back");
        return;
      case Event::contested: chain.is_contested = true; [[fallthrough]];
      default: chain.is_over = false;
    }
  }

  // Heads come in the order of their sizes, a few at a time.
  void next_head() {
    if (heads_at_ < heads_.size()) ++heads_at_;
    if (heads_at_ < heads_.size()) return;
    const std::int64_t after = heads_.empty() ? -1 : heads_.back().size;
    heads_ = read_->all(
        "SELECT size, root, note FROM ledger_head WHERE size > $1 ORDER BY size LIMIT $2",
        [](const db::Row& row) {
          return Head{row.integer(0), array_in<Hash>(row, 1).value_or(Hash{}), row.text(2), {}};
        },
        after, rows_at_once);
    heads_at_ = 0;
  }

  // The heads that were signed for this many leaves, if one was.
  void check_head() {
    const auto size = static_cast<std::int64_t>(trunk_.size());
    if (options_->second && static_cast<std::int64_t>(options_->second->size) == size) {
      second_found_ = true;
      if (options_->second->root != trunk_.edge().root())
        fault(0, "the head of " + std::to_string(size) + " in the second file has another root");
    }
    for (const Former& before : former_)
      if (static_cast<std::int64_t>(before.last.size) == size && size <= before.kept &&
          before.last.root != trunk_.edge().root())
        fault(0,
              "the last head of the log " + before.key.name + " is not of the leaves kept of it");
    // A head of fewer leaves than there are now was passed over: leaves are missing before it.
    while (heads_at_ < heads_.size() && heads_[heads_at_].size < size) next_head();
    if (heads_at_ >= heads_.size() || heads_[heads_at_].size != size) return;
    HeadClaim claim{heads_[heads_at_].note, size, trunk_.edge().root(),
                    log_ ? &signer_of(former_, size, *log_) : nullptr};
    if (heads_[heads_at_].root != claim.root)
      fault(0, "the head of " + std::to_string(size) + " has another root");
    last_head_ = size;
    ++result_.heads;
    desk_.take(std::move(claim));
    next_head();
  }

  void check_ends() {
    const bool is_behind = heads_at_ < heads_.size();
    if (last_head_ < 0 && !is_behind) {
      if (result_.leaves > 0) fault(0, "there is no signed head");
    } else if (last_head_ != result_.leaves || is_behind) {
      fault(0, "the last signed head is not of these leaves");
    }
    if (options_->second && !second_found_)
      fault(0, "the database is older than the second file, which has a head of " +
                   std::to_string(options_->second->size));
    // Each entry was met once, with its leaf.
    const auto entries = read_->one("SELECT COUNT(*) FROM ledger_entry",
                                    [](const db::Row& row) { return row.integer(0); });
    if (entries != result_.entries) fault(0, "entries without a leaf");
  }

  // An erasure is an event of its case, so that it cannot hide that a case was dropped or changed.
  void check_erased() {
    for (const auto& [kind, chains] : chains_)
      for (const auto& [id, chain] : chains)
        if (chain.unopened != 0 && !chain.is_erased)
          fault(chain.unopened, "what opens it is gone, and its case was never erased");
  }

  void check_crowns() {
    read_->each(
        "SELECT level, n, hashes FROM ledger_crown ORDER BY level, n", [&](const db::Row& row) {
          const std::string name = "crown " + std::to_string(row.integer(1)) + " of level " +
                                   std::to_string(row.integer(0));
          const auto made = crowns_.find(
              {static_cast<unsigned>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1))});
          if (made == crowns_.end()) return fault(0, name + " has no leaves");
          ++result_.crowns;
          if (merkle::sha256(as_bytes(row.view(2))) != made->second)
            fault(0, name + " is not of its leaves");
        });
    if (result_.crowns < static_cast<std::int64_t>(crowns_.size())) fault(0, "crowns are missing");
  }

  void check_ticks() {
    std::int64_t last = 0;
    read_->each(
        "SELECT t.size, h.size FROM ledger_tick t LEFT JOIN ledger_head h ON h.size = t.size "
        "ORDER BY t.at",
        [&](const db::Row& row) {
          ++result_.ticks;
          if (row.is_null(1)) fault(0, "a head was published that was never signed");
          if (row.integer(0) < last) fault(0, "a smaller head was published after a larger one");
          last = row.integer(0);
        });
  }

  db::Read* read_;
  const AuditOptions* options_;
  const std::optional<merkle::Verifier> log_;
  std::vector<Former> former_;
  Audit result_;
  VerifyDesk desk_;  // uses the keys of those above
  merkle::Trunk trunk_;
  std::int64_t last_id_ = 0;
  std::vector<Head> heads_;
  std::size_t heads_at_ = 0;
  std::int64_t last_head_ = -1;
  bool second_found_ = false;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> crowns_;  // of the bytes they must have
  std::map<std::string, std::unordered_map<std::int64_t, Chain>, std::less<>> chains_;
  decltype(chains_)::pointer last_chains_ = nullptr;
};

}  // namespace

Audit audit(db::Read& read, const AuditOptions& options) { return Check(read, options).run(); }

bool was_told(std::string_view payload, std::string_view body_salt, std::string_view text) {
  const auto told = text_in(payload, "body");
  if (!told) return text.empty();
  Salts salts;
  if (body_salt.size() != salts.body.size()) return false;
  std::ranges::copy(body_salt, salts.body.begin());
  return *told == std::string_view(to_hex(hash_body(salts, text)));
}

std::vector<Fault> verify_all(db::Read& read) { return audit(read, {}).faults; }

std::optional<Fault> check_leaves(db::Read& read) {
  if (auto fault = check_head(read)) return fault;
  merkle::Edge edge;
  bool is_whole = true;
  read.each("SELECT id, leaf FROM ledger_leaf ORDER BY id", [&](const db::Row& row) {
    is_whole = is_whole && row.integer(0) == static_cast<std::int64_t>(edge.size()) + 1;
    edge.append(merkle::hash_leaf(as_bytes(row.view(1))));
  });
  if (!is_whole) return Fault{0, "a leaf is missing"};
  const auto last = head(read);
  if (last && last->root != edge.root())
    return Fault{0, "the leaves are not those of the newest signed head"};
  return std::nullopt;
}

std::optional<Hash> root_at(db::Read& read, std::int64_t size) {
  merkle::Edge edge;
  read.each(
      "SELECT leaf FROM ledger_leaf WHERE id <= $1 ORDER BY id",
      [&](const db::Row& row) { edge.append(merkle::hash_leaf(as_bytes(row.view(0)))); }, size);
  if (static_cast<std::int64_t>(edge.size()) != size) return std::nullopt;
  return edge.root();
}

std::optional<Fault> check_head(db::Read& read) {
  const auto log = find_log(read);
  const auto last = head(read);
  const std::int64_t leaves = leaf_count(read);
  if (!log || !last) {
    if (leaves == 0) return std::nullopt;
    return Fault{0, "there are leaves and no signed head"};
  }
  const auto verifier = merkle::Verifier::parse(log->vkey);
  const auto opened = verifier ? merkle::open_checkpoint(last->note, *verifier) : std::nullopt;
  if (!opened) return Fault{0, "the newest head is not signed by this log"};
  if (static_cast<std::int64_t>(opened->size) != last->size || opened->root != last->root)
    return Fault{0, "the newest head is not what was signed"};
  if (last->size != leaves) return Fault{0, "the newest head is not of these leaves"};
  return std::nullopt;
}

}  // namespace ln::ledger
