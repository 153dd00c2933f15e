// Notes, checkpoints and keys from outside: what parses is written back byte for byte.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  const std::string_view bytes = ln::as_text({data, size});
  if (const auto note = Note::parse(bytes)) {
    if (note->serialise() != bytes) std::abort();
    if (const auto checkpoint = Checkpoint::parse(note->text))
      if (checkpoint->text() != note->text) std::abort();
    static const Verifier known[] = {Signer("a", Seed{}).verifier(),
                                     Signer("a", Seed{}, KeyKind::witness).verifier()};
    static_cast<void>(verify(*note, known));
    static_cast<void>(open_checkpoint(bytes, known[0]));
  }
  if (const auto checkpoint = Checkpoint::parse(bytes))
    if (checkpoint->text() != bytes) std::abort();
  if (const auto key = Verifier::parse(bytes))
    if (key->text() != bytes) std::abort();
  if (const auto signer = Signer::parse(bytes))
    if (signer->text() != bytes) std::abort();
  return 0;
}
