// Whatever bytes claim to be a token, a key or a blinded message: what is read is written as it
// was, and nothing that is no signature verifies.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/blind/blind.h"

namespace {

void expect(bool claim) {
  if (!claim) std::abort();
}

const ln::blind::KeyPair& key() {
  static const ln::blind::KeyPair made = [] {
    ln::SeededRandom random(1);
    return ln::blind::make_key(random);
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  if (const auto token = ln::blind::read_token(text)) {
    expect(ln::blind::read_token(ln::blind::text_of(*token)) == token);
    expect(!ln::blind::verify(key().public_key, token->message, token->signature));
  }
  if (const auto raw = ln::blind::from_base64url(text))
    expect(ln::blind::to_base64url(*raw) == text);
  static_cast<void>(ln::blind::signature_size(text));
  if (const auto signature = ln::blind::sign(key().private_key, text))
    expect(signature->size() == text.size());
  return 0;
}
