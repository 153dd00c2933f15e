// Whatever bytes claim to be comments in CSV: records end where they begin again, and a cell that
// was read gives itself back when it is quoted.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/comment_file.h"

namespace {

void expect(bool claim) {
  if (!claim) std::abort();
}

std::string quoted(const std::vector<std::string>& cells) {
  std::string record;
  for (const std::string& cell : cells) {
    record += record.empty() ? "\"" : ",\"";
    for (const char c : cell) record += c == '"' ? std::string("\"\"") : std::string(1, c);
    record += '"';
  }
  return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view left(reinterpret_cast<const char*>(bytes), size);
  std::optional<ln::app::CsvColumns> columns;
  while (!left.empty()) {
    const auto end = ln::app::record_end(left, true);
    const std::string_view record = left.substr(0, end ? end->size : left.size());
    if (end) expect(end->size < end->with_break && end->with_break <= left.size());
    if (const auto cells = ln::app::csv_cells(record)) {
      expect(!cells->empty());
      expect(ln::app::csv_cells(quoted(*cells)) == cells);
    }
    if (columns)
      static_cast<void>(ln::app::comment_of_csv(record, *columns));
    else
      columns = ln::app::csv_columns(record);
    left.remove_prefix(end ? end->with_break : left.size());
  }
  return 0;
}
