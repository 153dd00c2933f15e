// The figures of other rooms, counted again from their rows. Part of recompute().
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "feature/insight/insight_jobs_recompute.h"

namespace ln::insight {

// Says each difference as one line; adds what was read to `rows` and `figures`. The table
// "definitions" must say of each figure what this program counts; where it has no column
// "counted_from" the night is of a time before figures of rooms were told, and they may be missing.
void recompute_rooms(const OpenFolder& folder,
                     const Manifest& manifest,
                     const std::function<void(std::string)>& fault,
                     Recomputed& counts);

// Figures that came with the questions about trust: nights before them define none of these, and a
// copy that somebody kept can still be counted again. Of a night that defines one, all are
// expected.
bool is_later_figure(std::string_view figure);
bool defines_later_figures(const OpenFolder& folder, const Manifest& manifest);

}  // namespace ln::insight
