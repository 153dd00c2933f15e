// A page as test::Browser sees it: elements, their attributes, their text. Reads the HTML that our
// own patterns make (well formed, quoted attributes), not that of the wide world.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ln::test {

struct Element {
  std::string tag;  // lower case
  std::vector<std::pair<std::string, std::string>> attributes;
  std::size_t parent = 0;      // position in HtmlPage::elements; the root is its own parent
  std::size_t text_begin = 0;  // in HtmlPage::plain
  std::size_t text_end = 0;

  bool has(std::string_view name) const;
  std::string_view attribute(std::string_view name) const;  // empty when it is not there
};

struct HtmlPage {
  explicit HtmlPage(std::string_view html);

  std::vector<Element> elements;  // in document order; the first is the document itself
  std::string plain;              // the text, entities resolved, a space around blocks

  // What stands in the element, with single spaces.
  std::string text_of(const Element& element) const;
  std::string text() const;
  // The nearest ancestor called `tag`; null when there is none.
  const Element* within(const Element& element, std::string_view tag) const;
  const Element* by_id(std::string_view id) const;
  // What a screen reader calls a field: its label, or aria-label, or what aria-labelledby names.
  std::string label_of(const Element& field) const;

  // What is wrong with the page for people who cannot see it, or who must fill it in: no lang, no
  // title, two elements of one id, a field without a label, an image without alt, a label or a
  // description for nothing, a POST form without its token. Empty when nothing is.
  std::vector<std::string> faults() const;
  static constexpr const char* fault_inline =
      "a style or a script stands in the page, which the CSP forbids";
};

}  // namespace ln::test
