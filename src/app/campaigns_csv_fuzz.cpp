// Whatever bytes claim to be comments in CSV: nothing is read past their end. The cells themselves
// are the business of engine/csv/csv_fuzz.cpp.
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/comment_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view left(reinterpret_cast<const char*>(bytes), size);
  std::optional<ln::app::CsvColumns> columns;
  while (!left.empty()) {
    const auto end = ln::app::record_end(left, true);
    const std::string_view record = left.substr(0, end ? end->size : left.size());
    if (columns)
      static_cast<void>(ln::app::comment_of_csv(record, *columns));
    else
      columns = ln::app::csv_columns(record);
    left.remove_prefix(end ? end->with_break : left.size());
  }
  return 0;
}
