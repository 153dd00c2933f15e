// Office hours are typed by people: whatever the line, reading ends, and what is read is valid and
// reads back the same.
#include <cstdlib>
#include <string_view>

#include "engine/calendar/calendar_hours.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto hours = ln::calendar::read_hours(line);
  if (!hours) return 0;
  if (!ln::calendar::is_valid(*hours)) std::abort();
  const std::string text = ln::calendar::to_text(*hours);
  const auto again = ln::calendar::read_hours(text);
  if (!again || ln::calendar::to_text(*again) != text) std::abort();
  return 0;
}
