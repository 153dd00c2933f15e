#include "engine/blind/blind.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <new>

#include "base/check.h"
#include "base/text.h"
#include "engine/blind/blind_number.h"

namespace ln::blind {
namespace {

using Params = std::unique_ptr<OSSL_PARAM, Release<OSSL_PARAM_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Release<OSSL_PARAM_BLD_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;

constexpr unsigned long exponent = 65537;
constexpr std::string_view token_head = "CT-";
constexpr std::size_t token_text_max = 4'096;

// OpenSSL's functions here fail for want of memory alone.
template <class T>
T must(T value) {
  if (!value) throw std::bad_alloc();
  return value;
}

// Whether a key that was read is one that this room works with.
bool is_ours(const Key& key) {
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return false;
  const int bits = EVP_PKEY_get_bits(key.get());
  const auto modulus = modulus_of(key);
  return bits >= key_bits && bits <= key_bits_max && bits % 8 == 0 && modulus &&
         BN_is_word(modulus->e.get(), exponent) == 1 && BN_is_odd(modulus->n.get()) == 1;
}

Key private_key_in(std::string_view der) {
  const unsigned char* at = bytes_at(der);
  Key key(d2i_PrivateKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
  const bool is_whole = key && at == bytes_at(der) + der.size();
  ERR_clear_error();
  return is_whole && is_ours(key) ? std::move(key) : nullptr;
}

// One of the two primes: the two highest bits are set, so that the product has all its bits.
Number draw_prime(Random& random, BN_CTX* context) {
  constexpr std::size_t size = key_bits / 16;
  for (;;) {
    auto bytes = random.bytes<size>();
    bytes.front() |= 0xc0;
    bytes.back() |= 1;
    Number prime(must(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)));
    OPENSSL_cleanse(bytes.data(), bytes.size());
    BN_set_flags(prime.get(), BN_FLG_CONSTTIME);
    // The exponent is a prime: it has an inverse unless it divides p - 1.
    if (BN_mod_word(prime.get(), exponent) == 1) continue;
    const int is_prime = BN_check_prime(prime.get(), context, nullptr);
    if (is_prime < 0) throw std::bad_alloc();
    if (is_prime == 1) return prime;
  }
}

Number less_one(const Number& number) {
  Number less(must(BN_dup(number.get())));
  must(BN_sub_word(less.get(), 1));
  BN_set_flags(less.get(), BN_FLG_CONSTTIME);
  return less;
}

Number inverse_of(const Number& number, const Number& modulus, BN_CTX* context) {
  return Number(must(BN_mod_inverse(nullptr, number.get(), modulus.get(), context)));
}

Number remainder_of(const Number& number, const Number& modulus, BN_CTX* context) {
  Number rest(must(BN_secure_new()));
  must(BN_mod(rest.get(), number.get(), modulus.get(), context));
  return rest;
}

Key key_of(const Number& p, const Number& q, BN_CTX* context) {
  const Number e(must(BN_new()));
  must(BN_set_word(e.get(), exponent));
  const Number n(must(BN_new()));
  must(BN_mul(n.get(), p.get(), q.get(), context));
  const Number p1 = less_one(p), q1 = less_one(q);
  const Number phi(must(BN_secure_new()));
  must(BN_mul(phi.get(), p1.get(), q1.get(), context));
  BN_set_flags(phi.get(), BN_FLG_CONSTTIME);
  const Number d = inverse_of(e, phi, context);
  BN_set_flags(d.get(), BN_FLG_CONSTTIME);
  const Number dp = remainder_of(d, p1, context), dq = remainder_of(d, q1, context);
  const Number qi = inverse_of(q, p, context);
  const Builder builder(must(OSSL_PARAM_BLD_new()));
  const std::pair<const char*, const Number*> parts[] = {
      {OSSL_PKEY_PARAM_RSA_N, &n},          {OSSL_PKEY_PARAM_RSA_E, &e},
      {OSSL_PKEY_PARAM_RSA_D, &d},          {OSSL_PKEY_PARAM_RSA_FACTOR1, &p},
      {OSSL_PKEY_PARAM_RSA_FACTOR2, &q},    {OSSL_PKEY_PARAM_RSA_EXPONENT1, &dp},
      {OSSL_PKEY_PARAM_RSA_EXPONENT2, &dq}, {OSSL_PKEY_PARAM_RSA_COEFFICIENT1, &qi}};
  for (const auto& [name, number] : parts)
    must(OSSL_PARAM_BLD_push_BN(builder.get(), name, number->get()));
  const Params params(must(OSSL_PARAM_BLD_to_param(builder.get())));
  const KeyContext maker(must(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)));
  EVP_PKEY* made = nullptr;
  must(EVP_PKEY_fromdata_init(maker.get()) == 1);
  must(EVP_PKEY_fromdata(maker.get(), &made, EVP_PKEY_KEYPAIR, params.get()) == 1);
  return Key(made);
}

template <int (*write)(const EVP_PKEY*, unsigned char**)>
std::string der_of(const Key& key) {
  unsigned char* out = nullptr;
  const int size = write(key.get(), &out);
  if (size <= 0) throw std::bad_alloc();
  std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(size));
  OPENSSL_clear_free(out, static_cast<std::size_t>(size));
  return der;
}

