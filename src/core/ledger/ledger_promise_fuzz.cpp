// Promises from outside: the file that a citizen kept, or the note alone.
#include <cstdlib>

#include "base/text.h"
#include "core/ledger/ledger_opening.h"
#include "core/ledger/ledger_promise.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::ledger;
  const std::string_view bytes = ln::as_text({data, size});
  const auto promise = Promise::parse(bytes);
  if (!promise) return 0;
  // The bytes say it in one way only.
  if (promise->note != bytes && promise->file() != bytes) std::abort();
  const auto note = ln::merkle::Note::parse(promise->note);
  if (!note || note->text != promise->text()) std::abort();
  if (ln::merkle::Checkpoint::parse(note->text)) std::abort();
  static_cast<void>(Opening::parse(promise->extra));
  return 0;
}
