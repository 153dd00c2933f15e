#include "core/ledger/ledger_store_tree.h"

#include <algorithm>
#include <array>
#include <functional>

#include "base/text.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_row.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_store_witness.h"

namespace ln::ledger {
namespace {

Hash crown_hash(const db::Row& row) {
  const auto hash = merkle::to_hash(row.view(0));
  if (!hash) corrupt("a crown of the ledger has the wrong length");
  return *hash;
}

std::vector<Hash> children_of(db::Read& read,
                              unsigned level,
                              std::uint64_t first,
                              std::size_t count) {
  auto hashes =
      level == 0 ? read.all(
                       "SELECT leaf FROM ledger_leaf WHERE id > $1 AND id <= $2 ORDER BY id",
                       [](const db::Row& row) { return merkle::hash_leaf(as_bytes(row.view(0))); },
                       first, first + count)
                 : read.all(
                       "SELECT substr(hashes, 1, 32) FROM ledger_crown "
                       "WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n",
                       crown_hash, static_cast<std::int64_t>(level), first, first + count);
  if (hashes.size() != count)
    corrupt((level == 0 ? "leaves" : "crowns") + std::string(" of the ledger are missing, from ") +
            std::to_string(first) + " on.");
  return hashes;
}

// Hashes that cost many rows: of subtrees in crowns that are not complete yet. Nothing a proof
// needs is more expensive, and the same few stand in every proof under one head. Such a hash never
// changes in one log, but the thread may read another log next; so they are hints only, and who
// takes them checks what comes of them against a signed root.
class Hints {
 public:
  const Hash* find(const merkle::Subtree& subtree) const {
    const Slot& slot = slots_[place(subtree)];
    return slot.is_set && slot.subtree == subtree ? &slot.hash : nullptr;
  }
  void keep(const merkle::Subtree& subtree, const Hash& hash) {
    slots_[place(subtree)] = {true, subtree, hash};
  }

 private:
  struct Slot {
    bool is_set = false;
    merkle::Subtree subtree;
    Hash hash;
  };
  static constexpr std::size_t count = 256;  // 12 KB for each thread
  static std::size_t place(const merkle::Subtree& subtree) {
    return (subtree.index * 31 + subtree.level) % count;
  }
  std::array<Slot, count> slots_;
};

// Reads the hashes of one proof: what stands in one row is read once.
class Nodes {
 public:
  explicit Nodes(db::Read& read, Hints* hints = nullptr) : read_(&read), hints_(hints) {}

  Hash operator()(const merkle::Subtree& subtree) {
    if (subtree.level <= nest_level) return in_nest(subtree);
    if (const auto place = merkle::crown_place(subtree))
      if (const auto hash = in_crown(*place)) return *hash;
    if (hints_ != nullptr)
      if (const Hash* hash = hints_->find(subtree)) return *hash;
    // Between two rows of roots, or in a crown that is not complete yet.
    const unsigned level = (subtree.level - 1) / 8;
    const unsigned height = subtree.level - 8 * level;
    const Hash hash =
        merkle::join(children_of(*read_, level, subtree.index << height, std::size_t{1} << height));
    if (hints_ != nullptr) hints_->keep(subtree, hash);
    return hash;
  }

 private:
  // The lowest layers stand in no crown: they are counted from the eight leaves they stand on.
  static constexpr unsigned nest_level = 8 - merkle::crown_layers;
  static constexpr std::size_t nest_size = std::size_t{1} << (nest_level + 1);
  struct Crown {
    std::optional<std::uint64_t> n;  // the one that was read
    std::string hashes;              // empty when it is not complete yet
  };

  Hash in_nest(const merkle::Subtree& subtree) {
    const std::uint64_t first = subtree.index << subtree.level;
    const std::uint64_t nest = first - first % nest_size;
    if (!nest_ || *nest_ != nest) {
      leaves_ = read_->all(
          "SELECT leaf FROM ledger_leaf WHERE id > $1 AND id <= $2 ORDER BY id",
          [](const db::Row& row) { return merkle::hash_leaf(as_bytes(row.view(0))); }, nest,
          nest + nest_size);
      nest_ = nest;
    }
    const std::size_t at = first - nest;
    const std::size_t count = std::size_t{1} << subtree.level;
    if (leaves_.size() < at + count)
      corrupt("leaves of the ledger are missing, from " + std::to_string(first) + " on.");
    const auto begin = leaves_.begin() + static_cast<std::ptrdiff_t>(at);
    return merkle::join({begin, begin + static_cast<std::ptrdiff_t>(count)});
  }

  std::optional<Hash> in_crown(const merkle::CrownPlace& place) {
    Crown& crown = crowns_[place.level - 1];
    if (crown.n != place.n) {
      crown.n = place.n;
      crown.hashes = read_
                         ->one(
                             "SELECT hashes FROM ledger_crown WHERE level = $1 AND n = $2",
                             [](const db::Row& row) { return row.text(0); },
                             static_cast<std::int64_t>(place.level), place.n)
                         .value_or("");
    }
    if (crown.hashes.empty()) return std::nullopt;
    const auto hash =
        crown.hashes.size() == merkle::crown_size
            ? merkle::to_hash(std::string_view(crown.hashes).substr(place.at * 32, 32))
            : std::nullopt;
    if (!hash) corrupt("a crown of the ledger has the wrong length");
    return hash;
  }

