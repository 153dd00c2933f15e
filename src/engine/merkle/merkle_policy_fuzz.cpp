// Policies from outside: what parses can be written, read again and asked.
#include <cstdlib>

#include "base/text.h"
#include "engine/merkle/merkle_policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  static const std::string head = [] {
    const Signer log("a", Seed{});
    Note note{Checkpoint{"a", 1, Hash{}}.text(), {}};
    note.signatures = {log.sign(note.text),
                       Signer("w", Seed{1}, KeyKind::witness).cosign(note.text, 1)};
    return note.serialise();
  }();
  std::size_t line = 0;
  const auto policy = Policy::parse(ln::as_text({data, size}), &line);
  if (!policy) {
    if (line == 0) std::abort();
    return 0;
  }
  const auto again = Policy::parse(policy->text());
  if (!again || again->text() != policy->text()) std::abort();
  static_cast<void>(policy->judge(head));
  return 0;
}
