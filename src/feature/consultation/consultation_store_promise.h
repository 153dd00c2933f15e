// What was promised for the points of a draft, as feature/commitment keeps it: read here, written
// there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "feature/commitment/commitment.h"
#include "feature/consultation/consultation.h"
#include "platform/db/db.h"

namespace ln::consultation {

// In the order in which they were promised. `point`: for that one alone; 0: for all of the draft.
std::vector<commitment::Commitment> promises_for(db::Read& read,
                                                 ConsultationId id,
                                                 std::int64_t point,
                                                 std::int64_t limit);

}  // namespace ln::consultation
