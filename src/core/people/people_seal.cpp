#include "core/people/people_seal.h"

#include <sodium.h>

#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "core/people/people_sodium.h"

namespace ln::people {
namespace {

constexpr std::string_view sealed_title = "langnghe sealed 1\n";
constexpr std::size_t sealed_file_max = 64 * 1024;  // bytes
constexpr std::size_t padded_to = 256;              // bytes: lengths tell nothing finer

std::uint8_t* bytes_of(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

// What crypto_box_seal does, with the ephemeral key drawn from `random`: an ephemeral public key,
// then a box whose nonce is the hash of both public keys.
std::string box_for(const PublicKey& holder, std::string_view inside, Random& random) {
  std::array<std::uint8_t, crypto_box_SEEDBYTES> seed{};
  random.fill(seed);
  PublicKey once_public{};
  SecretKey once_secret{};
  crypto_box_seed_keypair(once_public.data(), once_secret.data(), seed.data());
  std::array<std::uint8_t, crypto_box_NONCEBYTES> nonce{};
  crypto_generichash_state hash;
  crypto_generichash_init(&hash, nullptr, 0, nonce.size());
  crypto_generichash_update(&hash, once_public.data(), once_public.size());
  crypto_generichash_update(&hash, holder.data(), holder.size());
  crypto_generichash_final(&hash, nonce.data(), nonce.size());
  std::string box(as_text(once_public));
  box.resize(crypto_box_SEALBYTES + inside.size());
  const int done = crypto_box_easy(bytes_of(box) + once_public.size(), as_bytes(inside).data(),
                                   inside.size(), nonce.data(), holder.data(), once_secret.data());
  CHECK(done == 0);
  sodium_memzero(once_secret.data(), once_secret.size());
  sodium_memzero(seed.data(), seed.size());
  return box;
}

std::optional<std::string> open_box(std::string_view box, const KeyPair& key) {
  if (box.size() < crypto_box_SEALBYTES) return std::nullopt;
  std::string inside(box.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(bytes_of(inside), as_bytes(box).data(), box.size(),
                           key.public_key.data(), key.secret_key.data()) != 0)
    return std::nullopt;
  return inside;
}

std::string padded(std::string_view text) {
  std::string out(text);
  out.push_back('\x80');  // ISO 7816-4: a mark, then zeros
  out.resize((out.size() + padded_to - 1) / padded_to * padded_to, '\0');
  return out;
}

std::optional<std::string> unpadded(std::string_view text) {
  const std::size_t mark = text.find_last_not_of('\0');
  if (mark == std::string_view::npos || text[mark] != '\x80') return std::nullopt;
  return std::string(text.substr(0, mark));
}

// One line of the file: nested boxes and the keys that open them, outermost first.
struct Nest {
  std::vector<std::string> keys;
  std::string box;
};

std::string to_line(const Nest& nest) {
  std::string line;
  for (const std::string& key : nest.keys) line += (line.empty() ? "" : ",") + key;
  return line + " " + to_base64(as_bytes(nest.box)) + "\n";
}

bool is_fingerprint(std::string_view text) {
  return text.size() == 8 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::optional<Nest> from_line(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  Nest nest;
  for (std::string_view keys = line.substr(0, space); !keys.empty();) {
    const std::size_t end = std::min(keys.find(','), keys.size());
    if (!is_fingerprint(keys.substr(0, end))) return std::nullopt;
    nest.keys.emplace_back(keys.substr(0, end));
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  auto box = from_base64(line.substr(space + 1));
  if (!box || nest.keys.empty() || nest.keys.size() > 2) return std::nullopt;
  nest.box = *std::move(box);
  return nest;
}

// The nests of a file; empty when it is none.
std::vector<Nest> read_file(std::string_view file) {
  if (file.size() > sealed_file_max || !file.starts_with(sealed_title)) return {};
  file.remove_prefix(sealed_title.size());
  std::vector<Nest> nests;
  while (!file.empty()) {
    const std::size_t end = std::min(file.find('\n'), file.size());
    auto nest = from_line(file.substr(0, end));
    if (!nest) return {};
    nests.push_back(*std::move(nest));
    file.remove_prefix(std::min(end + 1, file.size()));
  }
  return nests;
}

}  // namespace

KeyPair make_key_pair(Random& random) {
  start_sodium();
  std::array<std::uint8_t, crypto_box_SEEDBYTES> seed{};
  random.fill(seed);
  KeyPair pair{};
  crypto_box_seed_keypair(pair.public_key.data(), pair.secret_key.data(), seed.data());
  sodium_memzero(seed.data(), seed.size());
  return pair;
}

std::string fingerprint(const PublicKey& key) {
  start_sodium();
  std::array<std::uint8_t, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), key.data(), key.size(), nullptr, 0);
  return to_hex(std::span(hash).first(4));
}

std::string seal(std::string_view text, const std::array<PublicKey, 3>& holders, Random& random) {
  start_sodium();
  CHECK(text.size() <= sealed_text_max);
  const std::string inside = padded(text);
  std::string file(sealed_title);
  // Each holder stands outermost once, so whoever begins can do something.
  for (std::size_t i = 0; i < holders.size(); ++i) {
    const PublicKey &outer = holders[i], &inner = holders[(i + 1) % holders.size()];
    CHECK(outer != inner);
    file += to_line({{fingerprint(outer), fingerprint(inner)},
                     box_for(outer, box_for(inner, inside, random), random)});
  }
  return file;
}

Result<Peeled> peel(std::string_view sealed, const KeyPair& key) {
  start_sodium();
  std::vector<Nest> nests = read_file(sealed);
  if (nests.empty()) return Error{ErrorKind::invalid, "people.error.not_sealed"_t};
  const std::string mine = fingerprint(key.public_key);
  bool did_open = false;
  for (Nest& nest : nests) {
    if (nest.keys.front() != mine) continue;
    auto inside = open_box(nest.box, key);
    if (!inside) return Error{ErrorKind::invalid, "people.error.seal_damaged"_t};
    did_open = true;
    nest.keys.erase(nest.keys.begin());
    nest.box = *std::move(inside);
    if (!nest.keys.empty()) continue;
    auto text = unpadded(nest.box);
    if (!text) return Error{ErrorKind::invalid, "people.error.seal_damaged"_t};
    return Peeled{std::move(text), {}, {}};
  }
  if (!did_open) return Error{ErrorKind::invalid, "people.error.seal_other_key"_t};
  Peeled peeled{std::nullopt, std::string(sealed_title), {}};
  for (const Nest& nest : nests) peeled.sealed += to_line(nest);
  // One box away from the text is better than two.
  std::ranges::stable_sort(nests, {}, [](const Nest& nest) { return nest.keys.size(); });
  for (const Nest& nest : nests)
    if (std::ranges::find(peeled.next_keys, nest.keys.front()) == peeled.next_keys.end())
      peeled.next_keys.push_back(nest.keys.front());
  return peeled;
}

std::vector<std::string> outermost_keys(std::string_view sealed) {
  std::vector<std::string> keys;
  for (const Nest& nest : read_file(sealed)) keys.push_back(nest.keys.front());
  return keys;
}

}  // namespace ln::people
