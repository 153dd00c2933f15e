// XML parts of documents. Nobody but the readers of this folder includes this: it brings pugixml.
//
// Elements and attributes are known by their local names, whatever prefix a program chose: in the
// parts we read, one local name means one thing in each place where it may stand.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ln::office {

inline constexpr int depth_max = 128;  // elements within elements
inline constexpr std::size_t element_count_max = 1'500'000;

class XmlPart {
 public:
  // Refuses `invalid`: "office.error.broken" (no well-formed XML), "office.error.unsafe" (a
  // document type, or too deep); `too_large`.
  static Result<XmlPart> parse(std::string bytes);
  // The root element.
  pugi::xml_node root() const { return document_->document_element(); }

 private:
  std::unique_ptr<std::string> bytes_;  // the tree points into it
  std::unique_ptr<pugi::xml_document> document_;
};

// "p" of "w:p".
std::string_view local_name(std::string_view name);
inline std::string_view name_of(pugi::xml_node node) { return local_name(node.name()); }
// The first child of that local name; an empty node when there is none.
pugi::xml_node child(pugi::xml_node node, std::string_view name);
// The attribute of that local name; null when there is none.
std::optional<std::string_view> attribute(pugi::xml_node node, std::string_view name);
// The same as a number between `low` and `high`; null when there is none or it is something else.
std::optional<int> number(pugi::xml_node node, std::string_view name, int low, int high);
// The `val` of the child `name`: the shape of most properties in DOCX.
std::optional<std::string_view> value(pugi::xml_node properties, std::string_view name);
// Whether a property that is switched on by being there is on ("<w:b/>", not "<w:b w:val="0"/>");
// null when it is not there.
std::optional<bool> flag(pugi::xml_node properties, std::string_view name);

}  // namespace ln::office
