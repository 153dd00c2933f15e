// The stored tree: hashes of complete subtrees from leaves and crowns, proofs and tiles from those,
// and which heads were published.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/ledger/ledger.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_tile.h"
#include "engine/merkle/merkle_trunk.h"
#include "platform/db/db.h"

namespace ln::ledger {

// Hashes of complete subtrees of 256^level leaves, for merkle::Trunk::from. Throws db::Failure when
// one is not stored. Borrows `read`.
merkle::Trunk::Children children(db::Read& read);
// Hashes of any complete subtrees. Reads a crown where there is one, and else what stands below it.
// Throws db::Failure when leaves are missing. Borrows `read`.
merkle::Subtrees subtrees(db::Read& read);

// Stores what Trunk::append made. Where a crown stands already it stays: crowns follow from leaves.
void insert_crown(db::Write& write, unsigned level, std::uint64_t n, std::string_view hashes);
// How many crowns of one level there are.
std::int64_t crown_count(db::Read& read, unsigned level);

// That the leaf at `index` is in the tree of `head`, without an opening. Throws db::Failure when
// what is stored does not lead to the head's root: a wrong proof is never given out.
// Precondition: index < head.size.
merkle::Receipt prove(db::Read& read, std::int64_t index, const Head& head);

// The receipt of one event with its opening, for the holder of the secret of the case `code`. Null
// when what opens the leaf was erased, and when no head over it has been signed.
std::optional<merkle::Receipt> receipt_of(db::Read& read,
                                          const Stored& entry,
                                          std::string_view code);
// The same for all events of a subject, in their order; empty when they were erased.
std::vector<merkle::Receipt> receipts_of(db::Read& read,
                                         const Subject& subject,
                                         std::string_view code);

// Of the first event of a subject alone.
std::optional<merkle::Receipt> first_receipt_of(db::Read& read,
                                                const Subject& subject,
                                                std::string_view code);
// Of the line `index` of a subject that everybody may read, whose code is its number; null when the
// line is another subject's.
std::optional<merkle::Receipt> receipt_at(db::Read& read,
                                          const Subject& subject,
                                          std::int64_t index);

// The bytes of a tile of the tree of `size` leaves; null when that tree has no such tile.
std::optional<std::string> tile_bytes(db::Read& read, const merkle::Tile& tile, std::int64_t size);

// The head that everybody is shown; `at` is when it was published, not when it was signed. A head
// is made for each batch, and its time would tell when somebody spoke. Its note bears the log's own
// signature only (see cosigned_note in ledger_store_witness.h). Null before the first.
std::optional<Head> published_head(db::Read& read);
// The head a receipt is given under: the first published one over the leaf that witnesses have
// cosigned, so that whoever must show that something was there by a date can; where nobody has, the
// newest published one, and until the leaf is published the one signed when it was sealed.
std::optional<Head> head_for(db::Read& read, std::int64_t index);

// Publishes the newest head that was signed until `at`, as the one shown from `at` on. Nothing
// happens when a later moment has been published, or this one: several nodes may try.
void publish(db::Write& write, Instant at);

}  // namespace ln::ledger
