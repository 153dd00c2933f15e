// What time does for those who spoke: it asks them whether they were pressed, and destroys how to
// reach them when nobody needs it any more.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::feedback {

// Asks the senders of cases about conduct and of protected ones, 7, 30 and 90 days after they were
// sent; those who left an address that can be read are told. At most one day's cases of each round
// at a call. Returns how many it asked.
std::int64_t ask_whether_pressed(db::Database& database, Instant now);

// So long after a case is over its contact stays (product: refusals).
inline constexpr std::chrono::days contact_lasts{90};

// Destroys the contacts, readable or sealed, of cases that have been over for contact_lasts:
// closed, declined or redirected, and nothing has happened since. At most 500 at a call; returns
// how many. Traces in the files of the database are the caller's to scrub.
std::int64_t destroy_contacts(db::Database& database, Instant now);

}  // namespace ln::feedback
