// The sample's readers: how often its drafts, dialogues and projects were opened, and what they
// find.
#pragma once

#include "base/time.h"
#include "platform/db/db.h"

namespace ln::app {

// The first of each kind was read often lately and the second before; nothing about by whom.
void play_looks(db::Database& database, Instant now);

// What those readers find: the weeks that are over are told (insight_open.h), so that the pages of
// figures have numbers before the first night.
void tell_sample_weeks(db::Database& database, Instant now);

}  // namespace ln::app
