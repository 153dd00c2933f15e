#include <array>
#include <charconv>
#include <cmath>

#include "base/check.h"
#include "base/text.h"
#include "platform/json/json.h"

namespace ln::json {
namespace {

// RFC 8785 §3.2.2.2: the short escapes where there are any, else \u00xx in lower case; everything
// that need not be escaped stands as it is.
void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // where the run begins that needs no escape
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out += text.substr(plain, i - plain);
    plain = i + 1;
    switch (byte) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
  }
  out += text.substr(plain);
  out += '"';
}

}  // namespace

void Writer::before_value() {
  if (open_.empty()) {
    CHECK(!has_value_);  // One document is one value.
  } else if (open_.back() == '{') {
    CHECK(has_name_);
  } else if (has_value_) {
    *out_ += ',';
  }
  has_name_ = false;
  has_value_ = true;
}

Writer& Writer::object() {
  before_value();
  open_ += '{';
  *out_ += '{';
  has_value_ = false;
  return *this;
}

Writer& Writer::array() {
  before_value();
  open_ += '[';
  *out_ += '[';
  has_value_ = false;
  return *this;
}

void Writer::close(char open, char end) {
  CHECK(!open_.empty() && open_.back() == open && !has_name_);
  open_.pop_back();
  *out_ += end;
  has_value_ = true;
}

Writer& Writer::end_object() {
  close('{', '}');
  return *this;
}

Writer& Writer::end_array() {
  close('[', ']');
  return *this;
}

Writer& Writer::name(std::string_view name) {
  CHECK(!open_.empty() && open_.back() == '{' && !has_name_);
  CHECK(is_utf8(name));
  if (has_value_) *out_ += ',';
  append_escaped(*out_, name);
  *out_ += ':';
  has_name_ = true;
  return *this;
}

Writer& Writer::text(std::string_view value) {
  CHECK(is_utf8(value));
  before_value();
  append_escaped(*out_, value);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  before_value();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_->append(digits.data(), end);
  return *this;
}

Writer& Writer::decimal(double value, int digits) {
  CHECK(std::isfinite(value) && std::abs(value) < 1e15 && digits >= 0 && digits <= 9);
  before_value();
  std::array<char, 48> written{};
  const auto end = std::to_chars(written.data(), written.data() + written.size(), value,
                                 std::chars_format::fixed, digits)
                       .ptr;
  out_->append(written.data(), end);
  return *this;
}

Writer& Writer::boolean(bool value) {
  before_value();
  *out_ += value ? "true" : "false";
  return *this;
}

Writer& Writer::null() {
  before_value();
  *out_ += "null";
  return *this;
}

Writer& Writer::verbatim(std::string_view value) {
  CHECK(!value.empty());
  before_value();
  *out_ += value;
  return *this;
}

}  // namespace ln::json
