#include "platform/office/office_xml.h"

#include <algorithm>
#include <charconv>

namespace ln::office {
namespace {

// Walks without recursion, as pugixml parses.
struct DepthMeter : pugi::xml_tree_walker {
  bool is_too_deep = false;
  bool for_each(pugi::xml_node&) override {
    is_too_deep = depth() > depth_max;
    return !is_too_deep;
  }
};

}  // namespace

Result<XmlPart> XmlPart::parse(std::string bytes) {
  if (std::count(bytes.begin(), bytes.end(), '<') > static_cast<std::ptrdiff_t>(element_count_max))
    return Error{ErrorKind::too_large, "office.error.too_large"_t};
  XmlPart part;
  part.bytes_ = std::make_unique<std::string>(std::move(bytes));
  part.document_ = std::make_unique<pugi::xml_document>();
  constexpr unsigned how = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
  const auto outcome =
      part.document_->load_buffer_inplace(part.bytes_->data(), part.bytes_->size(), how);
  if (!outcome || part.root().empty()) return Error{ErrorKind::invalid, "office.error.broken"_t};
  for (const pugi::xml_node each : part.document_->children())
    if (each.type() == pugi::node_doctype)
      return Error{ErrorKind::invalid, "office.error.unsafe"_t};
  DepthMeter meter;
  part.document_->traverse(meter);
  if (meter.is_too_deep) return Error{ErrorKind::invalid, "office.error.unsafe"_t};
  return part;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node each : node.children())
    if (name_of(each) == name) return each;
  return {};
}

std::optional<std::string_view> attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute each : node.attributes())
    if (local_name(each.name()) == name) return each.value();
  return std::nullopt;
}

std::optional<int> number(pugi::xml_node node, std::string_view name, int low, int high) {
  const auto text = attribute(node, name);
  if (!text) return std::nullopt;
  int found = 0;
  const auto [end, trouble] = std::from_chars(text->data(), text->data() + text->size(), found);
  if (trouble != std::errc() || end != text->data() + text->size()) return std::nullopt;
  if (found < low || found > high) return std::nullopt;
  return found;
}

std::optional<std::string_view> value(pugi::xml_node properties, std::string_view name) {
  return attribute(child(properties, name), "val");
}

std::optional<bool> flag(pugi::xml_node properties, std::string_view name) {
  const pugi::xml_node property = child(properties, name);
  if (property.empty()) return std::nullopt;
  const auto said = attribute(property, "val");
  return !said || (*said != "0" && *said != "false" && *said != "off" && *said != "none");
}

}  // namespace ln::office
