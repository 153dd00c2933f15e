#include "engine/merkle/merkle_note.h"

#include <sodium.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace ln::merkle {
namespace {

constexpr std::string_view private_key_prefix = "PRIVATE+KEY+";
constexpr std::string_view signature_prefix = "— ";

using SecretKey = std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES>;  // seed, public key

std::string big_endian(std::uint64_t number, int size) {
  std::string bytes;
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>(number >> shift & 255U);
  return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
  return number;
}

std::string hex_id(std::uint32_t id) { return to_hex(as_bytes(big_endian(id, 4))); }

template <class Array>
std::optional<Array> to_array(std::string_view bytes) {
  Array array;
  if (bytes.size() != array.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), array.begin());
  return array;
}

// What follows the name and key id in both texts of a key: kind and 32 bytes.
std::string key_blob(KeyKind kind, Bytes key) {
  std::string blob(1, static_cast<char>(kind));
  blob += as_text(key);
  return to_base64(as_bytes(blob));
}

struct KeyText {
  std::string name;
  std::string id;
  KeyKind kind;
  std::array<std::uint8_t, 32> key;
};

// "name+id+base64": neither a name nor an id holds '+', base64 may.
std::optional<KeyText> parse_key(std::string_view text) {
  const std::size_t name_end = text.find('+');
  if (name_end == std::string_view::npos) return std::nullopt;
  const std::size_t id_end = text.find('+', name_end + 1);
  if (id_end == std::string_view::npos) return std::nullopt;
  const auto blob = from_base64(text.substr(id_end + 1));
  if (!blob || blob->size() != 33) return std::nullopt;
  const auto kind = static_cast<KeyKind>(blob->front());
  if (kind != KeyKind::log && kind != KeyKind::witness) return std::nullopt;
  const std::string_view name = text.substr(0, name_end);
  if (!is_key_name(name)) return std::nullopt;
  return KeyText{std::string(name), std::string(text.substr(name_end + 1, id_end - name_end - 1)),
                 kind, *to_array<std::array<std::uint8_t, 32>>(std::string_view(*blob).substr(1))};
}

std::string cosigned_message(std::string_view text, std::uint64_t time) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

// "— name base64" without its line feed.
std::optional<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(signature_prefix)) return std::nullopt;
  line.remove_prefix(signature_prefix.size());
  const std::size_t name_end = line.find(' ');
  if (name_end == std::string_view::npos || !is_key_name(line.substr(0, name_end)))
    return std::nullopt;
  const auto bytes = from_base64(line.substr(name_end + 1));
  if (!bytes || bytes->size() < 5) return std::nullopt;
  const std::string_view blob = *bytes;
  return NoteSignature{std::string(line.substr(0, name_end)),
                       static_cast<std::uint32_t>(from_big_endian(blob.substr(0, 4))),
                       std::string(blob.substr(4))};
}

// The good signature `by` made, or null when it is none.
std::optional<Signed> check(const Note& note, const NoteSignature& line, const Verifier& by) {
  std::string_view blob = line.blob;
  std::uint64_t time = 0;
  if (by.kind == KeyKind::witness) {
    if (blob.size() < 8) return std::nullopt;
    time = from_big_endian(blob.substr(0, 8));
    blob.remove_prefix(8);
  }
  const auto signature = to_array<Signature>(blob);
  if (!signature) return std::nullopt;
  const bool good = by.kind == KeyKind::witness
                        ? is_signed(cosigned_message(note.text, time), *signature, by.key)
                        : is_signed(note.text, *signature, by.key);
  return good ? std::optional(Signed{&by, time}) : std::nullopt;
}

}  // namespace

// libsodium makes a key in two fifths of the time that OpenSSL 3.0 takes and signs in half of it,
// and every case that is sent makes one. Ed25519 has no choices: the bytes are the same (RFC 8032).
SigningKey::SigningKey(const Seed& seed)
    : key_(new SecretKey, [](void* key) {
        sodium_memzero(key, sizeof(SecretKey));
        delete static_cast<SecretKey*>(key);
      }) {
  auto& secret = *static_cast<SecretKey*>(key_.get());
  CHECK(crypto_sign_seed_keypair(public_key_.data(), secret.data(), seed.data()) == 0);
}

Signature SigningKey::sign(std::string_view message) const {
  const auto& secret = *static_cast<const SecretKey*>(key_.get());
  const Bytes bytes = as_bytes(message);
  Signature signature;
  CHECK(crypto_sign_detached(signature.data(), nullptr, bytes.data(), bytes.size(),
                             secret.data()) == 0);
  return signature;
}

// Again libsodium, in a little more than half the time; an audit does it for each act of a citizen.
// It refuses keys and points of small order as well, which no signer makes.
bool is_signed(std::string_view message, const Signature& signature, const PublicKey& key) {
  const Bytes bytes = as_bytes(message);
  return crypto_sign_verify_detached(signature.data(), bytes.data(), bytes.size(), key.data()) == 0;
}

