#include "platform/json/json.h"

#include <simdjson.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "base/check.h"
#include "base/plain_text.h"
#include "base/text.h"
#include "base/text_form.h"

namespace ln::json {

namespace detail {

// Nodes stand in the order of the document, so a value's first child is the node after it, and
// `next` jumps over its children. Text lies in one string; members carry their name.
struct Node {
  Kind kind = Kind::null;
  bool flag = false;
  std::size_t next = 0;
  std::size_t count = 0;  // of children
  std::int64_t integer = 0;
  double real = 0;
  std::size_t text_at = 0, text_size = 0;
  std::size_t name_at = 0, name_size = 0;
};

struct Tree {
  std::vector<Node> nodes;
  std::string texts;
  std::string_view view(std::size_t at, std::size_t size) const {
    return std::string_view(texts).substr(at, size);
  }
};

}  // namespace detail

using detail::Node;
using detail::Tree;

namespace {

namespace dom = simdjson::dom;

struct Piece {
  std::size_t at, size;
};

// Makes our tree from simdjson's, checking on the way what simdjson does not.
class Builder {
 public:
  Builder(Tree& tree, const Limits& limits) : tree_(&tree), limits_(&limits) {}

  // The new node's index. Recursion is bounded by depth_max.
  Result<std::size_t> add(const dom::element& element, std::size_t depth) {
    const std::size_t index = tree_->nodes.size();
    tree_->nodes.emplace_back();
    TRY(Node node, make(element, depth));
    node.next = tree_->nodes.size();
    tree_->nodes[index] = node;
    return index;
  }

 private:
  Result<Node> make(const dom::element& element, std::size_t depth) {
    Node node;
    switch (element.type()) {
      case dom::element_type::ARRAY: return add_items(dom::array(element), depth + 1);
      case dom::element_type::OBJECT: return add_members(dom::object(element), depth + 1);
      case dom::element_type::NULL_VALUE: break;
      case dom::element_type::BOOL:
        node.kind = Kind::boolean;
        node.flag = bool(element);
        break;
      case dom::element_type::INT64:
        node.kind = Kind::integer;
        node.integer = std::int64_t(element);
        break;
      case dom::element_type::UINT64:  // above what 64 bits with a sign hold
        node.kind = Kind::real;
        node.real = static_cast<double>(std::uint64_t(element));
        break;
      case dom::element_type::DOUBLE:
        node.kind = Kind::real;
        node.real = double(element);
        break;
      case dom::element_type::STRING: {
        TRY(const Piece piece, add_text(std::string_view(element)));
        node.kind = Kind::text;
        node.text_at = piece.at;
        node.text_size = piece.size;
        break;
      }
    }
    return node;
  }

  Result<Node> add_items(const dom::array& array, std::size_t depth) {
    if (depth > limits_->depth_max) return Error{ErrorKind::invalid, "error.json.too_deep"_t};
    Node node{.kind = Kind::array};
    for (const dom::element each : array) {
      TRY([[maybe_unused]] const std::size_t index, add(each, depth));
      ++node.count;
    }
    return node;
  }

  Result<Node> add_members(const dom::object& object, std::size_t depth) {
    if (depth > limits_->depth_max) return Error{ErrorKind::invalid, "error.json.too_deep"_t};
    Node node{.kind = Kind::object};
    std::vector<Piece> names;
    for (const dom::key_value_pair each : object) {
      TRY(const Piece name, add_text(each.key));
      TRY(const std::size_t index, add(each.value, depth));
      tree_->nodes[index].name_at = name.at;
      tree_->nodes[index].name_size = name.size;
      names.push_back(name);
      ++node.count;
    }
    const auto view = [&](const Piece& piece) { return tree_->view(piece.at, piece.size); };
    std::ranges::sort(names, {}, view);
    if (std::ranges::adjacent_find(names, {}, view) != names.end())
      return Error{ErrorKind::invalid, "error.json.duplicate_name"_t};
    return node;
  }

