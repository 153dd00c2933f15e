// What is looked at most, with the titles under which everybody finds it. Reads, writes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/views/views.h"
#include "feature/insight/insight_store.h"

namespace ln::insight {

// A draft, a dialogue or a project that people looked at.
struct Looked {
  std::int64_t number = 0;
  std::string title_vi{}, title_en{};
  std::int64_t views = 0;
};

// From views::floor on, the most first; what nobody may read any more is left out. `lately`: of the
// last thirty days instead of all time.
std::vector<Looked> looked_at(
    db::Read& read, views::Kind kind, bool lately, Day today, std::int64_t limit);

// Cases about conduct are never ranked. `lately`: published within the last thirty days.
std::vector<Line> cases_looked_at(db::Read& read, bool lately, Instant now, std::int64_t limit);

}  // namespace ln::insight
