// HTML with holes. The markup is a literal and is read while compiling (markup.h says what is
// refused); what goes into the holes is escaped; only a Fragment goes in as it is.
//
//   fill(R"(<li><a href="{}">{}</a></li>)", url, title)            a new piece
//   out.add(R"(<li><a href="{}">{}</a></li>)", url, title);        at the end of `out`
//   out.add("<ul>{}</ul>", [&](Fragment& list) { list.add(…); });  in place, without a temporary
//
// Holes take text (std::string, string_view, literal), whole numbers, and, by their place:
//   href="{}"     a Url                    checked="{}"   a bool: the bare name or nothing
//   id="{}"       an std::optional, which leaves the whole attribute out when it is empty
//   <input{}>     Attributes, for tags whose attributes vary
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "platform/html/markup.h"
#include "platform/html/url.h"

namespace ln::html {

class Fragment;
class Attributes;

namespace detail {

enum class Given : std::uint8_t {
  text,
  number,
  boolean,
  url,
  maybe_text,
  maybe_url,
  fragment,
  writer,
  attributes,
  nothing_we_know,
};

template <class T>
concept Text = std::convertible_to<const T&, std::string_view>;
template <class T>
concept Character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
                    std::same_as<T, char16_t> || std::same_as<T, char32_t>;
template <class T>
concept MaybeText = requires(const T& value) {
  { value.has_value() } -> std::same_as<bool>;
  { *value } -> std::convertible_to<std::string_view>;
};

template <class T>
consteval Given given() {
  if (std::same_as<T, bool>) return Given::boolean;
  if (std::integral<T>) return Character<T> ? Given::nothing_we_know : Given::number;
  if (Text<T>) return Given::text;
  if (std::same_as<T, Url>) return Given::url;
  if (std::same_as<T, std::optional<Url>>) return Given::maybe_url;
  if (MaybeText<T>) return Given::maybe_text;
  if (std::same_as<T, Fragment>) return Given::fragment;
  if (std::same_as<T, Attributes>) return Given::attributes;
  if (std::invocable<const T&, Fragment&>) return Given::writer;
  return Given::nothing_we_know;
}

constexpr bool fits(HoleKind hole, Given value) {
  const bool plain = value == Given::text || value == Given::number;
  switch (hole) {
    case HoleKind::content: return plain || value == Given::fragment || value == Given::writer;
    case HoleKind::plain_text: return plain;
    case HoleKind::attribute: return plain;
    case HoleKind::whole: return plain || value == Given::maybe_text;
    case HoleKind::boolean: return value == Given::boolean;
    case HoleKind::url: return value == Given::url || value == Given::maybe_url;
    case HoleKind::number: return value == Given::number;
    case HoleKind::tag: return value == Given::attributes;
  }
  return false;
}

// The pattern for these arguments, or no program.
template <std::size_t count>
constexpr Plan plan_for(std::string_view pattern, const std::array<Given, count>& values) {
  const Plan plan = make_plan(pattern);
  if (plan.count != count) throw MarkupError{"as many arguments as holes"};
  for (std::size_t i = 0; i < count; ++i) {
    if (fits(plan.holes[i].kind, values[i])) continue;
    if (plan.holes[i].kind == HoleKind::url) throw MarkupError{"this hole takes a Url only"};
    if (plan.holes[i].kind == HoleKind::tag) throw MarkupError{"this hole takes Attributes only"};
    throw MarkupError{"an argument does not fit its hole"};
  }
  return plan;
}

template <Given... values>
class BasicMarkup {
 public:
  // Implicit on purpose: a literal converts where a pattern is expected.
  consteval BasicMarkup(const char* pattern)
      : text_(pattern),
        plan_(plan_for<sizeof...(values)>(text_, std::array<Given, sizeof...(values)>{values...})) {
  }
  std::string_view text() const { return text_; }
  const Plan& plan() const { return plan_; }

 private:
  std::string_view text_;
  Plan plan_;
};

// An argument without its type, so that one function writes all patterns.
class Argument {
 public:
  enum class Is : std::uint8_t { text, number, flag, absent, fragment, writer, attributes };