  // simdjson has checked the bytes of the document; a "\udc00" alone still comes out as broken
  // UTF-8, so what it decoded is checked again.
  Result<Piece> add_text(std::string_view text) {
    if (!is_utf8(text)) return Error{ErrorKind::invalid, "error.json.not_utf8"_t};
    if (text.find('\0') != std::string_view::npos)
      return Error{ErrorKind::invalid, "error.json.zero_character"_t};
    const std::size_t at = tree_->texts.size();
    if (limits_->form == Form::as_sent) {
      tree_->texts += text;
    } else {
      const std::string plain = plain_text(text);
      if (is_surely_nfc(plain))
        tree_->texts += plain;
      else
        append_nfc(plain);
    }
    return Piece{at, tree_->texts.size() - at};
  }

  void append_nfc(std::string_view text) {
    utf8proc_uint8_t* composed = nullptr;
    const auto size =
        utf8proc_map(as_bytes(text).data(), static_cast<utf8proc_ssize_t>(text.size()), &composed,
                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
    if (size < 0) throw std::bad_alloc();
    tree_->texts += as_text({composed, static_cast<std::size_t>(size)});
  }

  Tree* tree_;
  const Limits* limits_;
};

Error refusal(simdjson::error_code code) {
  switch (code) {
    case simdjson::UTF8_ERROR: return {ErrorKind::invalid, "error.json.not_utf8"_t};
    case simdjson::DEPTH_ERROR: return {ErrorKind::invalid, "error.json.too_deep"_t};
    case simdjson::CAPACITY: return {ErrorKind::too_large, "error.json.too_large"_t};
    case simdjson::MEMALLOC: throw std::bad_alloc();
    default: return {ErrorKind::invalid, "error.json.malformed"_t};
  }
}

}  // namespace

Result<Document> parse(std::string_view bytes, const Limits& limits) {
  // 4 GiB is where simdjson's own positions end; nobody is allowed near it.
  CHECK(limits.size_max < std::numeric_limits<std::uint32_t>::max());
  if (bytes.size() > limits.size_max) return Error{ErrorKind::too_large, "error.json.too_large"_t};
  dom::parser parser;
  // One level more than allowed, so that Builder, which counts exactly, is the one that refuses.
  const auto allocated = parser.allocate(bytes.size(), limits.depth_max + 2);
  if (allocated != simdjson::SUCCESS) return refusal(allocated);
  auto parsed = parser.parse(bytes.data(), bytes.size());
  if (parsed.error() != simdjson::SUCCESS) return refusal(parsed.error());
  auto tree = std::make_shared<Tree>();
  TRY([[maybe_unused]] const std::size_t root, Builder(*tree, limits).add(parsed.value(), 0));
  return Document(std::move(tree));
}

Kind Value::kind() const { return tree_ == nullptr ? Kind::null : tree_->nodes[index_].kind; }

std::optional<std::string_view> Value::text() const {
  if (kind() != Kind::text) return std::nullopt;
  const Node& node = tree_->nodes[index_];
  return tree_->view(node.text_at, node.text_size);
}

std::optional<std::int64_t> Value::integer() const {
  if (kind() != Kind::integer) return std::nullopt;
  return tree_->nodes[index_].integer;
}

std::optional<double> Value::number() const {
  if (kind() == Kind::integer) return static_cast<double>(tree_->nodes[index_].integer);
  if (kind() == Kind::real) return tree_->nodes[index_].real;
  return std::nullopt;
}

std::optional<bool> Value::boolean() const {
  if (kind() != Kind::boolean) return std::nullopt;
  return tree_->nodes[index_].flag;
}

std::optional<Value> Value::member(std::string_view name) const {
  for (const Member& each : members())
    if (each.name == name) return each.value;
  return std::nullopt;
}

Value Value::find(std::string_view name) const { return member(name).value_or(Value()); }
bool Value::has(std::string_view name) const { return member(name).has_value(); }

Range<Value> Value::items() const {
  return is_array() ? Range<Value>({tree_, first()}, count()) : Range<Value>({}, 0);
}
Range<Value> Value::items(std::string_view name) const { return find(name).items(); }
Range<Member> Value::members() const {
  return is_object() ? Range<Member>({tree_, first()}, count()) : Range<Member>({}, 0);
}

std::size_t Value::count() const { return tree_ == nullptr ? 0 : tree_->nodes[index_].count; }
std::size_t Value::next() const { return tree_->nodes[index_].next; }
std::size_t Value::first() const { return index_ + 1; }
std::string_view Value::name() const {
  const Node& node = tree_->nodes[index_];
  return tree_->view(node.name_at, node.name_size);
}

}  // namespace ln::json
