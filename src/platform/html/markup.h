// Reads a pattern of HTML while compiling and says where its holes are, or why it may not be one.
//
// The pattern is always a literal, so markup never comes from data. A pattern is refused (the
// compiler shows the `throw` with the reason) when
//   - an element is left open or closed by another one's tag, or a <p> holds a block,
//   - a hole stands in a tag name or an unquoted value, in on*=, style=, srcdoc= or srcset=,
//   - it brings its own script, style, comment, frame, plug-in or <base>,
//   - a link is written out ("/register" would lose the reader's language; Url::in keeps it),
//   - an <img> has no alt, an <svg> neither aria-hidden nor a role, a field no name to be read,
//   - two ids are the same, or a label's for= names no id of the pattern,
//   - a form that posts carries no CSRF token (html::form writes it).
// It is not a full validator; the browser tests run one over the finished pages.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace ln::html {

// What may go into a hole, by where the hole stands.
enum class HoleKind : std::uint8_t {
  content,     // between tags: text, number, Fragment, or a function that writes
  plain_text,  // inside <textarea>, <title>, <option>: text or number only
  attribute,   // a part of a quoted value: text or number
  whole,       // a whole quoted value: also an optional, which leaves the attribute out when empty
  boolean,     // checked="{}": a bool, which writes the bare name or nothing
  url,         // href, src, action…: a Url and nothing else
  number,      // content of a refresh: a number, lest it name a page to go to
  tag,         // <input{}>: Attributes
};

struct Hole {
  HoleKind kind{};
  bool guards_newline = false;  // stands first in <textarea> or <pre>, where HTML eats a newline
  std::uint16_t at = 0;         // of "{}"
  std::uint16_t cut_from = 0;   // the whole attribute with the space before it
  std::uint16_t name_end = 0;
  std::uint16_t cut_to = 0;
};

constexpr std::size_t holes_max = 8;  // more are hard to read: make pages of small pieces

struct Plan {
  std::array<Hole, holes_max> holes{};
  std::uint8_t count = 0;
};

// Why a pattern is refused. Thrown while compiling, which stops the compiler at the sentence; at
// run time only in tests.
struct MarkupError {
  const char* why;
};

namespace detail {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

template <std::size_t count>
using Words = std::array<std::string_view, count>;

template <std::size_t count>
constexpr bool has(const Words<count>& words, std::string_view word) {
  for (const std::string_view each : words)
    if (each == word) return true;
  return false;
}

constexpr Words<10> void_elements = {"br",   "hr",   "img",    "input", "link",
                                     "meta", "area", "source", "wbr",   "col"};
constexpr Words<10> refused_elements = {"style",  "iframe", "object",   "embed", "base",
                                        "applet", "frame",  "noscript", "math",  "template"};
constexpr Words<8> url_attributes = {"href",   "src",  "action", "formaction",
                                     "poster", "cite", "data",   "xlink:href"};
constexpr Words<14> boolean_attributes = {
    "checked", "selected", "disabled",  "required",   "readonly", "multiple", "hidden",
    "open",    "reversed", "autofocus", "novalidate", "async",    "defer",    "inert"};
constexpr Words<22> blocks = {"div",  "p",       "ul",      "ol",      "dl",  "table",
                              "form", "section", "article", "aside",   "nav", "header",
                              "main", "footer",  "h1",      "h2",      "h3",  "h4",
                              "pre",  "hr",      "figure",  "fieldset"};
// Pieces of drawings may stand in a pattern of their own.
constexpr Words<9> svg_shapes = {"rect", "path",     "circle",  "use",    "line",
                                 "text", "polyline", "polygon", "ellipse"};
constexpr Words<4> not_in_itself = {"a", "button", "label", "form"};
constexpr Words<3> fields = {"input", "select", "textarea"};

// One open tag while it is being read.
struct Tag {
  std::string_view name;
  bool has_alt = false, has_src = false, has_label = false, has_role = false;
  bool has_attributes_hole = false, is_hidden_field = false, is_refresh = false, posts = false;
};

class MarkupReader {
 public:
  constexpr explicit MarkupReader(std::string_view pattern) : s_(pattern) {}

