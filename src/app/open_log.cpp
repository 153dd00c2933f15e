#include "app/open_log.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <variant>

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "engine/merkle/merkle_checkpoint.h"
#include "engine/merkle/merkle_edge.h"
#include "engine/merkle/merkle_note.h"
#include "engine/merkle/merkle_tile.h"
#include "platform/file/file.h"

namespace ln::app {
namespace {

constexpr std::size_t head_size_max = std::size_t{1} << 20U;
constexpr std::size_t leaf_size_max = 65'535, size_bytes = 2;
constexpr std::size_t bundle_size_max = merkle::tile_width * (leaf_size_max + size_bytes);

std::optional<merkle::Checkpoint> head_in(const std::string& folder) {
  const auto bytes = file::read_file(folder + "/checkpoint", head_size_max);
  const auto note = bytes ? merkle::Note::parse(*bytes) : std::nullopt;
  return note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
}

// Calls `take` with each leaf of a bundle. False when it does not hold exactly `width` of them.
template <class Take>
bool each_leaf(std::string_view bundle, unsigned width, const Take& take) {
  for (unsigned n = 0; n < width; ++n) {
    if (bundle.size() < size_bytes) return false;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bundle[at]); };
    const std::size_t size = (std::size_t{byte(0)} << 8U) + byte(1);
    bundle.remove_prefix(size_bytes);
    if (bundle.size() < size) return false;
    take(bundle.substr(0, size));
    bundle.remove_prefix(size);
  }
  return bundle.empty();
}

// The manifest that a leaf says of `night`.
std::optional<ledger::Hash> manifest_in(std::string_view leaf, Day night) {
  if (!leaf.starts_with('\2')) return std::nullopt;
  const auto fact = ledger::parse_fact(leaf.substr(1));
  const auto* told = fact ? std::get_if<ledger::OpenDataFact>(&*fact) : nullptr;
  if (told == nullptr || told->day != night) return std::nullopt;
  return told->manifest;
}

}  // namespace

std::vector<std::string> log_faults(const std::string& folder,
                                    Day night,
                                    const ledger::Hash& manifest) {
  const auto head = head_in(folder);
  if (!head) return {"checkpoint: is missing or cannot be read"};
  merkle::Edge edge;
  std::vector<ledger::Hash> told;
  while (edge.size() < head->size) {
    const merkle::Tile tile{.entries = true,
                            .n = edge.size() / merkle::tile_width,
                            .width = static_cast<unsigned>(std::min<std::uint64_t>(
                                merkle::tile_width, head->size - edge.size()))};
    const auto bundle = file::read_file(folder + "/" + tile.path(), bundle_size_max);
    if (!bundle) return {tile.path() + ": is missing"};
    const bool is_whole = each_leaf(*bundle, tile.width, [&](std::string_view leaf) {
      edge.append(merkle::hash_leaf(as_bytes(leaf)));
      if (const auto hash = manifest_in(leaf, night)) told.push_back(*hash);
    });
    if (!is_whole)
      return {tile.path() + ": does not hold " + std::to_string(tile.width) + " lines"};
  }
  std::vector<std::string> faults;
  if (edge.root() != head->root)
    faults.emplace_back("checkpoint: the lines of the log do not give its root");
  if (told.empty())
    faults.push_back("manifest.json: the log does not tell of " + to_iso(night));
  else if (std::ranges::find(told, manifest) == told.end())
    faults.push_back("manifest.json: is " + to_hex(manifest) + ", and the log says " +
                     to_hex(told.front()) + " of " + to_iso(night));
  return faults;
}

}  // namespace ln::app
