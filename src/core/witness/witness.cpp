#include "core/witness/witness.h"

#include <algorithm>

#include "base/text.h"
#include "engine/merkle/merkle_line.h"

namespace ln::witness {
namespace {

using merkle::take_line;

constexpr std::string_view memory_header = "langnghe-witness-state-v1\n";
constexpr std::string_view note_word = "note ", end_word = "end ";
constexpr std::string_view outcome_words[] = {"cosigned",    "malformed",  "not_signed",
                                              "unknown_log", "other_size", "wrong_proof",
                                              "split_view"};

bool is_proven(const merkle::AddCheckpoint& request,
               const merkle::Checkpoint& checkpoint,
               const Seen* seen) {
  const std::uint64_t seen_size = seen != nullptr ? seen->checkpoint.size : 0;
  if (seen_size > 0)
    return merkle::is_consistent(
        {seen_size, checkpoint.size, seen->checkpoint.root, checkpoint.root}, request.proof);
  // Every tree follows the empty one, and only one tree is empty.
  return request.proof.empty() && (checkpoint.size > 0 || checkpoint.root == merkle::empty_root());
}

// One note of the memory; null when we have not cosigned it.
std::optional<Seen> read_seen(std::string_view bytes, const merkle::Verifier& own) {
  const auto note = merkle::Note::parse(bytes);
  auto checkpoint = note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
  const auto good = note ? merkle::verify(*note, {&own, 1}) : std::nullopt;
  if (!checkpoint || !good || good->size() != 1) return std::nullopt;
  return Seen{*std::move(checkpoint), std::string(bytes), good->front().time};
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  return outcome_words[static_cast<std::size_t>(outcome)];
}

Judgement judge(std::string_view body,
                const std::vector<merkle::Verifier>& logs,
                const Memory& memory) {
  Judgement made;
  const auto request = merkle::AddCheckpoint::parse(body);
  auto note = request ? merkle::Note::parse(request->checkpoint) : std::nullopt;
  auto checkpoint = note ? merkle::Checkpoint::parse(note->text) : std::nullopt;
  if (!checkpoint) return made;
  made.checkpoint = *std::move(checkpoint);
  std::vector<merkle::Verifier> known;
  for (const merkle::Verifier& log : logs)
    if (log.name == made.checkpoint.origin) known.push_back(log);
  made.outcome = Outcome::unknown_log;
  if (known.empty()) return made;
  made.outcome = Outcome::not_signed;
  const auto good = merkle::verify(*note, known);
  if (!good || good->empty()) return made;
  made.note.text = note->text;
  for (const merkle::NoteSignature& line : note->signatures)
    if (std::ranges::any_of(known,
                            [&](const merkle::Verifier& by) {
                              return by.name == line.name && by.id() == line.key_id;
                            }) &&
        std::ranges::find(made.note.signatures, line) == made.note.signatures.end())
      made.note.signatures.push_back(line);
  const auto found = memory.find(made.checkpoint.origin);
  const Seen* seen = found == memory.end() ? nullptr : &found->second;
  made.seen_size = seen != nullptr ? seen->checkpoint.size : 0;
  made.is_split = seen != nullptr && made.checkpoint.size == made.seen_size &&
                  made.checkpoint.root != seen->checkpoint.root;
  made.outcome = request->old_size > made.checkpoint.size      ? Outcome::malformed
                 : request->old_size != made.seen_size         ? Outcome::other_size
                 : made.is_split                               ? Outcome::split_view
                 : !is_proven(*request, made.checkpoint, seen) ? Outcome::wrong_proof
                                                               : Outcome::cosigned;
  return made;
}

std::string write_memory(const Memory& memory) {
  std::string text(memory_header);
  for (const auto& [origin, seen] : memory)
    text.append(note_word).append(std::to_string(seen.note.size())).append("\n").append(seen.note);
  const std::string sum = to_hex(merkle::sha256(as_bytes(text)));
  return text.append(end_word).append(sum).append("\n");
}

std::optional<Memory> read_memory(std::string_view text, const merkle::Verifier& own) {
  const std::string_view whole = text;
  if (!text.starts_with(memory_header)) return std::nullopt;
  text.remove_prefix(memory_header.size());
  Memory memory;
  auto line = take_line(text);
  for (; line && line->starts_with(note_word); line = take_line(text)) {
    const auto size = parse_number(line->substr(note_word.size()));
    if (!size || static_cast<std::size_t>(*size) > text.size()) return std::nullopt;
    auto seen = read_seen(text.substr(0, static_cast<std::size_t>(*size)), own);
    if (!seen) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(*size));
    std::string origin = seen->checkpoint.origin;
    if (!memory.emplace(std::move(origin), *std::move(seen)).second) return std::nullopt;
  }
  if (!line || !text.empty() || !line->starts_with(end_word)) return std::nullopt;
  const std::string_view summed = whole.substr(0, whole.size() - line->size() - 1);
  if (line->substr(end_word.size()) != to_hex(merkle::sha256(as_bytes(summed))))
    return std::nullopt;
  return memory;
}

std::string evidence_of(const Seen& seen, const merkle::Note& other) {
  return seen.note + "--\n" + other.serialise() + "--\n";
}

std::optional<std::vector<merkle::Verifier>> keys_in(std::string_view text,
                                                     std::size_t* wrong_line) {
  std::vector<merkle::Verifier> keys;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = trimmed(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto key = merkle::Verifier::parse(line);
    if (!key || key->kind != merkle::KeyKind::log) {
      if (wrong_line != nullptr) *wrong_line = number;
      return std::nullopt;
    }
    keys.push_back(*key);
  }
  return keys;
}

std::string address_of(std::string_view origin) { return to_hex(merkle::sha256(as_bytes(origin))); }

}  // namespace ln::witness
