// The tables of open data: their columns with what they say, and how a row becomes a line of CSV
// (RFC 4180, UTF-8, a header line) and one of JSON Lines, at once and without being held.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ln::insight {

struct OpenColumn {
  std::string_view name;
  std::string_view type;  // text, integer, decimal, day ("2026-11-23") or flag (0 and 1)
  TextKey about;
};
struct OpenTable {
  std::string_view name;
  TextKey about;
  std::span<const OpenColumn> columns;
};
// In the order in which they are written.
std::span<const OpenTable> open_tables();
// Precondition: there is one of that name.
const OpenTable& open_table(std::string_view name);

// Where the bytes of one file go.
class OpenFile {
 public:
  virtual ~OpenFile() = default;
  virtual void write(std::string_view bytes) = 0;
  // The file is whole.
  virtual void finish() = 0;
};
using MakeFile = std::function<std::unique_ptr<OpenFile>(const std::string& name)>;

// A file that was written.
struct FileMade {
  std::string name{}, table{};
  std::string_view format{};  // "csv" or "jsonl"
  std::int64_t rows = 0;
};

// What is larger goes on in the next file of the table: "cases-2026.2.csv". So a server can give
// out each from memory, and a reader takes only those that changed.
inline constexpr std::size_t open_file_size = std::size_t{8} << 20U;

// Writes rows, holding never more than one of them.
class TableWriter {
 public:
  // `part` is "" or, say, "2026", for tables that come in several parts. What was written is added
  // to `made` as each file is finished.
  TableWriter(const OpenTable& table,
              std::string part,
              MakeFile make,
              std::vector<FileMade>& made,
              std::size_t size_max = open_file_size);

  // The cells of a row, in the order of the columns.
  TableWriter& text(std::string_view value);  // "" is none
  TableWriter& number(std::int64_t value);
  TableWriter& decimal(std::string_view digits);  // "" is none
  TableWriter& flag(bool value) { return number(value ? 1 : 0); }
  TableWriter& day(const std::optional<Day>& value);
  // Precondition: as many cells as columns.
  void end_row();
  // Every file is whole. A table without rows is a header.
  void finish();

 private:
  void begin_file();
  void end_file();
  void add(std::string_view csv, std::string_view json);

  const OpenTable& table_;
  std::string part_;
  MakeFile make_;
  std::vector<FileMade>& made_;
  std::size_t size_max_;
  std::unique_ptr<OpenFile> csv_{}, jsonl_{};
  std::string csv_name_{}, jsonl_name_{};
  std::string csv_line_{}, jsonl_line_{};
  std::size_t column_ = 0, size_ = 0;
  std::int64_t rows_ = 0;
  int files_ = 0;
};

// The cells of one line of such a CSV file; null when a quote is left open.
std::optional<std::vector<std::string>> cells_of(std::string_view line);

}  // namespace ln::insight