  Argument() = default;
  explicit Argument(std::string_view text) : text_(text) {}
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  explicit Argument(Number number)
      : is_(Is::number),
        negative_(number < Number{}),
        number_(negative_ ? ~static_cast<std::uint64_t>(number) + 1U
                          : static_cast<std::uint64_t>(number)) {}
  // A template, because a plain bool would also take the address of a literal.
  template <std::same_as<bool> Flag>
  explicit Argument(Flag flag) : is_(flag ? Is::flag : Is::absent) {}
  explicit Argument(const Url& url) : text_(url.view()) {}
  explicit Argument(const Fragment& fragment) : is_(Is::fragment), with_(&fragment) {}
  explicit Argument(const Attributes& attributes) : is_(Is::attributes), with_(&attributes) {}
  explicit Argument(const std::optional<Url>& url)
      : Argument(url ? Argument(*url) : Argument(false)) {}
  template <class T>
    requires(MaybeText<T> && !std::same_as<T, std::optional<Url>>)
  explicit Argument(const T& text)
      : Argument(text ? Argument(std::string_view(*text)) : Argument(false)) {}
  template <class T>
    requires std::invocable<const T&, Fragment&>
  explicit Argument(const T& writer)
      : is_(Is::writer),
        with_(&writer),
        call_([](const void* with, Fragment& out) { (*static_cast<const T*>(with))(out); }) {}

 private:
  friend class html::Fragment;
  Is is_ = Is::text;
  bool negative_ = false;
  std::string_view text_;
  std::uint64_t number_ = 0;
  const void* with_ = nullptr;
  void (*call_)(const void* with, Fragment& out) = nullptr;
};

// Appends `text` with & < > " ' written as entities.
void escape(std::string& out, std::string_view text);

// The name of an attribute that may be set freely: a literal that is no link, no script, no style.
class AttributeName {
 public:
  consteval AttributeName(const char* name) : text_(name) {
    if (has(url_attributes, text_)) throw MarkupError{"this attribute takes a Url: write it out"};
    if (text_.starts_with("on") || text_.starts_with("src") || text_ == "style" ||
        text_ == "http-equiv" || text_ == "ping" || text_ == "content")
      throw MarkupError{"this attribute is not set freely"};
    for (const char c : text_)
      if (!((c >= 'a' && c <= 'z') || c == '-')) throw MarkupError{"names are lower-case letters"};
  }
  std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

}  // namespace detail

template <class... Args>
using Markup = detail::BasicMarkup<detail::given<std::remove_cvref_t<Args>>()...>;

// Attributes whose number varies, for <input{}>.
class Attributes {
 public:
  Attributes& set(detail::AttributeName name, std::string_view value);
  Attributes& set(detail::AttributeName name, std::int64_t value);
  // Only when there is something to set.
  Attributes& set_if(detail::AttributeName name, std::string_view value) {
    return value.empty() ? *this : set(name, value);
  }
  // The bare name, when `on`.
  Attributes& flag(detail::AttributeName name, bool on = true);

 private:
  friend class Fragment;
  std::string text_;
};

// A piece of finished HTML. One growing buffer: append to it rather than join many.
class Fragment {
 public:
  Fragment() = default;

  template <class... Args>
  Fragment& add(Markup<Args...> pattern, const Args&... args) {
    const std::array<detail::Argument, sizeof...(Args) + 1> list{detail::Argument(args)...};
    write(pattern.text(), pattern.plan(), list.data());
    return *this;
  }
  // Plain text, escaped.
  Fragment& add_text(std::string_view text) {
    detail::escape(text_, text);
    return *this;
  }
  Fragment& operator+=(const Fragment& more) {
    text_ += more.text_;
    return *this;
  }

  bool empty() const { return text_.empty(); }
  std::string_view view() const { return text_; }
  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  std::string take() && { return std::move(text_); }

 private:
  void write(std::string_view pattern, const Plan& plan, const detail::Argument* args);
  void write_value(const detail::Argument& value, bool guards_newline);

  std::string text_;
};

template <class... Args>
Fragment fill(Markup<Args...> pattern, const Args&... args) {
  Fragment out;
  out.reserve(pattern.text().size() + 64);  // Most pieces are made with one allocation.
  out.add(pattern, args...);
  return out;
}

}  // namespace ln::html
