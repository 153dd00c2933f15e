#include "core/ledger/ledger_sealer.h"

#include <algorithm>

#include "base/check.h"
#include "base/log.h"
#include "base/result.h"
#include "base/text.h"
#include "core/ledger/ledger_promise.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_store_tree.h"

namespace ln::ledger {
namespace {

[[noreturn]] void refuse(const std::string& why) {
  throw db::Failure(why, db::Failure::Kind::corrupt);
}

merkle::Signer key_for(const std::optional<Log>& log,
                       const SealerOptions& options,
                       Random& random) {
  if (log && log->origin != options.origin)
    refuse("this database holds the log " + log->origin + ", but the configuration names " +
           options.origin + ". A log keeps its name for ever; put the old name back.");
  if (options.key_path.empty()) return merkle::Signer(options.origin, random.bytes<32>());
  auto signer = load_key(options.key_path, options.origin);
  if (!signer && log)
    refuse("the ledger's key " + options.key_path +
           " is missing, and this database already holds heads signed with it. Put the key file "
           "back; a new key would be another log.");
  if (!signer) signer = make_key(options.key_path, options.origin, random);
  if (log && log->vkey != signer->verifier().text())
    refuse("the key in " + options.key_path + " is not the one this log began with, which is " +
           log->vkey + ". Put the right key file back.");
  return *std::move(signer);
}

// A case leaf with its entry, or the public fact that its entry says.
bool is_of_its_entry(const db::Row& row) {
  if (row.is_null(2)) return false;
  return row.is_null(3) ? merkle::is_case_leaf(row.view(1))
                        : is_public_leaf(row.view(1), row.view(3));
}

// Adds the leaves that follow the trunk. Throws when one is missing, for the public log has no
// gaps, and when one is not a case leaf with its entry or the public fact of its entry: whoever can
// write into the table must not get a signature, and a place in public for ever, for whatever they
// put there.
template <class Made>
void add_leaves(db::Read& read, merkle::Trunk& trunk, Made made) {
  read.each(
      "SELECT l.id, l.leaf, e.id, CASE WHEN e.event = 'announced' THEN e.payload END "
      "FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.id "
      "WHERE l.id > $1 ORDER BY l.id",
      [&](const db::Row& row) {
        if (row.integer(0) != static_cast<std::int64_t>(trunk.size()) + 1)
          refuse("leaf " + std::to_string(trunk.size()) + " of the ledger is missing.");
        const std::string_view leaf = row.view(1);
        if (!is_of_its_entry(row))
          refuse("leaf " + std::to_string(trunk.size()) +
                 " of the ledger is not of any event: it was put there outside the program. "
                 "Nothing is signed until it is gone.");
        trunk.append(merkle::hash_leaf(as_bytes(leaf)), made);
      },
      static_cast<std::int64_t>(trunk.size()));
}

}  // namespace

Sealer::Sealer(SealerOptions options, merkle::Signer signer)
    : options_(std::move(options)), signer_(std::move(signer)), offer_(offer_promises(signer_)) {}

Sealer::~Sealer() { end_promises(offer_); }

std::unique_ptr<Sealer> Sealer::open(db::Database& database,
                                     SealerOptions options,
                                     Random& random) {
  const auto log = database.read([](db::Read& read) { return find_log(read); });
  auto signer = key_for(log, options, random);
  std::unique_ptr<Sealer> sealer(new Sealer(std::move(options), std::move(signer)));
  if (!sealer->options_.second_path.empty())
    sealer->second_ = std::make_unique<SecondFile>(sealer->options_.second_path);
  sealer->add_crowns(database);
  database.read([&](db::Read& read) { sealer->rebuild(read); });
  database.set_seal_hook(
      {[it = sealer.get()](db::Write& write) { return it->before_commit(write); },
       [it = sealer.get()] { it->after_commit(); }, [it = sealer.get()] { it->pending_.reset(); }});
  const Instant now = std::max(sealer->options_.clock(), sealer->sealed_at_);
  const auto begun = database.write([&](db::Write& write) -> Result<Done> {
    sealer->begin_log(write, now);
    return Done{};
  });
  CHECK(begun.ok());
  if (sealer->second_) sealer->second_->write(*sealer->seal_);
  return sealer;
}

// A database that was begun before there were crowns gets them once.
void Sealer::add_crowns(db::Database& database) {
  const bool has_all = database.read(
      [](db::Read& read) { return crown_count(read, 1) >= leaf_count(read) / merkle::tile_width; });
  if (has_all) return;
  const auto done = database.write([](db::Write& write) -> Result<Done> {
    merkle::Trunk trunk;
    add_leaves(write, trunk, [&](unsigned level, std::uint64_t n, std::string_view hashes) {
      insert_crown(write, level, n, hashes);
    });
    return Done{};
  });
  CHECK(done.ok());
}

std::optional<merkle::Checkpoint> Sealer::second_head() const {
  // Of the two places one is whole even while the other is being written.
  return second_ ? second_->last(verifier()) : std::nullopt;
}

void Sealer::rebuild(db::Read& read) {
  const auto second = second_ ? second_->last(verifier()) : std::nullopt;
  const auto last = head(read);
  const std::int64_t size = leaf_count(read);
  trunk_ = merkle::Trunk::from(static_cast<std::uint64_t>(size), children(read));
  if (second && second->size > trunk_.size())
    refuse("the database is older than the ledger's second file: it has " + std::to_string(size) +
           " leaves, and a head of " + std::to_string(second->size) +
           " was signed. It was probably restored from a backup. Going on would sign a second "
           "history, which every receipt given since would expose. Restore the newest database; if "
           "it is lost, begin a log under a new name: langnghe restore --new-origin "
           "(docs/OPERATING.md).");
  if (second && merkle::root_of(second->size, subtrees(read)) != second->root)
    refuse("the leaves in the database are not those of the head of " +
           std::to_string(second->size) +
           " in the ledger's second file: they were changed, or the file belongs to another "
           "database. Nothing is signed until this is explained.");
  if (!last) {
    if (size > 0) refuse("the ledger has leaves and no signed head: rows were added or removed.");
    return;
  }
  if (last->size != size || last->root != trunk_.edge().root())
    refuse("the leaves in the database are not those of the last signed head (" +
           std::to_string(last->size) + " signed, " + std::to_string(size) +
           " found): rows were changed, added or removed outside the program.");
  const auto checkpoint = merkle::open_checkpoint(last->note, verifier());
  if (!checkpoint || checkpoint->size != trunk_.size() || checkpoint->root != last->root)
    refuse("the last head of the ledger is not signed with this log's key.");
  if (second_ && !second)
    log::write(log::Level::warning, "ledger_second_file_new", {{"leaves", size}});
  seal_ = std::make_shared<const std::string>(last->note);
  sealed_at_ = last->at;
}

void Sealer::begin_log(db::Write& write, Instant now) {
  // Another node may have begun it since we looked; from here on it waits for us.
  if (const auto log = find_log(write); log && log->vkey != verifier().text())
    refuse(
        "another node has begun this log with another key. Every node of a city needs the same " +
        options_.key_path + ": copy it from the node that began.");
  catch_up(write);
  write.run(
      "INSERT INTO ledger_log (id, origin, vkey, opened_at) VALUES (1, $1, $2, $3) "
      "ON CONFLICT (id) DO UPDATE SET opened_at = excluded.opened_at",
      options_.origin, verifier().text(), now);
  if (seal_ != nullptr) return;
  // The empty log has a head as well, so that there is always one to show.
  seal_ = sign_head(write, now, trunk_.edge());
  sealed_at_ = now;
}

db::Seal Sealer::sign_head(db::Write& write, Instant at, const merkle::Edge& edge) {
  const Hash root = edge.root();
  const std::string text = merkle::Checkpoint{options_.origin, edge.size(), root}.text();
  auto note =
      std::make_shared<const std::string>(merkle::Note{text, {signer_.sign(text)}}.serialise());
  write.run("INSERT INTO ledger_head (size, root, note, at) VALUES ($1, $2, $3, $4)", edge.size(),
            db::Blob{root}, *note, at);
  return note;
}

void Sealer::catch_up(db::Read& read) {
  const auto last = head(read);
  if (!last && seal_ == nullptr) return;
  if (!last) refuse("the ledger's signed heads are gone.");
  if (seal_ != nullptr && last->note == *seal_) return;
  const auto size = static_cast<std::uint64_t>(last->size);
  const bool follows = size >= trunk_.size() &&
                       merkle::root_of(trunk_.size(), subtrees(read)) == trunk_.edge().root();
  merkle::Trunk trunk = merkle::Trunk::from(size, children(read));
  if (!follows || last->root != trunk.edge().root())
    refuse(
        "the last head of the ledger does not follow from the one before: the database was "
        "replaced while this program ran, or rows were changed.");
  const auto checkpoint = merkle::open_checkpoint(last->note, verifier());
  if (!checkpoint || checkpoint->size != size || checkpoint->root != last->root)
    refuse("another node has signed the ledger with another key.");
  trunk_ = std::move(trunk);
  seal_ = std::make_shared<const std::string>(last->note);
  sealed_at_ = last->at;
}

db::Seal Sealer::before_commit(db::Write& write) {
  // From what is committed, always: a replayed batch comes here a second time.
  pending_.reset();
  catch_up(write);
  merkle::Trunk trunk = trunk_;
  add_leaves(write, trunk, [&](unsigned level, std::uint64_t n, std::string_view hashes) {
    insert_crown(write, level, n, hashes);
  });
  if (trunk.size() == trunk_.size()) return seal_;
  const Instant at = std::max(options_.clock(), sealed_at_);
  db::Seal seal = sign_head(write, at, trunk.edge());
  pending_ = Pending{std::move(trunk), seal, at};
  return seal;
}

void Sealer::after_commit() {
  if (!pending_) return;
  trunk_ = std::move(pending_->trunk);
  seal_ = std::move(pending_->seal);
  sealed_at_ = pending_->at;
  pending_.reset();
  if (!second_) return;
  // What is committed is committed: a full disk under the second file must not tell citizens that
  // nothing was received. The log says it, and so does the count.
  try {
    second_->write(*seal_);
    ++second_syncs_;
  } catch (const db::Failure& failure) {
    ++second_failures_;
    log::write(log::Level::error, "ledger_second_file_failed", {{"what", failure.what()}});
  }
}

}  // namespace ln::ledger