  db::Read* read_;
  Hints* hints_;
  std::optional<std::uint64_t> nest_;  // the first of the leaves that were read
  std::vector<Hash> leaves_;
  std::array<Crown, 8> crowns_;
};

// The proof that leads from the leaf at `index` to the head's root; null when none is to be had.
std::optional<merkle::Proof> try_to_prove(Nodes nodes, std::uint64_t index, const Head& head) {
  const auto size = static_cast<std::uint64_t>(head.size);
  const Hash leaf = nodes({0, index});
  merkle::Proof proof = merkle::prove_inclusion(index, size, std::ref(nodes));
  if (!merkle::is_included(index, size, leaf, proof, head.root)) return std::nullopt;
  return proof;
}

Head head_of(const db::Row& row) {
  const auto root = merkle::to_hash(row.view(1));
  if (!root) corrupt("a head of the ledger has the wrong length");
  return {row.integer(0), *root, row.text(2), row.instant(3)};
}

}  // namespace

merkle::Trunk::Children children(db::Read& read) {
  return [&read](unsigned level, std::uint64_t first, std::size_t count) {
    return children_of(read, level, first, count);
  };
}

merkle::Subtrees subtrees(db::Read& read) {
  return [nodes = Nodes(read)](const merkle::Subtree& subtree) mutable { return nodes(subtree); };
}

void insert_crown(db::Write& write, unsigned level, std::uint64_t n, std::string_view hashes) {
  write.run(
      "INSERT INTO ledger_crown (level, n, hashes) VALUES ($1, $2, $3) "
      "ON CONFLICT (level, n) DO NOTHING",
      static_cast<std::int64_t>(level), n, db::Blob{as_bytes(hashes)});
}

std::int64_t crown_count(db::Read& read, unsigned level) {
  return read
      .one(
          "SELECT COUNT(*) FROM ledger_crown WHERE level = $1",
          [](const db::Row& row) { return row.integer(0); }, static_cast<std::int64_t>(level))
      .value();
}

merkle::Receipt prove(db::Read& read, std::int64_t index, const Head& head) {
  thread_local Hints hints;
  const auto at = static_cast<std::uint64_t>(index);
  auto proof = try_to_prove(Nodes(read, &hints), at, head);
  if (!proof) {
    hints = {};
    proof = try_to_prove(Nodes(read), at, head);
  }
  if (!proof)
    corrupt("the stored tree does not lead from leaf " + std::to_string(index) +
            " to the head of " + std::to_string(head.size) + ".");
  merkle::Receipt receipt;
  receipt.index = at;
  receipt.checkpoint = head.note;
  receipt.proof = *std::move(proof);
  return receipt;
}

std::optional<merkle::Receipt> receipt_of(db::Read& read,
                                          const Stored& entry,
                                          std::string_view code) {
  const auto key = case_key_of(read, entry.subject);
  const auto salts = salts_of(read, entry.id);
  const auto head = head_for(read, entry.index());
  if (!key || !salts || !head) return std::nullopt;
  merkle::Receipt receipt = prove(read, entry.index(), *head);
  receipt.extra = Opening{std::string(code), *key, *salts, entry.payload}.bytes();
  return receipt;
}

std::vector<merkle::Receipt> receipts_of(db::Read& read,
                                         const Subject& subject,
                                         std::string_view code) {
  std::vector<merkle::Receipt> receipts;
  for (const Stored& entry : entries_of(read, subject))
    if (auto receipt = receipt_of(read, entry, code)) receipts.push_back(*std::move(receipt));
  return receipts;
}

std::optional<merkle::Receipt> first_receipt_of(db::Read& read,
                                                const Subject& subject,
                                                std::string_view code) {
  const auto entry = first_entry_of(read, subject);
  return entry ? receipt_of(read, *entry, code) : std::nullopt;
}

std::optional<merkle::Receipt> receipt_at(db::Read& read,
                                          const Subject& subject,
                                          std::int64_t index) {
  const auto entry = entry_at(read, index);
  if (!entry || entry->subject != subject) return std::nullopt;
  return receipt_of(read, *entry, std::to_string(subject.id));
}

std::optional<std::string> tile_bytes(db::Read& read, const merkle::Tile& tile, std::int64_t size) {
  const auto tiles = merkle::tiles_at(tile.level, static_cast<std::uint64_t>(size));
  const bool is_within =
      tile.n < tiles.full || (tile.n == tiles.full && tile.width <= tiles.partial_width);
  if (!is_within) return std::nullopt;
  const std::uint64_t first = tile.n * merkle::tile_width;
  std::string bytes;
  if (!tile.entries) {
    for (const Hash& hash : children_of(read, tile.level, first, tile.width))
      bytes += as_text(hash);
    return bytes;
  }
  std::size_t count = 0;
  read.each(
      "SELECT leaf FROM ledger_leaf WHERE id > $1 AND id <= $2 ORDER BY id",
      [&](const db::Row& row) {
        merkle::add_to_bundle(bytes, row.view(0));
        ++count;
      },
      first, first + tile.width);
  if (count != tile.width) corrupt("leaves of the ledger are missing");
  return bytes;
}

std::optional<Head> published_head(db::Read& read) {
  return read.one(
      "SELECT h.size, h.root, h.note, t.at FROM ledger_tick t JOIN ledger_head h ON h.size = "
      "t.size "
      "ORDER BY t.at DESC LIMIT 1",
      head_of);
}

std::optional<Head> head_for(db::Read& read, std::int64_t index) {
  auto published = published_head(read);
  if (!published || published->size <= index) return first_head_over(read, index);
  if (auto cosigned = cosigned_head_over(read, index)) return cosigned;
  return published;
}

void publish(db::Write& write, Instant at) {
  // Times of heads never fall, so neither do the sizes of what is published.
  write.run(
      "INSERT INTO ledger_tick (at, size) "
      "SELECT $1, h.size FROM ledger_head h WHERE h.at <= $1 "
      "AND NOT EXISTS (SELECT 1 FROM ledger_tick t WHERE t.at >= $1) "
      "ORDER BY h.size DESC LIMIT 1",
      at);
}

}  // namespace ln::ledger
