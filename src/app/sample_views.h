// The sample's readers: how often its drafts, dialogues and projects were opened.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::app {

// The first of each kind was read often lately and the second before; nothing about by whom.
void play_looks(db::Database& database, Instant now);

}  // namespace ln::app
