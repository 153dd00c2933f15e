#include "engine/merkle/merkle_leaf.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace ln::merkle {
namespace {

constexpr std::string_view tag_context = "langnghe/tag/v1\n";
constexpr std::string_view commit_context = "langnghe/commit/v1\n";

// RFC 8785 §3.2.2.2: the short escapes where there are some, \u00xx for the other controls, and
// every other character as itself.
void add_string(std::string& json, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  json += '"';
  for (const char c : text) {
    switch (c) {
      case '"': json += "\\\""; break;
      case '\\': json += "\\\\"; break;
      case '\b': json += "\\b"; break;
      case '\t': json += "\\t"; break;
      case '\n': json += "\\n"; break;
      case '\f': json += "\\f"; break;
      case '\r': json += "\\r"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) {
          json += c;
        } else {
          json += "\\u00";
          json += digits[static_cast<unsigned char>(c) >> 4U];
          json += digits[static_cast<unsigned char>(c) & 15U];
        }
    }
  }
  json += '"';
}

}  // namespace

Hash tag_of(const CaseKey& key, std::uint32_t seq) {
  std::array<std::uint8_t, 4> number{};
  for (std::size_t i = 0; i < 4; ++i) number[i] = static_cast<std::uint8_t>(seq >> (24 - 8 * i));
  return hmac_sha256(key, {as_bytes(tag_context), number});
}

Hash commit_to(const Salt& salt, std::string_view payload) {
  return sha256({as_bytes(commit_context), salt, as_bytes(payload)});
}

Leaf make_leaf(const Hash& tag, const Hash& commit) {
  Leaf leaf;
  leaf[0] = 0x01;
  std::copy(tag.begin(), tag.end(), leaf.begin() + 1);
  std::copy(commit.begin(), commit.end(), leaf.begin() + 33);
  return leaf;
}

bool is_case_leaf(std::string_view bytes) {
  return bytes.size() == Leaf{}.size() && bytes.front() == '\x01';
}

void CanonicalObject::begin(std::string_view name) {
  CHECK(name > last_name_);
  if (!last_name_.empty()) json_ += ',';
  last_name_ = name;
  add_string(json_, name);
  json_ += ':';
}

void CanonicalObject::text(std::string_view name, std::string_view value) {
  begin(name);
  add_string(json_, value);
}

void CanonicalObject::number(std::string_view name, std::int64_t value) {
  constexpr std::int64_t exact_max = (std::int64_t{1} << 53) - 1;
  CHECK(value >= -exact_max && value <= exact_max);
  begin(name);
  json_ += std::to_string(value);
}

void CanonicalObject::texts(std::string_view name, std::span<const std::string> values) {
  begin(name);
  json_ += '[';
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) json_ += ',';
    add_string(json_, values[i]);
  }
  json_ += ']';
}

std::string CanonicalObject::take() && { return std::move(json_) + "}"; }

}  // namespace ln::merkle
