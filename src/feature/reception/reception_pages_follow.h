// For the wings of the pages at the desk: the way to the days about which a person has to say where
// they belong.
#pragma once

#include "core/people/people.h"
#include "platform/db/db.h"
#include "platform/html/fill.h"

namespace ln::reception::staff {

// Empty when nothing waits for this officer.
html::Fragment undetermined_note(const html::View& view,
                                 db::Read& read,
                                 const people::Officer& officer,
                                   Instant now);

}  // namespace ln::reception::staff
