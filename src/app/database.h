// Where the database of a city is: in its folder, or on the PostgreSQL server that --db or the
// environment names.
#pragma once

#include <optional>
#include <string>

#include "app/arguments.h"
#include "platform/db/db.h"

namespace ln::app {

// The environment's LANGNGHE_DB is for those whose URL holds a password: a command line can be read
// by everybody on the machine. Empty: the file in the folder.
std::string database_url(const std::optional<std::string>& given);

// What opens the database of the city in `folder`.
db::Options database_options(const std::string& folder,
                             const std::string& url,
                             const std::string& schema,
                             Instant now);

// The same from --data, --db and --schema. Throws Misuse when --data is missing.
db::Options place_of(const Arguments& given, Instant now);

inline constexpr const char* schema_default = "langnghe";

}  // namespace ln::app
