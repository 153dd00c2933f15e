// Tables for spreadsheet programs, written as XLSX (ISO/IEC 29500). Cells have types: a number can
// be added up, a day sorted; text is never a formula, whatever it begins with. The first row holds
// the titles and stays in sight. The same calls give the same bytes on every machine.
//
//   office::SheetWriter writer;
//   writer.begin_sheet("Bản tổng hợp", {{"STT", 6}, {"Nội dung", 60}});
//   for (…) writer.row({number, text});
//   const std::string bytes = std::move(writer).finish();
//
// Rows are packed as they come, so that a million rows need the memory of the packed file.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"

namespace ln::office {

// A share between 0 and 1, shown as "87.3%" in the reader's way.
struct Percent {
  double share = 0;
};
// Nothing, text, a whole number, a number with two decimals, a share, a day, or an instant shown
// as Vietnam's clock shows it. Text beyond 32,767 characters, which no program opens, is cut there
// and ends with "…".
using Value =
    std::variant<std::monostate, std::string, std::int64_t, double, Percent, Day, Instant>;

struct SheetColumn {
  std::string title{};
  int width_chars = 12;
};

inline constexpr std::int64_t sheet_rows_max = 1'048'576;  // with the titles; of the format

class SheetWriter {
 public:
  SheetWriter();
  ~SheetWriter();
  SheetWriter(SheetWriter&&) noexcept;
  SheetWriter& operator=(SheetWriter&&) noexcept;

  // Ends the sheet before it. `lines_above` stand over the titles, each in a row of its own (a
  // heading, what the numbers mean); the titles stay in sight below them. The name is cut to the 31
  // characters that are allowed and made different from the others.
  void begin_sheet(std::string_view name,
                   const std::vector<SheetColumn>& columns,
                   const std::vector<std::string>& lines_above = {});
  // Precondition: a sheet was begun. A sheet that is full goes on in one named "… (2)".
  void row(std::span<const Value> cells);
  void row(std::initializer_list<Value> cells) { row(std::span(cells.begin(), cells.size())); }
  // The file. Precondition: at least one sheet was begun.
  std::string finish() &&;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

struct Sheet {
  std::string name{};
  std::vector<SheetColumn> columns{};
  std::vector<std::string> lines_above{};
  std::vector<std::vector<Value>> rows{};
};
struct Workbook {
  std::vector<Sheet> sheets{};  // at least one
};
std::string write_xlsx(const Workbook& workbook);

}  // namespace ln::office
