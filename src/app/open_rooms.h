// What the rooms beside insight tell in open data. Each gives its own rows and counts its own
// figures; here they become cells.
#pragma once

#include "feature/insight/insight_jobs_rooms.h"
#include "platform/db/db.h"

namespace ln::app {

// All of them, up to the end of `night`; an insight::TellRooms.
void tell_rooms(db::Read& read, Day night, insight::RoomFiles& files);

}  // namespace ln::app
