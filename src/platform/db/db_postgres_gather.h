// Rows that a batch inserts, gathered by statement. Only db_postgres*.cpp include this.
//
// Sixty jobs of a batch insert into the same five tables. Sent one by one each row costs the server
// a message, a plan and a start of the executor; gathered, thirty-two rows share them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace ln::db {

// What of an INSERT is said once: "INSERT INTO t (a, b) VALUES " of "… VALUES ($1, $2)". Empty when
// `sql` is any other statement, or has anything but its parameters in order as its one row.
std::string_view beginning_of_insert(std::string_view sql);
// The table's name in it.
std::string_view table_of_insert(std::string_view sql);
// The same for so many rows.
std::string insert_of(std::string_view beginning, std::size_t columns, std::size_t rows);

// Rows of one INSERT, in the form libpq sends. Owns its bytes.
class PostgresRows {
 public:
  explicit PostgresRows(std::size_t columns) : columns_(columns), types_(columns, 0) {}
  // Throws Failure for what PostgreSQL cannot keep; then nothing was added.
  void add(std::span<const Argument> arguments);
  void clear();
  std::size_t count() const { return values_.size() / columns_; }
  std::size_t columns() const { return columns_; }
  // The server's numbers of the columns' types, as far as a value was seen.
  const std::vector<unsigned>& types() const { return types_; }

  struct Sent {
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
  };
  // Valid until the next add() or clear().
  Sent rows(std::size_t first, std::size_t count) const;

 private:
  struct Value {
    bool is_null = true;
    std::size_t at = 0, size = 0;
  };
  const std::size_t columns_;
  std::vector<unsigned> types_;
  std::vector<Value> values_;
  std::string bytes_;
};

}  // namespace ln::db
