// PostgreSQL's binary values: how arguments become them, and how rows are read out of them. Only
// db_postgres*.cpp include this.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/db.h"

namespace ln::db {

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

// The server's number for the type of an argument; 0 for NULL, which fits every type.
unsigned type_of(const Argument& argument);

// How many rows a statement changed.
std::int64_t changed_by(PGresult* result);

// Arguments in the form libpq sends. Borrows texts and bytes.
class PostgresArguments {
 public:
  // Throws Failure for a text with a zero byte, which PostgreSQL cannot keep.
  explicit PostgresArguments(std::span<const Argument> arguments);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::vector<std::uint64_t> numbers_;  // in network order; never grows after the first value
  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

// As strict as SQLite's: a word is no number, and 0.5 is no whole number.
class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, std::string_view sql) : result_(result), sql_(sql) {}
  void move_to(int row) { row_ = row; }

  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view view(int column) const override;

 private:
  std::string_view bytes(int column) const;
  [[noreturn]] void refuse(int column, const char* what) const;

  const PGresult* result_;
  std::string_view sql_;
  int row_ = 0;
};

}  // namespace ln::db
