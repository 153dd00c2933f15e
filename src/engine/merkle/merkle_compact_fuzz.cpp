// Receipts from QR codes, as bytes and as text: what parses is written back letter for letter.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_compact.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  const std::string_view bytes = ln::as_text({data, size});
  if (const auto receipt = from_compact(bytes)) {
    if (to_compact(*receipt) != bytes) std::abort();
    // The text of a receipt is stricter: what it takes too is the same receipt.
    if (const auto again = Receipt::parse(receipt->text()); again && !(*again == *receipt))
      std::abort();
  }
  if (const auto receipt = from_qr_text(bytes))
    if (to_qr_text(*receipt) != bytes) std::abort();
  if (const auto receipt = Receipt::parse(bytes))
    if (const auto packed = to_compact(*receipt); packed && !(from_compact(*packed) == receipt))
      std::abort();
  return 0;
}