  constexpr Plan read() {
    if (s_.size() > 60000) throw MarkupError{"the pattern is too long"};
    if (s_.starts_with("<!doctype html>")) i_ = 15;
    while (i_ < s_.size()) {
      if (s_[i_] == '<') {
        tag();
      } else {
        content();
      }
    }
    if (depth_ != 0) throw MarkupError{"an element is left open"};
    for (std::size_t i = 0; i < for_count_; ++i)
      if (!knows_id(fors_[i])) throw MarkupError{"for= names an id that is not in this pattern"};
    if (posts_ && !has_csrf_) throw MarkupError{"a form that posts is made with html::form"};
    return plan_;
  }

 private:
  constexpr bool at_hole() const { return s_.substr(i_, 2) == "{}"; }
  constexpr char now() const { return i_ < s_.size() ? s_[i_] : '\0'; }
  constexpr bool inside(std::string_view name) const {
    for (std::size_t i = 0; i < depth_; ++i)
      if (open_[i] == name) return true;
    return false;
  }
  constexpr std::string_view parent() const {
    return depth_ == 0 ? std::string_view() : open_[depth_ - 1];
  }

  constexpr Hole& add_hole(HoleKind kind) {
    if (plan_.count == holes_max) throw MarkupError{"more than 8 holes: make smaller pieces"};
    Hole& hole = plan_.holes[plan_.count++];
    hole.kind = kind;
    hole.at = static_cast<std::uint16_t>(i_);
    i_ += 2;
    return hole;
  }

  constexpr void content() {
    if (at_hole()) {
      const bool first = i_ > 0 && s_[i_ - 1] == '>';
      const std::string_view in = parent();
      const bool plain = in == "textarea" || in == "title" || in == "option";
      Hole& hole = add_hole(plain && !inside("svg") ? HoleKind::plain_text : HoleKind::content);
      hole.guards_newline = first && (in == "textarea" || in == "pre");
      return;
    }
    if (now() == '{' || now() == '}') throw MarkupError{"a hole is written {}"};
    if (now() == '>') throw MarkupError{"a > outside a tag is written &gt;"};
    if (now() == '&') entity();
    if (parent() == "script") throw MarkupError{"no script in pages: use assets/"};
    ++i_;
  }

  constexpr void entity() const {
    std::size_t end = i_ + 1;
    while (end < s_.size() && s_[end] != ';' && end - i_ < 12) ++end;
    const char first = i_ + 1 < s_.size() ? s_[i_ + 1] : ' ';
    const bool named = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    if (end >= s_.size() || s_[end] != ';' || !(named || first == '#'))
      throw MarkupError{"a bare & is written &amp;"};
  }

  constexpr void tag() {
    ++i_;
    if (now() == '!' || now() == '?') throw MarkupError{"comments stay in the C++"};
    const bool closing = now() == '/';
    if (closing) ++i_;
    Tag tag{.name = name()};
    if (tag.name.empty()) throw MarkupError{"a bare < is written &lt;"};
    if (closing) return close(tag.name);
    check_place(tag.name);
    bool self_closed = false;
    while (now() != '>') {
      if (i_ >= s_.size()) throw MarkupError{"a tag is not closed with >"};
      if (self_closed) throw MarkupError{"a / stands only at the end of a tag"};
      if (is_space(now())) {
        ++i_;
      } else if (now() == '/') {
        self_closed = true;
        ++i_;
      } else if (at_hole()) {
        tag.has_attributes_hole = true;
        add_hole(HoleKind::tag);
      } else {
        attribute(tag);
      }
    }
    ++i_;
    check_whole(tag);
    if (has(void_elements, tag.name)) return;
    if (self_closed) {
      if (!inside("svg") && !has(svg_shapes, tag.name))
        throw MarkupError{"only void and SVG elements close themselves"};
      return;
    }
    if (depth_ == open_.size()) throw MarkupError{"nested too deep: make smaller pieces"};
    open_[depth_++] = tag.name;
  }

