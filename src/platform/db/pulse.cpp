#include "platform/db/pulse.h"

#include "base/result.h"

namespace ln::db {

void beat(Database& database, Instant now) {
  const auto done = database.write([&](Write& write) -> Result<Done> {
    write.run(
        "INSERT INTO db_pulse (id, at) VALUES (1, $1) "
        "ON CONFLICT (id) DO UPDATE SET at = excluded.at",
        now);
    return Done{};
  });
  static_cast<void>(done);  // It refuses nothing.
}

}  // namespace ln::db
