#include "test/html_page.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace ln::test {
namespace {

constexpr std::string_view spaces = " \t\r\n";

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
bool is_void(std::string_view tag) {
  return is_one_of(tag, {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                         "source", "track", "wbr"});
}
bool is_inline(std::string_view tag) {
  return is_one_of(tag, {"a", "abbr", "b", "bdi", "code", "em", "i", "small", "span", "strong",
                         "sub", "sup", "time", "use", "svg"});
}

void append_utf8(std::string& out, unsigned long code) {
  const auto put = [&](unsigned long byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6U);
    put(0x80 | (code & 0x3FU));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12U);
    put(0x80 | (code >> 6U & 0x3FU));
    put(0x80 | (code & 0x3FU));
  } else {
    put(0xF0 | code >> 18U);
    put(0x80 | (code >> 12U & 0x3FU));
    put(0x80 | (code >> 6U & 0x3FU));
    put(0x80 | (code & 0x3FU));
  }
}

std::string unescaped(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names = {
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
    if (end == std::string_view::npos || end - i > 10) {
      out += text[i];
      continue;
    }
    const std::string name(text.substr(i + 1, end - i - 1));
    if (name.starts_with("#x")) {
      append_utf8(out, std::stoul(name.substr(2), nullptr, 16));
    } else if (name.starts_with("#")) {
      append_utf8(out, std::stoul(name.substr(1)));
    } else {
      const auto found =
          std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == name; });
      out += found == names.end() ? "&" + name + ";" : std::string(found->second);
    }
    i = end;
  }
  return out;
}

std::string with_single_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = spaces.find(c) != std::string_view::npos;
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// The attributes between the name of a tag and its '>'.
std::vector<std::pair<std::string, std::string>> attributes_in(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> found;
  for (std::size_t i = 0; (i = text.find_first_not_of(" \t\r\n/", i)) != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n=/", i), text.size());
    std::string name(text.substr(i, end - i));
    std::string value;
    i = end;
    if (i < text.size() && text[i] == '=') {
      const bool quoted = i + 1 < text.size() && text[i + 1] == '"';
      const std::size_t from = i + (quoted ? 2 : 1);
      const std::size_t to =
          std::min(quoted ? text.find('"', from) : text.find_first_of(spaces, from), text.size());
      value = unescaped(text.substr(from, to - from));
      i = std::min(to + (quoted ? 1 : 0), text.size());
    }
    found.emplace_back(std::move(name), std::move(value));
  }
  return found;
}

// Where a tag that begins at `from` ends: the first '>' outside quotes.
std::size_t end_of_tag(std::string_view html, std::size_t from) {
  bool quoted = false;
  for (std::size_t i = from; i < html.size(); ++i) {
    if (html[i] == '"') quoted = !quoted;
    if (html[i] == '>' && !quoted) return i;
  }
  return html.size();
}

bool is_field(const Element& element) {
  if (is_one_of(element.tag, {"select", "textarea"})) return true;
  return element.tag == "input" &&
         !is_one_of(element.attribute("type"), {"hidden", "submit", "button", "reset", "image"});
}

// Calls `each` with every id in a list such as aria-describedby="a b".
template <class Each>
void for_words(std::string_view list, Each each) {
  for (std::size_t i = 0; (i = list.find_first_not_of(spaces, i)) != std::string_view::npos;) {
    const std::size_t end = std::min(list.find_first_of(spaces, i), list.size());
    each(list.substr(i, end - i));
    i = end;
  }
}

}  // namespace

bool Element::has(std::string_view name) const {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const auto& each) { return each.first == name; });
}

std::string_view Element::attribute(std::string_view name) const {
  for (const auto& [key, value] : attributes)
    if (key == name) return value;
  return {};
}

