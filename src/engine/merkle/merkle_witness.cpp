#include "engine/merkle/merkle_witness.h"

#include "base/text.h"
#include "engine/merkle/merkle_line.h"

namespace ln::merkle {
namespace {

constexpr std::string_view old_prefix = "old ";
// Stands for the text of a note where only its signatures are read or written.
constexpr std::string_view no_text = "-\n";

}  // namespace

std::string AddCheckpoint::text() const {
  std::string text = std::string(old_prefix) + std::to_string(old_size) + "\n";
  for (const Hash& hash : proof) text += to_base64(hash) + "\n";
  return text + "\n" + checkpoint;
}

std::optional<AddCheckpoint> AddCheckpoint::parse(std::string_view text) {
  if (text.size() > add_checkpoint_size_max) return std::nullopt;
  const auto first = take_line(text);
  if (!first || !first->starts_with(old_prefix)) return std::nullopt;
  const auto size = parse_number(first->substr(old_prefix.size()));
  if (!size) return std::nullopt;
  AddCheckpoint request{
      .old_size = static_cast<std::uint64_t>(*size), .proof = {}, .checkpoint = {}};
  auto line = take_line(text);
  for (; line && !line->empty(); line = take_line(text)) {
    const auto bytes = from_base64(*line);
    const auto hash = bytes ? to_hash(*bytes) : std::nullopt;
    if (!hash || request.proof.size() == consistency_proof_max) return std::nullopt;
    request.proof.push_back(*hash);
  }
  if (!line || !Note::parse(text)) return std::nullopt;
  request.checkpoint = text;
  return request;
}

std::string signature_lines(const std::vector<NoteSignature>& signatures) {
  return Note{std::string(no_text), signatures}.serialise().substr(no_text.size() + 1);
}

std::optional<std::vector<NoteSignature>> parse_signature_lines(std::string_view text) {
  if (text.size() > add_checkpoint_size_max) return std::nullopt;
  auto note = Note::parse(std::string(no_text) + "\n" + std::string(text));
  // With an empty line among them they would be the signatures of another text.
  if (!note || note->text != no_text) return std::nullopt;
  return std::move(note)->signatures;
}

std::string size_line(std::uint64_t size) { return std::to_string(size) + "\n"; }

std::optional<std::uint64_t> parse_size_line(std::string_view text) {
  if (!text.ends_with('\n')) return std::nullopt;
  const auto size = parse_number(text.substr(0, text.size() - 1));
  if (!size) return std::nullopt;
  return static_cast<std::uint64_t>(*size);
}

}  // namespace ln::merkle
