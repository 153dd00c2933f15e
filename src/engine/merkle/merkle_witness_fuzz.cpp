// Requests to a witness from outside: what parses is written again byte for byte.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_witness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  const std::string_view bytes = ln::as_text({data, size});
  const auto request = AddCheckpoint::parse(bytes);
  if (!request) return 0;
  if (request->text() != bytes || request->proof.size() > consistency_proof_max) std::abort();
  const auto note = Note::parse(request->checkpoint);
  if (!note) std::abort();
  if (const auto checkpoint = Checkpoint::parse(note->text)) {
    // Sizes of strangers never make the walk run long or out of bounds.
    const Growth growth{request->old_size, checkpoint->size, Hash{}, checkpoint->root};
    static_cast<void>(is_consistent(growth, request->proof));
  }
  return 0;
}
