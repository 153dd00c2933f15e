// Any bytes: no file of settings, or one whose lines are read again from what was read.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "feature/feedback/feedback_store_settings_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  // Most inputs do not guess the head, so each is read with one too.
  const std::string whole =
      std::string(ln::feedback::settings_file_head) + "\n" + std::string(input);
  for (const std::string_view text : {input, std::string_view(whole)}) {
    const auto lines = ln::feedback::read_settings_file(text);
    if (!lines.ok()) continue;
    for (const ln::feedback::SettingLine& each : lines.value())
      CHECK(each.line > 1 && text.find(each.value) != std::string_view::npos);
  }
  return 0;
}
