#include "app/database.h"

#include <cstdlib>

namespace ln::app {

std::string database_url(const std::optional<std::string>& given) {
  if (given) return *given;
  const char* from_environment = std::getenv("LANGNGHE_DB");
  return from_environment == nullptr ? "" : from_environment;
}

db::Options database_options(const std::string& folder,
                             const std::string& url,
                             const std::string& schema,
                             Instant now) {
  return {.path = folder + "/langnghe.db", .url = url, .schema = schema, .now = now};
}

db::Options place_of(const Arguments& given, Instant now) {
  return database_options(given.needed("data"), database_url(given.find("db")),
                          given.text("schema", schema_default), now);
}

}  // namespace ln::app
