// A mark of what the database holds, by which answers made from it may be kept.
#pragma once

#include <cstdint>
#include <optional>

#include "platform/db/db.h"

namespace ln::db {

// Whatever was read under one mark is still so under an equal one: between two snapshots with equal
// marks nothing was written, by this process or by any other. Marks of one Database compare with
// each other only. Null when the engine cannot tell this time. To be asked before anything else is
// read in the snapshot.
std::optional<std::uint64_t> version_of(Read& read);

}  // namespace ln::db
