// Pictures for the public: made anew from one that was sent, with boxes over faces and plates.
//
// The picture as it was sent stays as hidden as it was and is never served to the public; what is
// published is another file with bytes of its own. It is owned by the original ("attachment" and
// the original's id), is removed with it, and is erased with it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "core/attachment/attachment.h"
#include "platform/db/db.h"
#include "platform/file/picture_cover.h"

namespace ln::attachment {

// A picture of ours with boxes over parts of it: new pixels, new bytes, a name that says nothing.
// Takes up to 15 s: before the commit, on a worker. Refuses what the sandbox refuses. `unavailable`
// when it could not run. Precondition: at most file::boxes_max boxes, each within the picture.
Result<Prepared> prepare_covered(std::string_view picture,
                                 std::span<const file::Box> boxes,
                                 Random& random);

// What is shown to the public in the place of the picture `original`: the newest that was not
// removed. Such a picture is owned by the original and goes with it.
std::optional<Attachment> shown_for(db::Read& read, AttachmentId original);
// Stores `covered` as that, published, and destroys what was shown before.
AttachmentId show_instead(db::Write& write,
                          AttachmentId original,
                          const Prepared& covered,
                          Instant now);
// Destroys what is shown in its place. False when nothing is.
bool show_nothing_for(db::Write& write, AttachmentId original, Instant now);

}  // namespace ln::attachment