bool is_key_name(std::string_view name) {
  if (name.empty() || !is_utf8(name)) return false;
  constexpr std::string_view spaces[] = {"\u0085", "\u00A0", "\u1680", "\u2028",
                                         "\u2029", "\u202F", "\u205F", "\u3000"};
  for (const std::string_view space : spaces)
    if (name.find(space) != std::string_view::npos) return false;
  // U+2000 to U+200A.
  for (std::size_t at = 0; (at = name.find("\xE2\x80", at)) != std::string_view::npos; ++at)
    if (static_cast<unsigned char>(name[at + 2]) <= 0x8A) return false;
  return std::none_of(name.begin(), name.end(), [](char c) {
    return c == '+' || c == ' ' || c == '\x7F' || static_cast<unsigned char>(c) < 0x20;
  });
}

std::uint32_t Verifier::id() const {
  const std::uint8_t middle[] = {'\n', static_cast<std::uint8_t>(kind)};
  const Hash hash = sha256({as_bytes(name), middle, key});
  return static_cast<std::uint32_t>(from_big_endian(as_text(hash).substr(0, 4)));
}

std::string Verifier::text() const { return name + "+" + hex_id(id()) + "+" + key_blob(kind, key); }

std::optional<Verifier> Verifier::parse(std::string_view text) {
  auto parts = parse_key(text);
  if (!parts) return std::nullopt;
  Verifier verifier{std::move(parts->name), parts->kind, parts->key};
  if (parts->id != hex_id(verifier.id())) return std::nullopt;
  return verifier;
}

Signer::Signer(std::string name, const Seed& seed, KeyKind kind)
    : verifier_{std::move(name), kind, {}}, seed_(seed), key_(seed) {
  CHECK(is_key_name(verifier_.name));
  verifier_.key = key_.public_key();
}

std::optional<Signer> Signer::parse(std::string_view text) {
  if (!text.starts_with(private_key_prefix)) return std::nullopt;
  auto parts = parse_key(text.substr(private_key_prefix.size()));
  if (!parts) return std::nullopt;
  Signer signer(std::move(parts->name), parts->key, parts->kind);
  sodium_memzero(parts->key.data(), parts->key.size());
  if (parts->id != hex_id(signer.verifier_.id())) return std::nullopt;
  return signer;
}

std::string Signer::text() const {
  return std::string(private_key_prefix) + verifier_.name + "+" + hex_id(verifier_.id()) + "+" +
         key_blob(verifier_.kind, seed_);
}

NoteSignature Signer::sign(std::string_view text) const {
  CHECK(verifier_.kind == KeyKind::log && text.ends_with('\n'));
  const Signature signature = key_.sign(text);
  return {verifier_.name, verifier_.id(), std::string(as_text(signature))};
}

NoteSignature Signer::cosign(std::string_view text, std::uint64_t time) const {
  CHECK(verifier_.kind == KeyKind::witness && text.ends_with('\n'));
  const Signature signature = key_.sign(cosigned_message(text, time));
  return {verifier_.name, verifier_.id(), big_endian(time, 8) + std::string(as_text(signature))};
}

std::string Note::serialise() const {
  std::string bytes = text + "\n";
  for (const NoteSignature& line : signatures) {
    const std::string blob = big_endian(line.key_id, 4) + line.blob;
    bytes.append(signature_prefix).append(line.name).append(" ");
    bytes.append(to_base64(as_bytes(blob))).append("\n");
  }
  return bytes;
}

std::optional<Note> Note::parse(std::string_view bytes) {
  if (bytes.size() > note_size_max || !bytes.ends_with('\n') || !is_utf8(bytes))
    return std::nullopt;
  for (const char c : bytes)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return std::nullopt;
  const std::size_t text_end = bytes.rfind("\n\n");
  if (text_end == std::string_view::npos) return std::nullopt;
  Note note{std::string(bytes.substr(0, text_end + 1)), {}};
  for (std::string_view rest = bytes.substr(text_end + 2); !rest.empty();) {
    const std::size_t line_end = rest.find('\n');
    auto line = parse_signature(rest.substr(0, line_end));
    if (!line || note.signatures.size() == note_signatures_max) return std::nullopt;
    note.signatures.push_back(*std::move(line));
    rest.remove_prefix(line_end + 1);
  }
  if (note.signatures.empty()) return std::nullopt;
  return note;
}

std::optional<std::vector<Signed>> verify(const Note& note, std::span<const Verifier> known) {
  std::vector<Signed> good;
  for (const NoteSignature& line : note.signatures) {
    for (const Verifier& by : known) {
      if (by.name != line.name || by.id() != line.key_id) continue;
      const auto signature = check(note, line, by);
      if (!signature) return std::nullopt;
      good.push_back(*signature);
    }
  }
  return good;
}

}  // namespace ln::merkle
