#include "engine/blind/blind.h"

#include <doctest/doctest.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <fstream>
#include <map>

#include "base/text.h"
#include "engine/blind/blind_client.h"
#include "engine/blind/blind_number.h"

namespace ln::blind {
namespace {

// The first vector of RFC 9474, Appendix A: RSABSSA-SHA384-PSS-Randomized.
std::map<std::string, std::string> vector_of_the_rfc() {
  std::ifstream file(LN_SOURCE "/test/vectors/blind_rsa.txt");
  std::map<std::string, std::string> all;
  std::string name, hex;
  while (file >> name >> hex) all[name] = from_hex(hex).value();
  REQUIRE(all.size() == 9);
  return all;
}

template <class Write>
std::string bytes_from(EVP_PKEY* key, Write write) {
  unsigned char* out = nullptr;
  const int size = write(key, &out);
  std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  OPENSSL_free(out);
  return der;
}

// The key of the vector, from its primes.
KeyPair key_of(const std::string& p_bytes, const std::string& q_bytes) {
  BN_CTX* context = BN_CTX_new();
  const Number p = number_in(p_bytes), q = number_in(q_bytes), n(BN_new()), e(BN_new()),
               phi(BN_new()), p1(BN_dup(p.get())), q1(BN_dup(q.get())), dp(BN_new()), dq(BN_new());
  BN_set_word(e.get(), 65537);
  BN_sub_word(p1.get(), 1);
  BN_sub_word(q1.get(), 1);
  BN_mul(n.get(), p.get(), q.get(), context);
  BN_mul(phi.get(), p1.get(), q1.get(), context);
  const Number d(BN_mod_inverse(nullptr, e.get(), phi.get(), context));
  BN_mod(dp.get(), d.get(), p1.get(), context);
  BN_mod(dq.get(), d.get(), q1.get(), context);
  const Number qi(BN_mod_inverse(nullptr, q.get(), p.get(), context));
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, n.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, e.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_D, d.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_FACTOR1, p.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_FACTOR2, q.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_EXPONENT1, dp.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get());
  OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qi.get());
  OSSL_PARAM* params = OSSL_PARAM_BLD_to_param(builder);
  const KeyContext maker(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  EVP_PKEY_fromdata_init(maker.get());
  REQUIRE(EVP_PKEY_fromdata(maker.get(), &key, EVP_PKEY_KEYPAIR, params) == 1);
  KeyPair pair{bytes_from(key, i2d_PUBKEY), bytes_from(key, i2d_PrivateKey)};
  EVP_PKEY_free(key);
  OSSL_PARAM_free(params);
  OSSL_PARAM_BLD_free(builder);
  BN_CTX_free(context);
  return pair;
}

const KeyPair& one_key() {
  static const KeyPair key = [] {
    SeededRandom random(9474);
    return make_key(random);
  }();
  return key;
}

Token token_of(const KeyPair& key, std::int64_t draft, std::uint64_t seed) {
  SeededRandom random(seed);
  const std::string nonce(as_text(random.bytes<nonce_size>()));
  const std::string message = prepare(nonce, random);
  const auto blinded = blind(key.public_key, message, random);
  const auto answer = sign(key.private_key, blinded.value().message);
  return {draft, message,
          finalize(key.public_key, message, answer.value(), blinded->inverse).value()};
}

}  // namespace

TEST_CASE("blind signatures give the bytes of RFC 9474") {
  auto rfc = vector_of_the_rfc();
  const KeyPair key = key_of(rfc["p"], rfc["q"]);
  CHECK(signature_size(key.public_key) == 512);
  const std::string message = rfc["prefix"] + rfc["msg"];
  const auto blinded = blind_with(key.public_key, message, rfc["salt"], rfc["inv"]);
  REQUIRE(blinded);
  CHECK(to_hex(as_bytes(blinded->message)) == to_hex(as_bytes(rfc["blinded_msg"])));
  const auto answer = sign(key.private_key, blinded->message);
  REQUIRE(answer);
  CHECK(to_hex(as_bytes(*answer)) == to_hex(as_bytes(rfc["blind_sig"])));
  const auto signature = finalize(key.public_key, message, *answer, rfc["inv"]);
  REQUIRE(signature);
  CHECK(to_hex(as_bytes(*signature)) == to_hex(as_bytes(rfc["sig"])));
  CHECK(verify(key.public_key, message, rfc["sig"]));
  CHECK_FALSE(verify(key.public_key, rfc["msg"], rfc["sig"]));
}

