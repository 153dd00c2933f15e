// Receipts, tile names, edges and proofs from outside: what parses is written back byte for byte,
// and no numbers make the verification read or loop beyond its proof.
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_edge.h"
#include "engine/merkle/merkle_tile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ln::merkle;
  const std::string_view bytes = ln::as_text({data, size});
  if (const auto receipt = Receipt::parse(bytes))
    if (receipt->text() != bytes) std::abort();
  if (const auto tile = Tile::parse(bytes))
    if (tile->path() != bytes) std::abort();
  if (const auto edge = Edge::parse(bytes)) {
    if (edge->serialise() != bytes) std::abort();
    static_cast<void>(edge->root());
  }
  if (size < 80) return 0;
  std::uint64_t first = 0, second = 0;
  Hash start, root;
  std::memcpy(&first, data, 8);
  std::memcpy(&second, data + 8, 8);
  std::memcpy(start.data(), data + 16, 32);
  std::memcpy(root.data(), data + 48, 32);
  Proof proof((size - 80) / 32);
  for (std::size_t i = 0; i < proof.size(); ++i)
    std::memcpy(proof[i].data(), data + 80 + 32 * i, 32);
  if (is_included(first, second, start, proof, root) && first >= second) std::abort();
  if (is_consistent({first, second, start, root}, proof) && first > second) std::abort();
  return 0;
}
