// Ids that a job gives out itself, because the writer is alone while it runs: a row and what refers
// to it are then written without waiting for the database to say the row's id. Over a network that
// is a round trip for each row.
//
//   constexpr db::Ids thing_ids("thing");
//   const std::int64_t id = thing_ids.next(write);
//   write.run("INSERT INTO thing (id, …) VALUES ($1, …)", id, …);
#pragma once

#include <cstdint>

#include "platform/db/db.h"

namespace ln::db {

class Ids {
 public:
  // `table` is a literal. Every row of that table gets its id from here, none from the database,
  // and the row with the largest id is never deleted: its id would be given out again.
  consteval explicit Ids(const char* table) : table_(table) {
    for (const char* c = table; *c != '\0'; ++c)
      if (*c != '_' && (*c < 'a' || *c > 'z')) throw "a table's name is small letters and _";
  }
  // One more than the largest id. The row must be inserted in the same job: the next call, in this
  // job or another of the batch, counts on from here.
  std::int64_t next(Write& write) const;

 private:
  const char* table_;
};

}  // namespace ln::db
