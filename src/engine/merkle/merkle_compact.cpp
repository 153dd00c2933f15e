#include "engine/merkle/merkle_compact.h"

#include <algorithm>

#include "base/text.h"

namespace ln::merkle {
namespace {

constexpr char version = '\x01';
constexpr std::string_view qr_prefix = "LN1:";
constexpr std::string_view letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr std::size_t byte_max = 255, pair_max = 65'535;
constexpr std::uint64_t number_max = ~std::uint64_t{0} >> 1U;  // as in checkpoints
constexpr std::size_t qr_text_max = 8'192;                     // a QR code holds 4,296 letters

void put(std::string& out, std::uint64_t value, unsigned size) {
  while (size-- > 0) out += static_cast<char>(value >> (8 * size) & 255U);
}

// Takes values from the front. After the first that is not there, every further one is empty.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}
  std::string_view bytes(std::size_t size) {
    if (size > rest_.size()) failed_ = true;
    if (failed_) return {};
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number(unsigned size) {
    std::uint64_t value = 0;
    for (const char c : bytes(size)) value = value << 8U | static_cast<unsigned char>(c);
    return value;
  }
  std::size_t length(unsigned size) { return static_cast<std::size_t>(number(size)); }
  Hash hash() { return to_hash(bytes(32)).value_or(Hash{}); }
  bool failed() const { return failed_; }
  bool is_at_end() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

std::string to_base45(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const bool is_pair = i + 1 < bytes.size();
    unsigned value = static_cast<unsigned char>(bytes[i]);
    if (is_pair) value = value * 256 + static_cast<unsigned char>(bytes[i + 1]);
    for (int n = is_pair ? 3 : 2; n > 0; --n, value /= 45) text += letters[value % 45];
  }
  return text;
}

std::optional<std::string> from_base45(std::string_view text) {
  if (text.size() % 3 == 1) return std::nullopt;
  std::string bytes;
  for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(3, text.size()))) {
    const bool is_pair = text.size() >= 3;
    std::size_t value = 0;
    for (std::size_t n = is_pair ? 3 : 2; n-- > 0;) {
      const std::size_t digit = letters.find(text[n]);
      if (digit == std::string_view::npos) return std::nullopt;
      value = value * 45 + digit;
    }
    if (value > (is_pair ? pair_max : byte_max)) return std::nullopt;
    if (is_pair) bytes += static_cast<char>(value / 256);
    bytes += static_cast<char>(value % 256);
  }
  return bytes;
}

}  // namespace

std::optional<std::string> to_compact(const Receipt& receipt) {
  const auto note = Note::parse(receipt.checkpoint);
  const auto head = note ? Checkpoint::parse(note->text) : std::nullopt;
  if (!head || note->serialise() != receipt.checkpoint || head->origin.size() > byte_max ||
      note->signatures.size() > byte_max || receipt.extra.size() > pair_max ||
      receipt.proof.size() > receipt_proof_max || receipt.index > number_max)
    return std::nullopt;
  std::string out(1, version);
  put(out, receipt.extra.size(), 2);
  out += receipt.extra;
  put(out, receipt.index, 8);
  put(out, receipt.proof.size(), 1);
  for (const Hash& hash : receipt.proof) out += as_text(hash);
  put(out, head->origin.size(), 1);
  out += head->origin;
  put(out, head->size, 8);
  out += as_text(head->root);
  put(out, note->signatures.size(), 1);
  for (const NoteSignature& line : note->signatures) {
    if (line.name.size() > byte_max || line.blob.size() > byte_max) return std::nullopt;
    // The log's own name is not written twice.
    const std::string_view name = line.name == head->origin ? std::string_view() : line.name;
    put(out, name.size(), 1);
    out += name;
    put(out, line.key_id, 4);
    put(out, line.blob.size(), 1);
    out += line.blob;
  }
  return out;
}

std::optional<Receipt> from_compact(std::string_view bytes) {
  Reader in(bytes);
  if (in.bytes(1) != std::string_view(&version, 1)) return std::nullopt;
  Receipt receipt;
  receipt.extra = in.bytes(in.length(2));
  receipt.index = in.number(8);
  for (std::size_t left = in.length(1); left > 0 && !in.failed(); --left)
    receipt.proof.push_back(in.hash());
  Checkpoint head;
  head.origin = in.bytes(in.length(1));
  head.size = in.number(8);
  head.root = in.hash();
  Note note{head.text(), {}};
  for (std::size_t left = in.length(1); left > 0 && !in.failed(); --left) {
    NoteSignature line;
    line.name = in.bytes(in.length(1));
    if (line.name.empty()) line.name = head.origin;
    line.key_id = static_cast<std::uint32_t>(in.number(4));
    line.blob = in.bytes(in.length(1));
    note.signatures.push_back(std::move(line));
  }
  if (!in.is_at_end()) return std::nullopt;
  receipt.checkpoint = note.serialise();
  // A second way to write the same receipt, and numbers that no receipt has.
  if (to_compact(receipt) != bytes) return std::nullopt;
  return receipt;
}

std::optional<std::string> to_qr_text(const Receipt& receipt) {
  const auto bytes = to_compact(receipt);
  if (!bytes) return std::nullopt;
  return std::string(qr_prefix) + to_base45(*bytes);
}

std::optional<Receipt> from_qr_text(std::string_view text) {
  if (text.size() > qr_text_max || !text.starts_with(qr_prefix)) return std::nullopt;
  const auto bytes = from_base45(text.substr(qr_prefix.size()));
  return bytes ? from_compact(*bytes) : std::nullopt;
}

}  // namespace ln::merkle
