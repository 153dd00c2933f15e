// Any bytes: the reader refuses or gives rows of the right width, and never reads past the end.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "base/text.h"
#include "core/units/units_csv.h"
#include "core/units/units_csv_cells.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  constexpr std::string_view columns[] = {"a", "b", "c"};
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto rows = ln::units::read_csv(input, columns);
  if (rows.ok()) {
    for (const auto& row : rows.value()) {
      CHECK(row.cells.size() == 3);
      for (const auto& cell : row.cells) CHECK(ln::is_utf8(cell));
      (void)ln::units::parse_hours(row.cells[0]);
      (void)ln::units::parse_day(row.cells[1]);
    }
  } else {
    CHECK(rows.error().fields.size() == 1);
  }
  return 0;
}
