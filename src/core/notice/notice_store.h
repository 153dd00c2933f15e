// The outbox and the lists read from it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/notice/notice.h"
#include "platform/db/db.h"

namespace ln::notice {

// Part of the caller's transaction. Leaves when its reader wants it to; for whoever wants nothing
// it shows on the page alone. Precondition: draft.text is a sentence.
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

// How many wait for a mailer, due or not.
std::int64_t count_waiting(db::Read& read);
// What waits and is due, by the ways that are `open`, oldest first.
std::vector<Outgoing> due(db::Read& read,
                          Instant now,
                          std::span<const Way> open,
                          std::size_t limit);
// Whether a letter about this subject still waits for a mailer, with its citizen's address.
bool waits_for_citizen(db::Read& read, const Subject& about);
// Nobody else is to send these before `until`: it is taken in hand.
void lease(db::Write& write, std::span<const NoticeId> ids, Instant until);
// It was handed on. The address is forgotten: it is of no further use.
void mark_sent(db::Write& write, NoticeId id, Instant now);
// It was not. It will be due again after wait_after(), or its address is forgotten for good.
void mark_failed(db::Write& write, NoticeId id, Instant now);
// It never will be: nobody takes letters there. The address is forgotten.
void give_up(db::Write& write, NoticeId id);
// Forgets the addresses of what was to leave before `before` and never did, for want of a mailer:
// nobody is told of last month. Returns how many.
std::int64_t forget_stale(db::Write& write, Instant before);

// What somebody wants to be told about a subject.
struct Reader {
  std::string subject_kind;
  std::int64_t subject_id = 0;
  ReaderKey key{};
  Pace pace = Pace::each;
  std::string address;  // of the staff; empty for a citizen
  std::optional<Day> told_on = {};
};
std::optional<Reader> reader_of(db::Read& read, const Subject& about);
std::optional<Reader> reader_with(db::Read& read, const ReaderKey& key);
// Makes the row with `fresh` when there is none. Returns the key that holds.
ReaderKey ensure_reader(db::Write& write, const Subject& about, const ReaderKey& fresh);
// Holds for what waits too: it leaves at once, with the next digest, or never. Precondition: there
// is such a reader.
void choose_pace(db::Write& write, const Subject& about, Pace pace, Instant now);
// For staff. An empty address ends the digests.
void save_address(db::Write& write, const Subject& about, std::string_view address);
// Staff who want the digest and have not had that of `day`.
std::vector<Reader> digest_readers(db::Read& read, std::string_view subject_kind, Day day);
void mark_told(db::Write& write, const Subject& about, Day day);

// Forgets the addresses of what waits about this subject: the citizen took their contact back.
void forget_addresses(db::Write& write, const Subject& about);
// Destroys all notices about this subject, and what its reader had chosen (erasure).
void erase(db::Write& write, const Subject& about);

}  // namespace ln::notice
