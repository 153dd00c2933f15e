// JSON, read and written.
//
// Reading: parse() checks everything first (size, depth, UTF-8, duplicate keys) and then gives a
// view that asks nothing more of its user: what is missing or of another kind is simply null.
//
//   TRY(const json::Document document, json::parse(request.body, {.size_max = 64 * 1024}));
//   const json::Value root = document.root();
//   const auto body = root.text("body");              // std::optional<std::string_view>
//   for (const json::Value each : root.items("reasons")) …
//
// Writing: Writer appends to a string as it goes, without a tree.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/result.h"

namespace ln::json {

enum class Kind : std::uint8_t { null, boolean, integer, real, text, array, object };

// What text becomes. People's words are compared, searched and shown, so they are brought to NFC
// and made plain_text, the names of members too; what was signed or hashed as sent must stay as
// sent.
enum class Form : std::uint8_t { nfc, as_sent };

struct Limits {
  std::size_t size_max;        // bytes of the whole document
  std::size_t depth_max = 16;  // arrays and objects inside each other
  Form form = Form::nfc;
};

namespace detail {
struct Tree;
}

struct Member;
template <class Item>
class Range;

// One value of a Document; valid as long as the document lives. Cheap to copy. A default one is
// null, and so is whatever is looked for and not there.
class Value {
 public:
  Value() = default;

  Kind kind() const;
  bool is_null() const { return kind() == Kind::null; }
  bool is_object() const { return kind() == Kind::object; }
  bool is_array() const { return kind() == Kind::array; }

  // The value itself; null when it is of another kind. integer() takes whole numbers of 64 bits
  // with a sign and nothing else ("1.0" is not one); number() takes any number.
  std::optional<std::string_view> text() const;
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;
  std::optional<bool> boolean() const;

  // The member of this object; a null value when there is none, or when this is no object.
  // `has` tells an absent member from one that is null.
  Value find(std::string_view name) const;
  bool has(std::string_view name) const;
  std::optional<std::string_view> text(std::string_view name) const { return find(name).text(); }
  std::optional<std::int64_t> integer(std::string_view name) const { return find(name).integer(); }
  std::optional<bool> boolean(std::string_view name) const { return find(name).boolean(); }

  // In the order sent; empty when this is no array, or no object.
  Range<Value> items() const;
  Range<Value> items(std::string_view name) const;
  Range<Member> members() const;
  std::size_t count() const;  // of items or members

 private:
  friend class Document;
  template <class Item>
  friend class Range;
  Value(const detail::Tree* tree, std::size_t index) : tree_(tree), index_(index) {}
  std::size_t next() const;       // index of the sibling that follows
  std::size_t first() const;      // index of the first child
  std::string_view name() const;  // of this member in its object
  std::optional<Value> member(std::string_view name) const;

  const detail::Tree* tree_ = nullptr;
  std::size_t index_ = 0;
};

struct Member {
  std::string_view name;
  Value value;
};

// What items() and members() give to a range-for.
template <class Item>
class Range {
 public:
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Item;
    Iterator() = default;
    Iterator(Value at, std::size_t left) : at_(at), left_(left) {}
    Item operator*() const {
      if constexpr (std::is_same_v<Item, Member>)
        return {at_.name(), at_};
      else
        return at_;
    }
    Iterator& operator++() {
      at_.index_ = at_.next();
      --left_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return left_ == other.left_; }

   private:
    friend class Range;
    Value at_;
    std::size_t left_ = 0;
  };
  Iterator begin() const { return {first_, count_}; }
  Iterator end() const { return {}; }

 private:
  friend class Value;
  Range(Value first, std::size_t count) : first_(first), count_(count) {}
  Value first_;
  std::size_t count_;
};

// A whole, checked document. Owns all its values.
class Document {
 public:
  Value root() const { return {tree_.get(), 0}; }

 private:
  friend Result<Document> parse(std::string_view bytes, const Limits& limits);
  explicit Document(std::shared_ptr<const detail::Tree> tree) : tree_(std::move(tree)) {}
  std::shared_ptr<const detail::Tree> tree_;
};

// Refuses, each with its own sentence: more bytes than allowed, deeper than allowed, broken UTF-8,
// U+0000 in a text (no database stores it), two members of one name in an object (RFC 8259 leaves
// open which one counts, and that has been used to slip past checks), anything that is not JSON.
Result<Document> parse(std::string_view bytes, const Limits& limits);

// Appends JSON to a string, without spaces. Text is escaped as RFC 8785 does it, so that writing
// members in the order of their names gives the canonical form. Nesting is checked: a value without
// its member's name, a name in an array, an end that ends something else are bugs (CHECK).
//
//   json::Writer writer(out);
//   writer.object().member("code", code).member("count", 3).name("tags").array();
//   for (const auto& tag : tags) writer.text(tag);
//   writer.end_array().end_object();
class Writer {
 public:
  explicit Writer(std::string& out) : out_(&out) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Writer& object();
  Writer& end_object();
  Writer& array();
  Writer& end_array();
  Writer& name(std::string_view name);  // The value of the member follows.

  Writer& text(std::string_view value);  // Precondition: is_utf8(value).
  Writer& integer(std::int64_t value);
  Writer& decimal(double value, int digits);  // Finite; rounded to `digits` after the point.
  Writer& boolean(bool value);
  Writer& null();
  // JSON made elsewhere, as one value. Precondition: it is a whole value and comes from ours.
  Writer& verbatim(std::string_view value);

  Writer& member(std::string_view key, std::string_view value) { return name(key).text(value); }
  Writer& member(std::string_view key, const char* value) { return name(key).text(value); }
  Writer& member(std::string_view key, std::same_as<bool> auto value) {
    return name(key).boolean(value);
  }
  Writer& member(std::string_view key, std::integral auto value)
    requires(!std::same_as<decltype(value), bool>)
  {
    return name(key).integer(static_cast<std::int64_t>(value));
  }
  template <class T>
  Writer& member(std::string_view key, const std::optional<T>& value) {
    return value ? member(key, *value) : name(key).null();
  }

  // One whole value stands there and nothing is open.
  bool is_finished() const { return open_.empty() && has_value_; }

 private:
  void before_value();
  void close(char open, char end);
  std::string* out_;
  std::string open_;        // '{' and '[' from the outside in
  bool has_value_ = false;  // the innermost open thing has one already
  bool has_name_ = false;   // a name was written and waits for its value
};

}  // namespace ln::json
