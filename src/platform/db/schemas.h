// Schemas of a PostgreSQL database, for who builds a city aside and brings it up at once.
#pragma once

#include <string>

#include "platform/db/db.h"

namespace ln::db {

// How a schema that is being built is named, beside the one it is to become.
std::string making_of(const std::string& schema);

// `options.url` and `options.schema` name the schema. Throw Failure when the server is not there or
// refuses.
bool has_schema(const Options& options);
// Takes away what a build that broke off has left: making_of(options.schema).
void drop_making(const Options& options);
// making_of(options.schema) becomes options.schema, durably, or nothing happens.
void bring_up_making(const Options& options);

}  // namespace ln::db
