// What reads back as a proof of counting is spelled as we spell it, and examining it reads nothing
// that is not there.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/ledger/ledger_counted.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto proof = ln::ledger::CountedProof::parse(bytes);
  if (!proof) return 0;
  if (proof->text() != bytes || size > ln::ledger::counted_size_max) std::abort();
  static_cast<void>(ln::ledger::examine_counted(*proof, nullptr));
  return 0;
}
