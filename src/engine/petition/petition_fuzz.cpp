// Whatever bytes claim to be a list of phrases, and whatever text is weighed by it.
#include <cstdint>
#include <cstdlib>

#include "engine/petition/petition.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::string_view list = all.substr(0, size / 2), text = all.substr(size / 2);
  const auto lexicon = petition::Lexicon::read(list);
  if (lexicon.size() > petition::phrases_max) std::abort();
  const Day day{std::chrono::year(2026) / std::chrono::November / 23};
  const auto found = lexicon.weigh(text, day);
  if (found && (found->weight < petition::asks_from || found->phrases.empty())) std::abort();
  return 0;
}
