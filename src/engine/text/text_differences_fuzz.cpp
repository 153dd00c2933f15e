// Any two texts, any budget: the runs give both texts back, byte for byte.
#include <cstdint>
#include <cstdlib>

#include "engine/text/text_differences.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::text;
  if (size < 2) return 0;
  const std::string_view raw(reinterpret_cast<const char*>(bytes + 2), size - 2);
  const std::size_t cut = raw.empty() ? 0 : bytes[0] * raw.size() / 256;
  const std::string_view before = raw.substr(0, cut), after = raw.substr(cut);
  std::string old_text, new_text;
  for (const Difference& each : differences(before, after, std::size_t{bytes[1]} * 16)) {
    if (each.change != Change::added) old_text += each.text;
    if (each.change != Change::removed) new_text += each.text;
  }
  if (old_text != before || new_text != after) std::abort();
  return 0;
}
