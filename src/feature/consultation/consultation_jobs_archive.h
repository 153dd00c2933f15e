// Making the archive of a decided consultation: everything that was said and became of it, in zip
// files whose hashes stand in a manifest, whose hash stands in the ledger.
//
//   consultation.json        what it was, its days and lines, the decision
//   drafts/1.txt …           each published version as it was hashed
//   comments-00001.jsonl …   every comment: words unless hidden or withdrawn, place, channel,
//   point,
//                            and which bytes of a letter that many sent are its own
//   points.jsonl             each point: its answer, reason, changed place, objections; of a letter
//                            its kind, how many sent it and how many as it is
//   table.csv                the synthesis table; its hash stands in the ledger since the decision
//   statements.csv           what was asked, without the words of what was taken out;
//   votes.csv                what may be told of the answers
//   participants-votes.csv   rows of those who agreed to it; left out when there are none
//   receipts.csv             for each comment its code and its line of the ledger
//   manifest.json            (beside the volumes) name, size, SHA-256 and volume of each of these
//
// No account, no address, no author of an imported comment and no time finer than a day is in it;
// and not the opinion map, whose means tell the answers to statements that too few answered.
#pragma once

#include <cstdint>

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::consultation {

// Makes the archive of one consultation that has none; whether one was made. The same rows give the
// same bytes. Whatever comes between the reading and the writing leaves nothing behind. One that
// fails is passed over; its failure is thrown when no other could be made.
bool make_archive(db::Database& database, Instant now);

}  // namespace ln::consultation
