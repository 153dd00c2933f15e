#include "engine/merkle/merkle_checkpoint.h"

#include "base/text.h"
#include "engine/merkle/merkle_line.h"

namespace ln::merkle {
namespace {

constexpr std::string_view receipt_header = "c2sp.org/tlog-proof@v1";

std::optional<Hash> parse_hash(std::string_view line) {
  const auto bytes = from_base64(line);
  return bytes ? to_hash(*bytes) : std::nullopt;
}

}  // namespace

std::string Checkpoint::text() const {
  return origin + "\n" + std::to_string(size) + "\n" + to_base64(root) + "\n";
}

std::optional<Checkpoint> Checkpoint::parse(std::string_view text) {
  const auto origin = take_line(text);
  if (!origin || !is_key_name(*origin)) return std::nullopt;
  const auto size = take_line(text);
  const auto number = size ? parse_number(*size) : std::nullopt;
  const auto root_line = take_line(text);
  const auto root = root_line ? parse_hash(*root_line) : std::nullopt;
  if (!number || !root || !text.empty()) return std::nullopt;
  return Checkpoint{std::string(*origin), static_cast<std::uint64_t>(*number), *root};
}

std::optional<Checkpoint> open_checkpoint(std::string_view bytes, const Verifier& by) {
  const auto note = Note::parse(bytes);
  if (!note) return std::nullopt;
  const auto good = verify(*note, {&by, 1});
  if (!good || good->empty()) return std::nullopt;
  auto checkpoint = Checkpoint::parse(note->text);
  if (!checkpoint || checkpoint->origin != by.name) return std::nullopt;
  return checkpoint;
}

std::string Receipt::text() const {
  std::string text(receipt_header);
  text += "\n";
  if (!extra.empty()) text += "extra " + to_base64(as_bytes(extra)) + "\n";
  text += "index " + std::to_string(index) + "\n";
  for (const Hash& hash : proof) text += to_base64(hash) + "\n";
  return text + "\n" + checkpoint;
}

std::optional<Receipt> Receipt::parse(std::string_view text) {
  if (text.size() > note_size_max || take_line(text) != receipt_header) return std::nullopt;
  Receipt receipt;
  auto line = take_line(text);
  if (line && line->starts_with("extra ")) {
    auto extra = from_base64(line->substr(6));
    if (!extra || extra->empty()) return std::nullopt;
    receipt.extra = *std::move(extra);
    line = take_line(text);
  }
  if (!line || !line->starts_with("index ")) return std::nullopt;
  const auto index = parse_number(line->substr(6));
  if (!index) return std::nullopt;
  receipt.index = static_cast<std::uint64_t>(*index);
  for (line = take_line(text); line && !line->empty(); line = take_line(text)) {
    const auto hash = parse_hash(*line);
    if (!hash || receipt.proof.size() == receipt_proof_max) return std::nullopt;
    receipt.proof.push_back(*hash);
  }
  if (!line || !Note::parse(text)) return std::nullopt;
  receipt.checkpoint = text;
  return receipt;
}

}  // namespace ln::merkle
