#include "app/open_log.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <variant>

#include "base/text.h"
#include "core/ledger/ledger_public.h"
#include "core/ledger/ledger_public_survey.h"
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

// What the lines in clear say of open data.
struct Told {
  std::map<ledger::Hash, std::uint64_t> manifests{};  // of the night, each with its first line
  std::map<std::int64_t, std::string> surveys{};      // hexadecimal

  void take(std::string_view leaf, std::uint64_t line, Day night) {
    if (!leaf.starts_with('\2')) return;
    if (const auto survey = ledger::parse_survey(leaf.substr(1))) {
      if (survey->what == "closed") surveys[survey->survey] = to_hex(survey->hash);
      return;
    }
    const auto fact = ledger::parse_fact(leaf.substr(1));
    const auto* data = fact ? std::get_if<ledger::OpenDataFact>(&*fact) : nullptr;
    if (data != nullptr && data->day == night) manifests.emplace(data->manifest, line);
  }
  void compare(const OpenClaim& claim, std::vector<std::string>& faults) const {
    if (manifests.empty())
      faults.push_back("manifest.json: the log does not tell of " + to_iso(claim.night));
    else if (!manifests.contains(claim.manifest))
      faults.push_back("manifest.json: is " + to_hex(claim.manifest) + ", and the log says " +
                       to_hex(manifests.begin()->first) + " of " + to_iso(claim.night));
    if (manifests.size() > 1) {
      std::string lines;
      for (const auto& [hash, line] : manifests)
        lines += (lines.empty() ? "" : " and ") + std::to_string(line);
      faults.push_back("manifest.json: the log says different ones of " + to_iso(claim.night) +
                       ", in the lines " + lines);
    }
    for (const auto& [number, hash] : claim.surveys) {
      const auto at = surveys.find(number);
      const std::string said = at == surveys.end() ? "nothing" : at->second;
      if (said != hash)
        faults.push_back("surveys " + std::to_string(number) + ": its counts have " + hash +
                         ", and the log says " + said);
    }
  }
};

}  // namespace

std::vector<std::string> log_faults(const std::string& folder, const OpenClaim& claim) {
  const auto head = head_in(folder);
  if (!head) return {"checkpoint: is missing or cannot be read"};
  merkle::Edge edge;
  Told told;
  while (edge.size() < head->size) {
    const merkle::Tile tile{.entries = true,
                            .n = edge.size() / merkle::tile_width,
                            .width = static_cast<unsigned>(std::min<std::uint64_t>(
                                merkle::tile_width, head->size - edge.size()))};
    const auto bundle = file::read_file(folder + "/" + tile.path(), bundle_size_max);
    if (!bundle) return {tile.path() + ": is missing"};
    const bool is_whole = each_leaf(*bundle, tile.width, [&](std::string_view leaf) {
      told.take(leaf, edge.size(), claim.night);
      edge.append(merkle::hash_leaf(as_bytes(leaf)));
    });
    if (!is_whole)
      return {tile.path() + ": does not hold " + std::to_string(tile.width) + " lines"};
  }
  std::vector<std::string> faults;
  if (edge.root() != head->root)
    faults.emplace_back("checkpoint: the lines of the log do not give its root");
  told.compare(claim, faults);
  return faults;
}

}  // namespace ln::app
