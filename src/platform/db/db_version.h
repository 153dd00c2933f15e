// A mark of what the database holds, by which answers made from it may be kept.
#pragma once

#include <cstdint>
#include <optional>

#include "platform/db/db.h"

namespace ln::db {

// Whatever was read under one mark is still so under an equal one: between two snapshots with equal
// marks nothing was written, by this process or by any other. Marks of one Database compare with
// each other only. Null when the engine cannot tell this time, and on the writer. It is a mark
// of the whole snapshot, whenever in it this is asked; asked first it also finds out whether a
// server is still there.
std::optional<std::uint64_t> version_of(Read& read);

}  // namespace ln::db
