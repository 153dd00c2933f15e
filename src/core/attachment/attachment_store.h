// Rows of attachment ⇄ types. Who may see or change a file is the rule of the room that owns it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/attachment/attachment.h"
#include "platform/db/db.h"

namespace ln::attachment {

// The new file is hidden. Precondition: the owner has fewer than count_max for this message, which
// prepare() has seen to.
AttachmentId store(db::Write& write, const Owner& owner, const Prepared& prepared, Instant now);

std::optional<Attachment> find(db::Read& read, AttachmentId id);
std::optional<Attachment> find(db::Read& read, std::string_view token);
// In the order sent. Files that were removed are among them: a page says that something was there.
std::vector<Attachment> list(db::Read& read, const Owner& owner);

// The bytes of the file, or of the small picture; null when it was removed, or has none.
std::optional<std::string> bytes_of(db::Read& read, AttachmentId id);
std::optional<std::string> thumbnail_of(db::Read& read, AttachmentId id);

// False when there is no such file, or no longer.
bool set_visibility(db::Write& write, AttachmentId id, Visibility visibility);

// The files of `from` now belong to `to`: a draft was sent. Returns how many.
std::int64_t hand_over(db::Write& write, const Owner& from, const Owner& to);

// Destroys bytes and name; the row stays, to say that there was a file and when it went. False when
// it was gone before.
bool remove(db::Write& write, AttachmentId id, Instant now);

// Destroys all trace of the owner's files, rows too (erasure of a person's data; a dropped draft).
std::int64_t erase(db::Write& write, const Owner& owner);
// The same for all owners of one kind, of files older than `before` (drafts never sent).
std::int64_t erase_older(db::Write& write, std::string_view owner_kind, Instant before);

}  // namespace ln::attachment