// The bare operation of RSA without padding: `is_private` raises to d, else to e.
std::optional<std::string> raised(const Key& key, std::string_view bytes, bool is_private) {
  const KeyContext context(must(EVP_PKEY_CTX_new(key.get(), nullptr)));
  const auto begin = is_private ? EVP_PKEY_decrypt_init : EVP_PKEY_encrypt_init;
  const auto run = is_private ? EVP_PKEY_decrypt : EVP_PKEY_encrypt;
  std::string out(bytes.size(), '\0');
  std::size_t size = out.size();
  const bool fine = begin(context.get()) == 1 &&
                    EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) == 1 &&
                    run(context.get(), bytes_at(out), &size, bytes_at(bytes), bytes.size()) == 1;
  ERR_clear_error();
  if (!fine || size != out.size()) return std::nullopt;
  return out;
}

}  // namespace

Number number_in(std::string_view bytes) {
  return Number(must(BN_bin2bn(bytes_at(bytes), static_cast<int>(bytes.size()), nullptr)));
}

std::string bytes_of(const Number& number, std::size_t size) {
  std::string out(size, '\0');
  must(BN_bn2binpad(number.get(), bytes_at(out), static_cast<int>(size)) >= 0);
  return out;
}

std::optional<Modulus> modulus_of(const Key& key) {
  BIGNUM *n = nullptr, *e = nullptr;
  EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &n);
  EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_E, &e);
  Modulus modulus{Number(n), Number(e), 0};
  if (!modulus.n || !modulus.e) return std::nullopt;
  modulus.size = static_cast<std::size_t>(BN_num_bytes(n));
  return modulus;
}

Key public_key_in(std::string_view der) {
  const unsigned char* at = bytes_at(der);
  Key key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  const bool is_whole = key && at == bytes_at(der) + der.size();
  ERR_clear_error();
  return is_whole && is_ours(key) ? std::move(key) : nullptr;
}

KeyPair make_key(Random& random) {
  const Context context(must(BN_CTX_secure_new()));
  Number p = draw_prime(random, context.get());
  Number q = draw_prime(random, context.get());
  while (BN_cmp(p.get(), q.get()) == 0) q = draw_prime(random, context.get());
  if (BN_cmp(p.get(), q.get()) < 0) std::swap(p, q);
  const Key key = key_of(p, q, context.get());
  KeyPair pair{der_of<i2d_PUBKEY>(key), der_of<i2d_PrivateKey>(key)};
  // A key that a fault of the machine spoilt would be told in public before anybody tried it.
  CHECK(sign(pair.private_key, std::string(1, '\0') + std::string(key_bits / 8 - 1, 'k')));
  return pair;
}

std::optional<std::size_t> signature_size(std::string_view public_key) {
  const Key key = public_key_in(public_key);
  return key ? std::optional(static_cast<std::size_t>(EVP_PKEY_get_bits(key.get())) / 8)
             : std::nullopt;
}

std::optional<std::string> sign(std::string_view private_key, std::string_view blinded) {
  const Key key = private_key_in(private_key);
  const auto modulus = key ? modulus_of(key) : std::nullopt;
  if (!modulus || blinded.size() != modulus->size) return std::nullopt;
  if (BN_cmp(number_in(blinded).get(), modulus->n.get()) >= 0) return std::nullopt;
  auto signature = raised(key, blinded, true);
  if (!signature || raised(key, *signature, false) != blinded) return std::nullopt;
  return signature;
}

bool verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  const Key key = public_key_in(public_key);
  if (!key) return false;
  const Digest digest(must(EVP_MD_CTX_new()));
  EVP_PKEY_CTX* of_key = nullptr;  // belongs to `digest`
  const bool fine =
      EVP_DigestVerifyInit(digest.get(), &of_key, EVP_sha384(), nullptr, key.get()) == 1 &&
      EVP_PKEY_CTX_set_rsa_padding(of_key, RSA_PKCS1_PSS_PADDING) == 1 &&
      EVP_PKEY_CTX_set_rsa_mgf1_md(of_key, EVP_sha384()) == 1 &&
      EVP_PKEY_CTX_set_rsa_pss_saltlen(of_key, static_cast<int>(salt_size)) == 1 &&
      EVP_DigestVerify(digest.get(), bytes_at(signature), signature.size(), bytes_at(message),
                       message.size()) == 1;
  ERR_clear_error();
  return fine;
}

std::string to_base64url(std::string_view bytes) {
  std::string text = to_base64(as_bytes(bytes));
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c == '+' || c == '/' || c == '=') return std::nullopt;
    c = c == '-' ? '+' : c == '_' ? '/' : c;
  }
  while (plain.size() % 4 != 0) plain += '=';
  auto bytes = from_base64(plain);
  // One text for each value: what is written again must be what was read.
  if (!bytes || to_base64url(*bytes) != text) return std::nullopt;
  return bytes;
}

std::string text_of(const Token& token) {
  return std::string(token_head) + std::to_string(token.draft) + "-" +
         to_base64url(token.message + token.signature);
}

std::optional<Token> read_token(std::string_view text) {
  if (text.size() > token_text_max) return std::nullopt;
  std::string plain;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') plain += c;
  std::string_view rest = plain;
  if (!rest.starts_with(token_head)) return std::nullopt;
  rest.remove_prefix(token_head.size());
  const std::size_t end = rest.find('-');
  if (end == std::string_view::npos) return std::nullopt;
  const auto draft = parse_number(rest.substr(0, end));
  const auto bytes = from_base64url(rest.substr(end + 1));
  if (!draft || *draft <= 0 || !bytes || bytes->size() != message_size + key_bits / 8)
    return std::nullopt;
  return Token{*draft, bytes->substr(0, message_size), bytes->substr(message_size)};
}

}  // namespace ln::blind
