#include "platform/html/url.h"

#include "base/check.h"
#include "platform/html/view.h"

namespace ln::html {
namespace {

constexpr bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

// Percent-encodes (RFC 3986 §2.1) everything but unreserved characters and those in `kept`.
void encode(std::string& out, std::string_view text, std::string_view kept) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (is_unreserved(c) || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4U];
      out += digits[byte & 15U];
    }
  }
}

constexpr std::string_view in_path = "/:@!$&'()*+,;=";
constexpr std::string_view in_segment = ":@!$'()*,;";
constexpr std::string_view in_raw_query = "/:@!$'()*+,;=&?%";

}  // namespace

std::string_view Url::prefix_of(const View& view) {
  return i18n::path_prefix(view.voice.language());
}

std::string Url::begin(std::string_view prefix, std::string_view first) {
  CHECK(is_path(first));
  std::string out(prefix);
  // "/en" alone is the English home page, without a slash at its end.
  if (!prefix.empty() && first == "/") return out;
  encode(out, first, in_path);
  return out;
}

Url Url::other_language(const View& view) {
  const auto other =
      view.voice.language() == i18n::Language::vi ? i18n::Language::en : i18n::Language::vi;
  Url url(begin(i18n::path_prefix(other), view.path.empty() ? "/" : view.path));
  if (!view.query.empty()) {
    url.text_ += '?';
    encode(url.text_, view.query, in_raw_query);
  }
  return url;
}

Url Url::here(const View& view) { return in(view, view.path.empty() ? "/" : view.path); }

Url Url::anchor(std::string_view id) {
  Url url("#");
  encode(url.text_, id, in_segment);
  return url;
}

std::optional<Url> Url::external(std::string_view text) {
  constexpr std::string_view scheme = "https://";
  if (!text.starts_with(scheme) || text.size() > 2000) return std::nullopt;
  const char host = text.size() > scheme.size() ? text[scheme.size()] : '\0';
  if (!is_unreserved(host)) return std::nullopt;
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= ' ' || c == '\\' || c == '"' || c == '<' || c == '>' ||
        c == '\x7F')
      return std::nullopt;
  return Url(std::string(text));
}

Url Url::phone(std::string_view number) {
  Url url("tel:");
  for (const char c : number)
    if ((c >= '0' && c <= '9') || c == '+') url.text_ += c;
  return url;
}

Url Url::point(std::string_view coordinates) {
  Url url("geo:");
  for (const char c : coordinates)
    if ((c >= '0' && c <= '9') || c == '-' || c == '.' || c == ',') url.text_ += c;
  return url;
}

Url Url::with(std::string_view name, std::string_view value) && {
  text_ += text_.find('?') == std::string::npos ? '?' : '&';
  encode(text_, name, "");
  text_ += '=';
  encode(text_, value, "");
  return std::move(*this);
}

Url Url::with(std::string_view name, std::string_view value) const& {
  return Url(*this).with(name, value);
}

Url Url::with(std::string_view name, std::int64_t value) const& {
  return Url(*this).with(name, std::string_view(std::to_string(value)));
}

Url Url::at(std::string_view id) const& {
  Url url(*this);
  url.text_ += anchor(id).text_;
  return url;
}

void Url::add_path(std::string_view path) { encode(text_, path, in_path); }
void Url::add_segment(std::string_view value) { encode(text_, value, in_segment); }

}  // namespace ln::html