  constexpr std::string_view name() {
    const std::size_t start = i_;
    while (i_ < s_.size() && !is_space(now()) && now() != '>' && now() != '/') {
      const char c = now();
      if (at_hole()) {
        if (i_ == start) throw MarkupError{"a hole must not stand in a tag name"};
        break;  // <input{}>: the attributes follow at once.
      }
      const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && !(c >= 'A' && c <= 'Z' && inside("svg")))
        throw MarkupError{"tag names are lower-case letters"};
      ++i_;
    }
    return s_.substr(start, i_ - start);
  }

  constexpr void close(std::string_view name) {
    while (is_space(now())) ++i_;
    if (now() != '>') throw MarkupError{"a closing tag holds its name and nothing else"};
    ++i_;
    if (depth_ == 0 || open_[--depth_] != name)
      throw MarkupError{"a closing tag does not match the element that is open"};
  }

  constexpr void check_place(std::string_view name) const {
    if (has(refused_elements, name)) throw MarkupError{"this element is not used on our pages"};
    if (inside("p") && has(blocks, name)) throw MarkupError{"a <p> cannot hold a block element"};
    if (has(not_in_itself, name) && inside(name))
      throw MarkupError{"a, button, label and form do not stand inside themselves"};
    const std::string_view in = parent();
    if (in == "textarea" || in == "title" || in == "option")
      if (!inside("svg")) throw MarkupError{"textarea, title and option hold text only"};
    if (in == "script") throw MarkupError{"no script in pages: use assets/"};
    const bool is_list = in == "ul" || in == "ol";
    if (is_list && name != "li") throw MarkupError{"a list holds li only"};
  }

  constexpr void check_whole(const Tag& tag) {
    if (tag.name == "script" && !tag.has_src)
      throw MarkupError{"no inline script: use assets/ and src="};
    if (tag.has_attributes_hole) return;
    if (tag.name == "img" && !tag.has_alt)
      throw MarkupError{"an img needs alt (empty if it only decorates)"};
    if (tag.name == "svg" && !tag.has_role && !inside("svg"))
      throw MarkupError{"an svg needs aria-hidden=\"true\" or a role and a label"};
    if (has(fields, tag.name) && !tag.has_label && !tag.is_hidden_field && !inside("label"))
      throw MarkupError{"a field needs an id for its label, or aria-label"};
    if (tag.name == "form" && tag.posts) posts_ = true;
  }

  constexpr void attribute(Tag& tag) {
    const std::size_t start = i_;
    if (!is_space(s_[i_ - 1])) throw MarkupError{"a space stands before an attribute"};
    while (i_ < s_.size() && now() != '=' && now() != '>' && now() != '/' && !is_space(now())) {
      if (now() == '{' || now() == '"') throw MarkupError{"a hole stands between double quotes"};
      ++i_;
    }
    const std::string_view name = s_.substr(start, i_ - start);
    check_attribute_name(name);
    const std::size_t name_end = i_;
    if (now() != '=') return note(tag, name, "");
    ++i_;
    if (now() != '"') throw MarkupError{"attribute values stand between double quotes"};
    ++i_;
    const std::size_t from = i_;
    const std::uint8_t holes_before = plan_.count;
    const bool is_url = has(url_attributes, name);
    bool is_anchor = false;  // after '#', where a link can lead nowhere else
    while (i_ < s_.size() && now() != '"') {
      if (now() == '<') throw MarkupError{"a < in a value is written &lt;"};
      if (now() == '&') entity();
      if (now() == '#') is_anchor = true;
      if (at_hole()) {
        if (is_url && !is_anchor && i_ != from)
          throw MarkupError{"a Url stands first in its attribute"};
        const bool after_url = is_url && !is_anchor;
        const bool number = tag.is_refresh && name == "content";
        add_hole(number ? HoleKind::number : after_url ? HoleKind::url : HoleKind::attribute);
        if (after_url && now() != '"' && now() != '#')
          throw MarkupError{"only #… may follow a Url: add queries with Url::with"};
      } else if (now() == '{' || now() == '}') {
        throw MarkupError{"a hole is written {}"};
      } else {
        ++i_;
      }
    }
    if (i_ >= s_.size()) throw MarkupError{"an attribute value is not closed"};
    const std::string_view value = s_.substr(from, i_ - from);
    ++i_;
    if (const char c = now(); !is_space(c) && c != '>' && c != '/' && !at_hole())
      throw MarkupError{"a space stands between attributes"};
    const bool has_hole = plan_.count != holes_before;
    if (is_url && !has_hole && !is_anchor && !value.starts_with("https://"))
      throw MarkupError{"links are made with Url: a written path loses the language"};
    if (has_hole && value.size() == 2) {
      Hole& hole = plan_.holes[holes_before];
      if (has(boolean_attributes, name)) hole.kind = HoleKind::boolean;
      if (hole.kind == HoleKind::attribute) hole.kind = HoleKind::whole;
      hole.cut_from = static_cast<std::uint16_t>(start - 1);
      hole.name_end = static_cast<std::uint16_t>(name_end);
      hole.cut_to = static_cast<std::uint16_t>(i_);
    } else if (has(boolean_attributes, name)) {
      throw MarkupError{"a boolean attribute stands alone or takes one hole"};
    }
    note(tag, name, has_hole ? "{}" : value);
  }