HtmlPage::HtmlPage(std::string_view html) {
  elements.push_back({});
  std::vector<std::size_t> open = {0};
  const auto close = [&] {
    elements[open.back()].text_end = plain.size();
    open.pop_back();
  };
  for (std::size_t i = 0; i < html.size();) {
    const std::size_t tag = std::min(html.find('<', i), html.size());
    plain += unescaped(html.substr(i, tag - i));
    if (tag == html.size()) break;
    if (html.substr(tag).starts_with("<!--")) {
      const std::size_t end = html.find("-->", tag);
      i = end == std::string_view::npos ? html.size() : end + 3;
      continue;
    }
    const std::size_t end = end_of_tag(html, tag);
    std::string_view inside = html.substr(tag + 1, end - tag - 1);
    i = std::min(end + 1, html.size());
    if (inside.starts_with('!')) continue;
    const bool closing = inside.starts_with('/');
    if (closing) inside.remove_prefix(1);
    const std::string name(inside.substr(0, inside.find_first_of(" \t\r\n/")));
    if (!is_inline(name)) plain += ' ';
    if (closing) {
      const bool is_open = std::any_of(open.begin() + 1, open.end(),
                                       [&](std::size_t e) { return elements[e].tag == name; });
      while (is_open && elements[open.back()].tag != name) close();
      if (is_open) close();
      continue;
    }
    Element element{name, attributes_in(inside.substr(name.size())), open.back(), plain.size(),
                    plain.size()};
    elements.push_back(std::move(element));
    if (!is_void(name) && !inside.ends_with('/')) open.push_back(elements.size() - 1);
  }
  while (!open.empty()) close();
}

std::string HtmlPage::text_of(const Element& element) const {
  return with_single_spaces(
      std::string_view(plain).substr(element.text_begin, element.text_end - element.text_begin));
}

std::string HtmlPage::text() const { return with_single_spaces(plain); }

const Element* HtmlPage::within(const Element& element, std::string_view tag) const {
  for (std::size_t at = element.parent; at != 0; at = elements[at].parent)
    if (elements[at].tag == tag) return &elements[at];
  return nullptr;
}

const Element* HtmlPage::by_id(std::string_view id) const {
  for (const Element& element : elements)
    if (!id.empty() && element.attribute("id") == id) return &element;
  return nullptr;
}

std::string HtmlPage::label_of(const Element& field) const {
  if (field.has("aria-label")) return std::string(field.attribute("aria-label"));
  std::string named;
  for_words(field.attribute("aria-labelledby"), [&](std::string_view id) {
    if (const Element* element = by_id(id)) named += text_of(*element) + " ";
  });
  if (!named.empty()) return with_single_spaces(named);
  const std::string_view id = field.attribute("id");
  for (const Element& element : elements)
    if (element.tag == "label" && !id.empty() && element.attribute("for") == id)
      return text_of(element);
  const Element* around = within(field, "label");
  return around == nullptr ? "" : text_of(*around);
}

std::vector<std::string> HtmlPage::faults() const {
  std::vector<std::string> found;
  std::set<std::string_view> ids;
  bool has_lang = false, has_title = false;
  std::set<const Element*> guarded;
  for (const Element& element : elements) {
    const std::string_view name = element.attribute("name");
    has_lang = has_lang || (element.tag == "html" && !element.attribute("lang").empty());
    has_title = has_title || (element.tag == "title" && !text_of(element).empty());
    if (element.has("id") && !ids.insert(element.attribute("id")).second)
      found.push_back("two elements have the id " + std::string(element.attribute("id")));
    if (is_field(element) && label_of(element).empty())
      found.push_back("the field " + std::string(name) + " has no label");
    if (element.tag == "img" && !element.has("alt"))
      found.push_back("the image " + std::string(element.attribute("src")) + " has no alt");
    if (name == "csrf" && !element.attribute("value").empty())
      guarded.insert(within(element, "form"));
    if (element.has("style") || (element.tag == "script" && !element.has("src")))
      found.emplace_back(fault_inline);
  }
  for (const Element& element : elements) {
    if (element.tag == "form" && element.attribute("method") == "post" &&
        !element.has("data-secret-form") && !guarded.contains(&element))
      found.push_back("the form to " + std::string(element.attribute("action")) + " has no csrf");
    for (const char* reference : {"for", "aria-describedby", "aria-labelledby", "aria-controls"})
      for_words(element.attribute(reference), [&](std::string_view id) {
        if (!ids.contains(id)) found.push_back("nothing has the id " + std::string(id));
      });
  }
  if (!has_lang) found.push_back("the page does not say its language");
  if (!has_title) found.push_back("the page has no title");
  return found;
}

}  // namespace ln::test
