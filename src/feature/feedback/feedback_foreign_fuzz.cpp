// Whatever bytes claim to be a file of another system: each line is a row or a trouble, and what is
// taken is bounded text.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "feature/feedback/feedback_foreign.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::feedback;
  Source source{.code = "a", .name = "A"};
  source.columns[static_cast<std::size_t>(ForeignColumn::code)] = "c";
  source.columns[static_cast<std::size_t>(ForeignColumn::received)] = "r";
  source.columns[static_cast<std::size_t>(ForeignColumn::body)] = "b";
  const ln::Instant now = ln::from_ms(1'795'000'000'000);
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto file = read_foreign(input, source, now);
  if (!file.ok()) return 0;
  CHECK(file.value().rows.size() + file.value().troubles.size() <= foreign_rows_max);
  for (const ForeignRow& row : file.value().rows) {
    CHECK(!row.code.empty() && ln::count_chars(row.code) <= foreign_code_chars_max);
    CHECK(ln::is_utf8(row.code) && ln::is_utf8(row.body));
    CHECK(row.received_at <= now && row.received_at >= now - foreign_age_max);
  }
  return 0;
}
