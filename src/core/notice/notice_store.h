// The outbox and the lists read from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"
#include "core/notice/notice.h"
#include "platform/db/db.h"

namespace ln::notice {

// Part of the caller's transaction. Precondition: draft.text is a sentence.
NoticeId queue(db::Write& write, const Draft& draft, Instant now);

// What citizens were told about this subject, oldest first: for the page of a case. Notices to
// staff are not among them.
std::vector<Notice> told_about(db::Read& read, const Subject& about);

// The list of one member of the staff: newest first, below `before` (0: from the newest on).
std::vector<Notice> inbox(db::Read& read,
                          std::int64_t account_id,
                          NoticeId before,
                          std::size_t limit);
std::int64_t count_unseen(db::Read& read, std::int64_t account_id);
// All up to `newest`, which is what the person was shown; what came meanwhile stays unseen.
void mark_seen(db::Write& write, std::int64_t account_id, NoticeId newest, Instant now);

// For a mailer: what waits and is due, oldest first.
std::vector<Outgoing> due(db::Read& read, Instant now, std::size_t limit);
// How many wait for a mailer, due or not.
std::int64_t count_waiting(db::Read& read);
// It was handed to the mail server. The address is forgotten: it is of no further use.
void mark_sent(db::Write& write, NoticeId id, Instant now);
// It was not. It will be due again after wait_after(), or its address is forgotten for good.
void mark_failed(db::Write& write, NoticeId id, Instant now);

// Forgets the addresses of what waits about this subject: the citizen took their contact back.
void forget_addresses(db::Write& write, const Subject& about);
// Destroys all notices about this subject (erasure).
void erase(db::Write& write, const Subject& about);

}  // namespace ln::notice
