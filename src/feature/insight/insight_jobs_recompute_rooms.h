// The figures of other rooms, counted again from their rows. Part of recompute().
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "feature/insight/insight_jobs_recompute.h"

namespace ln::insight {

// Says each difference as one line; adds what was read to `rows` and `figures`. A folder without
// the table "room_figures" is of a night before there was one: nothing is compared.
void recompute_rooms(const OpenFolder& folder,
                     const Manifest& manifest,
                     const std::function<void(std::string)>& fault,
                     Recomputed& counts);

}  // namespace ln::insight
