// Signed notes (C2SP signed-note): a text and lines of signatures under it, with Ed25519 keys.
//
//   <text, ending in a line feed>
//   (empty line)
//   — <key name> base64(uint32be key id || signature)
//
// The kind of a key is one byte. Two are known: a log's own key signs the text; a witness's key
// signs the text with the time at which it saw it (cosignature/v1).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/merkle/merkle.h"

namespace ln::merkle {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using Seed = std::array<std::uint8_t, 32>;

// An Ed25519 key pair made from its seed. Copies share one key, which is wiped with the last.
class SigningKey {
 public:
  explicit SigningKey(const Seed& seed);
  const PublicKey& public_key() const { return public_key_; }
  Signature sign(std::string_view message) const;

 private:
  std::shared_ptr<void> key_;
  PublicKey public_key_{};
};

// Pure Ed25519. False for everything that is not this key's signature of this message.
bool is_signed(std::string_view message, const Signature& signature, const PublicKey& key);

enum class KeyKind : std::uint8_t { log = 0x01, witness = 0x04 };

// Who is known to sign: a name, the kind and the public key.
struct Verifier {
  std::string name;
  KeyKind kind = KeyKind::log;
  PublicKey key{};

  // First four bytes of SHA-256(name || LF || kind || key), big-endian.
  std::uint32_t id() const;
  // "name+1a2b3c4d+base64(kind || key)", as it stands in policies and in print.
  std::string text() const;
  // Null unless the text is canonical, its id is right and the kind is known.
  static std::optional<Verifier> parse(std::string_view text);
  friend bool operator==(const Verifier&, const Verifier&) = default;
};

// One signature line. `blob` is what follows the key id: 64 bytes for a log's key.
struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string blob;
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

inline constexpr std::size_t note_size_max = 1'000'000;
inline constexpr std::size_t note_signatures_max = 100;

struct Note {
  std::string text;  // ends in a line feed
  std::vector<NoteSignature> signatures;

  // The bytes of the note.
  std::string serialise() const;
  // Null when malformed: not UTF-8, control characters, no signature, a line that is not one, more
  // than the limits above. The text ends at the last empty line. Verifies nothing.
  static std::optional<Note> parse(std::string_view bytes);
  friend bool operator==(const Note&, const Note&) = default;
};

// The name and private key of a signer. Its text, "PRIVATE+KEY+name+id+base64(kind || seed)", is a
// secret.
class Signer {
 public:
  // Precondition: is_key_name(name).
  Signer(std::string name, const Seed& seed, KeyKind kind = KeyKind::log);
  static std::optional<Signer> parse(std::string_view text);
  std::string text() const;
  const Verifier& verifier() const { return verifier_; }

  // Signs `text` as a log. Preconditions: kind is log; `text` ends in a line feed.
  NoteSignature sign(std::string_view text) const;
  // Cosigns `text` as a witness who saw it at `time` (Unix seconds). Precondition: kind is witness.
  NoteSignature cosign(std::string_view text, std::uint64_t time) const;

 private:
  Verifier verifier_;
  Seed seed_;
  SigningKey key_;
};

// Not empty, no white space, no '+'.
bool is_key_name(std::string_view name);

// One signature found good. `time` is when a witness saw the text; 0 for a log's signature.
struct Signed {
  const Verifier* by;
  std::uint64_t time = 0;
};
// The good signatures by known keys, in the order of the note. Signatures by unknown keys are
// passed over; one that claims a known name and key id and is wrong spoils the whole note: null.
std::optional<std::vector<Signed>> verify(const Note& note, std::span<const Verifier> known);

}  // namespace ln::merkle
