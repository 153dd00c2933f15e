// What an administrator of the city changes of the site's words and looks: dated, in the public
// log, taken back by one more change.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "core/people/people.h"
#include "core/settings/settings.h"
#include "core/settings/settings_store_site.h"
#include "platform/db/db.h"

namespace ln::settings {

// `value` and `seen` are texts of settings_store_site.h.
struct SiteChange {
  std::string code{}, value{}, seen{};
  Day from{};
  std::string reason{};
};
// Everything that is wrong with it: as check_texts(); beside "ground", "main" and "accent" when
// colours clash; "picture" when there is none of this hash; "from", "reason". A value that cannot
// be read, or an entry that is none, is refused as a whole.
Result<Done> check_site_change(db::Read& read, const SiteChange& change, Instant now);

// Gives what the site shows after it. Refuses forbidden, what check_site_change and change()
// refuse, and conflict when the entry is not as it was `seen`.
Result<SiteNow> change_site(db::Write& write,
                            const people::Administrator& administrator,
                            const SiteChange& change,
                            Instant now);

// Keeps a picture that may become the emblem. Refuses forbidden, and too_large when there are too
// many already.
Result<Done> keep_picture(db::Write& write,
                          const people::Administrator& administrator,
                          const Picture& picture,
                          Instant now);

// Takes a change back. Refuses what undo() refuses.
Result<Done> undo_site(db::Write& write,
                       const people::Administrator& administrator,
                       const Change& change,
                       Instant now);

// Applies what has become due. Gives how many.
std::int64_t apply_due_site(db::Database& database, Instant now);

}  // namespace ln::settings
