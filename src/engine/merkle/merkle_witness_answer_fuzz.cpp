// Answers of a witness from outside: signature lines, and the size it says it has seen.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_witness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  const std::string_view bytes = ln::as_text({data, size});
  if (const auto lines = parse_signature_lines(bytes)) {
    if (lines->empty() || signature_lines(*lines) != bytes) std::abort();
    const Verifier known{lines->front().name, KeyKind::witness, {}};
    Note note{"a\n1\nb\n", *lines};
    static_cast<void>(verify(note, {&known, 1}));
  }
  if (const auto seen = parse_size_line(bytes))
    if (size_line(*seen) != bytes) std::abort();
  return 0;
}
