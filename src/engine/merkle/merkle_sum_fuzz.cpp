// Proofs of sums from outside: what parses is written back byte for byte, and where it leads no sum
// is smaller than what was put in.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_sum.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  const std::string_view bytes = ln::as_text({data, size});
  const auto proof = parse_sum_proof(bytes);
  if (!proof) return 0;
  if (sum_proof_text(*proof) != bytes || proof->size() > sum_proof_max) std::abort();
  const auto reached = climb(Hash{}, *proof);
  if (!reached) return 0;
  std::uint64_t sum = 1;
  for (const SumStep& step : *proof) sum += step.sibling.sum;
  if (reached->sum != sum || sum > sum_max) std::abort();
  return 0;
}
