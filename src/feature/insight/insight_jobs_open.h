// Making open data: once a week the classes (insight_open.h), each night the files.
#pragma once

#include <string>
#include <vector>

#include "feature/insight/insight_jobs_rooms.h"
#include "feature/insight/insight_jobs_tables.h"
#include "feature/insight/insight_open.h"
#include "platform/db/db.h"

namespace ln::insight {

// Makes the classes of every week that is over, and tells how those of all weeks fare by now. Gives
// the last Sunday that is told. Any number of nodes may do so: a case goes into one class. Holds at
// most what came in a week, what waits (fewer than ten of a unit) and half a million numbers.
Day tell_weeks(db::Database& database, Instant now);

// The data of the night after `day`: cases and ratings up to `sunday`, all else up to `day`.
struct Night {
  Day day{}, sunday{};
};
// Writes all tables, as they stand in one snapshot; those of other rooms as `tell_rooms` tells them
// (null: without them). Holds one row at a time, and the figures.
std::vector<FileMade> write_open_data(db::Read& read,
                                      const Night& night,
                                      const MakeFile& make,
                                      const TellRooms& tell_rooms = {});

// A file with what a reader needs to know that it is the right one.
struct FileListed {
  FileMade made{};
  std::int64_t bytes = 0;
  std::string sha256{};  // hexadecimal
  Day since{};           // the first night in a row in which it had these bytes
};
// manifest.json: the night, the licence, the tables with their columns, and the files.
std::string manifest_of(const Night& night, const std::vector<FileListed>& files);

struct Manifest {
  Night night{};
  std::vector<FileListed> files{};
};
// Null for what manifest_of did not write, or nearly so.
std::optional<Manifest> parse_manifest(std::string_view text);

inline constexpr std::size_t manifest_size_max = std::size_t{4} << 20U;
inline constexpr std::string_view open_licence = "CC-BY-4.0",
                                  open_licence_url = "https://creativecommons.org/licenses/by/4.0/";

}  // namespace ln::insight
