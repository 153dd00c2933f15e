// Any bytes are read as a .po file without harm, and what is accepted keeps its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "platform/i18n/po.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto file = ln::i18n::read_po(text);
  for (const auto& entry : file.entries) {
    if (entry.key.empty()) std::abort();
    ln::i18n::holes_of(entry.one);
  }
  if (file.problems.empty() && !file.entries.empty() && file.language.empty()) std::abort();
  ln::i18n::compare(file, file);
  return 0;
}
