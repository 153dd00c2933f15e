// Whatever bytes claim to be comma-separated: records end where they begin again, and cells that
// were read give themselves back when they are written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/csv/csv.h"

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
  constexpr std::size_t cells_max = 8;
  std::string_view left(reinterpret_cast<const char*>(bytes), size);
  const char separator = ln::csv::separator_of(left);
  while (!left.empty()) {
    const auto end = ln::csv::record_end(left);
    const std::string_view record = left.substr(0, end ? end->size : left.size());
    if (end) expect(end->size < end->with_break && end->with_break <= left.size());
    static_cast<void>(ln::csv::cells(record, {.separator = separator, .cells_max = cells_max}));
    if (const auto cells = ln::csv::cells(record)) {
      expect(!cells->empty());
      expect(ln::csv::cells(quoted(*cells)) == cells);
      // What we write is one record, with as many cells, of which none runs as a formula.
      const std::vector<std::string_view> views(cells->begin(), cells->end());
      std::string written;
      ln::csv::append(written, views);
      const auto whole = ln::csv::record_end(written);
      expect(whole && whole->with_break == written.size());
      const auto again = ln::csv::cells(std::string_view(written).substr(0, whole->size));
      expect(again && again->size() == cells->size());
      for (const std::string& cell : *again)
        expect(cell.empty() || std::string_view("=@\t\r").find(cell[0]) == std::string_view::npos);
    }
    left.remove_prefix(end ? end->with_break : left.size());
  }
  return 0;
}
