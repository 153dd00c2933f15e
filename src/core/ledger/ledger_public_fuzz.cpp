// What reads back as a public fact is spelled as we spell it, and fits a leaf.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/ledger/ledger_public.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto fact = ln::ledger::parse_fact(bytes);
  if (!fact) return 0;
  if (ln::ledger::text_of(*fact) != bytes || size > ln::ledger::fact_size_max) std::abort();
  if (!ln::ledger::is_public_leaf(ln::ledger::public_leaf(bytes), bytes)) std::abort();
  return 0;
}