TEST_CASE("a blind signature is one for its message and its key alone") {
  const KeyPair& key = one_key();
  SeededRandom random(77);
  const KeyPair other = make_key(random);
  const Token token = token_of(key, 12, 1);
  CHECK(verify(key.public_key, token.message, token.signature));
  CHECK_FALSE(verify(other.public_key, token.message, token.signature));
  for (std::size_t i = 0; i < token.signature.size(); i += 37) {
    std::string bent = token.signature;
    bent[i] = static_cast<char>(bent[i] ^ 1);
    CHECK_FALSE(verify(key.public_key, token.message, bent));
  }
  std::string message = token.message;
  message.back() = static_cast<char>(message.back() ^ 1);
  CHECK_FALSE(verify(key.public_key, message, token.signature));
  CHECK_FALSE(verify(key.public_key, token.message, token.signature.substr(1)));
  CHECK_FALSE(verify(key.public_key, token.message, ""));
  CHECK_FALSE(verify("", token.message, token.signature));
  // Another message finds no use for the answer: the signature was blinded for this one.
  const auto blinded = blind(key.public_key, token.message, random);
  const auto answer = sign(key.private_key, blinded.value().message);
  CHECK_FALSE(finalize(key.public_key, message, answer.value(), blinded->inverse));
  CHECK_FALSE(finalize(other.public_key, token.message, *answer, blinded->inverse));
}

TEST_CASE("what is signed blindly looks the same whatever it is") {
  const KeyPair& key = one_key();
  SeededRandom random(3);
  const std::string message = prepare("the same", random);
  const auto one = blind(key.public_key, message, random);
  const auto two = blind(key.public_key, message, random);
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->message != two->message);
  CHECK(one->message.size() == 256);
  CHECK(one->inverse != two->inverse);
}

TEST_CASE("nothing is signed that is no blinded message of the key") {
  const KeyPair& key = one_key();
  CHECK_FALSE(sign(key.private_key, ""));
  CHECK_FALSE(sign(key.private_key, std::string(255, '\1')));
  CHECK_FALSE(sign(key.private_key, std::string(257, '\1')));
  CHECK_FALSE(sign(key.private_key, std::string(256, '\xff')));  // not below the modulus
  CHECK(sign(key.private_key, std::string(256, '\1')));
  CHECK_FALSE(sign("", std::string(256, '\1')));
  CHECK_FALSE(sign(key.public_key, std::string(256, '\1')));
  CHECK_FALSE(sign(key.private_key + "x", std::string(256, '\1')));
  CHECK_FALSE(signature_size(key.public_key.substr(1)));
  CHECK_FALSE(signature_size(key.public_key + "x"));
  CHECK_FALSE(blind_with(key.public_key, "m", std::string(48, 's'), std::string(256, '\0')));
}

TEST_CASE("keys are new for each draw and the same for the same bytes") {
  SeededRandom a(5), b(5), c(6);
  const KeyPair one = make_key(a), again = make_key(b), other = make_key(c);
  CHECK(one.public_key == again.public_key);
  CHECK(one.private_key == again.private_key);
  CHECK(one.public_key != other.public_key);
  CHECK(signature_size(one.public_key) == 256);
  CHECK(one.public_key.size() == 294);
}

TEST_CASE("a token is read as people carry it") {
  const Token token = token_of(one_key(), 12, 4);
  const std::string text = text_of(token);
  CHECK(text.starts_with("CT-12-"));
  CHECK(read_token(text) == token);
  std::string spaced = " ";
  for (std::size_t i = 0; i < text.size(); ++i)
    spaced += (i % 40 == 39 ? std::string("\r\n ") : std::string()) + text[i];
  CHECK(read_token(spaced) == token);
  CHECK_FALSE(read_token(""));
  CHECK_FALSE(read_token("CT-12-"));
  CHECK_FALSE(read_token(text.substr(1)));
  CHECK_FALSE(read_token(text + "A"));
  CHECK_FALSE(read_token(text.substr(0, text.size() - 4)));
  CHECK_FALSE(read_token("CT-0-" + text.substr(6)));
  CHECK_FALSE(read_token("CT--1-" + text.substr(6)));
  CHECK_FALSE(read_token(std::string(100'000, 'A')));
  CHECK(from_base64url("-_8") == "\xfb\xff");
  CHECK_FALSE(from_base64url("-_9"));  // bits beyond the last byte
  CHECK_FALSE(from_base64url("+/8"));
}

}  // namespace ln::blind