  constexpr void check_attribute_name(std::string_view name) const {
    if (name.empty()) throw MarkupError{"an attribute has no name"};
    if (name.starts_with("on")) throw MarkupError{"on*= is refused by our security policy"};
    if (name == "style") throw MarkupError{"style= is refused by our security policy"};
    if (name == "srcdoc" || name == "srcset" || name == "ping")
      throw MarkupError{"this attribute is not used on our pages"};
    for (const char c : name) {
      const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
      const bool in_svg = c >= 'A' && c <= 'Z' &&
                          (inside("svg") || name == "viewBox" || name == "preserveAspectRatio");
      if (!letter && !in_svg) throw MarkupError{"attribute names are lower-case letters"};
    }
  }

  // What the rules need to know about an attribute; `value` is "{}" when it holds a hole.
  constexpr void note(Tag& tag, std::string_view name, std::string_view value) {
    if (name == "alt") tag.has_alt = true;
    if (name == "src") tag.has_src = true;
    if (name == "id" || name == "aria-label" || name == "aria-labelledby") tag.has_label = true;
    if (name == "role" || name == "aria-hidden") tag.has_role = true;
    if (name == "type" && (value == "hidden" || value == "submit")) tag.is_hidden_field = true;
    if (name == "http-equiv") tag.is_refresh = true;
    if (name == "method" && value == "post") tag.posts = true;
    if (name == "name" && value == "csrf") has_csrf_ = true;
    if (value == "{}") return;
    if (name == "id") {
      if (value.empty()) throw MarkupError{"an id is empty"};
      if (knows_id(value)) throw MarkupError{"two elements have the same id"};
      if (id_count_ == ids_.size()) throw MarkupError{"too many ids: make smaller pieces"};
      ids_[id_count_++] = value;
    }
    if (name == "for") {
      if (for_count_ == fors_.size()) throw MarkupError{"too many labels: make smaller pieces"};
      fors_[for_count_++] = value;
    }
  }

  constexpr bool knows_id(std::string_view id) const {
    for (std::size_t i = 0; i < id_count_; ++i)
      if (ids_[i] == id) return true;
    return false;
  }

  std::string_view s_;
  std::size_t i_ = 0;
  std::array<std::string_view, 24> open_{};
  std::size_t depth_ = 0;
  std::array<std::string_view, 12> ids_{}, fors_{};
  std::size_t id_count_ = 0, for_count_ = 0;
  bool posts_ = false, has_csrf_ = false;
  Plan plan_;
};

}  // namespace detail

constexpr Plan make_plan(std::string_view pattern) { return detail::MarkupReader(pattern).read(); }

}  // namespace ln::html
