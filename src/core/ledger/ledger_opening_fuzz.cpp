// Openings and bundles of receipts from outside.
#include <cstdlib>

#include "base/text.h"
#include "core/ledger/ledger_opening.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::ledger;
  const std::string_view bytes = ln::as_text({data, size});
  if (const auto opening = Opening::parse(bytes)) {
    if (opening->bytes() != bytes) std::abort();
    static_cast<void>(leaf_of(*opening));
    static_cast<void>(is_text_of(*opening, "x"));
  }
  if (const auto receipts = receipts_in(bytes)) {
    if (bundle_of(*receipts) != bytes) std::abort();
    static_cast<void>(examine_case(*receipts, nullptr));
  }
  return 0;
}
