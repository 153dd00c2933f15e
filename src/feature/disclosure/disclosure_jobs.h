// What time does: how often pages were opened is written down.
#pragma once

#include "platform/db/db.h"

namespace ln::disclosure {

void keep_openings(db::Database& database);

}  // namespace ln::disclosure
