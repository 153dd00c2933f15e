// Where a link leads. Only a Url goes into href, src and action, and only these functions make one,
// so no page can link to "javascript:…" or to "//elsewhere" because of what somebody typed.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ln::html {

struct View;

class Url {
 public:
  // A path of this site without language: files, API, assets. Literals and the first piece keep
  // their slashes; later values are one segment each and are percent-encoded whole:
  //   Url::path("/feedback/", code, "/slip")
  // Precondition: is_path(first).
  template <class... Pieces>
  static Url path(std::string_view first, const Pieces&... pieces) {
    return Url(begin("", first)).append(pieces...);
  }
  // Begins with exactly one '/', so no browser reads it as "//host".
  static bool is_path(std::string_view text) {
    return text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
  }
  // The same for pages: keeps the reader's language.  Url::in(view, "/register")
  template <class... Pieces>
  static Url in(const View& view, std::string_view first, const Pieces&... pieces) {
    return Url(begin(prefix_of(view), first)).append(pieces...);
  }
  // The page being looked at, with its query, in the other language.
  static Url other_language(const View& view);
  // The page being looked at, without its query.
  static Url here(const View& view);
  // A place inside the page: "#body".
  static Url anchor(std::string_view id);
  // Somewhere else. Null for anything but a well-formed https:// address.
  static std::optional<Url> external(std::string_view text);
  static Url phone(std::string_view number);  // tel:, digits and + kept
  // geo: (RFC 5870), of "21.0285, 105.8542"; digits, signs, points and commas are kept.
  static Url point(std::string_view coordinates);

  // The same with one more "name=value" in its query, or with "#id" at its end.
  Url with(std::string_view name, std::string_view value) &&;
  Url with(std::string_view name, std::string_view value) const&;
  Url with(std::string_view name, std::int64_t value) const&;
  Url at(std::string_view id) const&;

  std::string_view view() const { return text_; }
  friend bool operator==(const Url&, const Url&) = default;

 private:
  explicit Url(std::string text) : text_(std::move(text)) {}
  static std::string_view prefix_of(const View& view);
  static std::string begin(std::string_view prefix, std::string_view first);

  template <class... Pieces>
  Url append(const Pieces&... pieces) && {
    (add_piece(pieces), ...);
    return std::move(*this);
  }
  template <std::size_t size>
  void add_piece(const char (&literal)[size]) {
    add_path(std::string_view(literal));
  }
  void add_piece(std::string_view value) { add_segment(value); }
  void add_piece(std::integral auto number) { text_ += std::to_string(number); }
  void add_path(std::string_view path);
  void add_segment(std::string_view value);

  std::string text_;
};

}  // namespace ln::html
