// Whatever bytes a form brings: keys and redaction do not crash, give UTF-8, and settle at once.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "engine/text/text.h"
#include "engine/text/text_redact.h"

namespace {

void expect(bool claim) {
  if (!claim) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln;
  const std::string_view raw(reinterpret_cast<const char*>(bytes), size);
  const std::string folded = text::fold(raw), marked = text::marked(raw), nfc = text::to_nfc(raw);
  expect(is_utf8(folded) && is_utf8(marked) && is_utf8(nfc));
  expect(text::fold(folded) == folded && text::marked(marked) == marked);
  expect(text::to_nfc(nfc) == nfc && text::fold(marked) == folded);
  expect(text::sort_key(marked) == text::sort_key(raw));
  std::size_t end = 0;
  for (const text::Finding& each : text::find_private(nfc)) {
    expect(each.at >= end && each.size > 0 && each.at + each.size <= nfc.size());
    end = each.at + each.size;
    expect(is_utf8(std::string_view(nfc).substr(each.at, each.size)));
  }
  return 0;
}
