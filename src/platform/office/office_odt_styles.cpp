#include "platform/office/office_odt_styles.h"

#include <algorithm>

namespace ln::office {
namespace {

constexpr int parents_max = 20;              // styles on styles; a circle ends there
constexpr std::size_t label_size_max = 200;  // of a number or a name, so that nothing multiplies

std::string label(std::string_view text) { return std::string(text.substr(0, label_size_max)); }

Digits digits_of(std::string_view word) {
  if (word == "a") return Digits::lower_letter;
  if (word == "A") return Digits::upper_letter;
  if (word == "i") return Digits::lower_roman;
  if (word == "I") return Digits::upper_roman;
  return word.empty() ? Digits::none : Digits::decimal;
}

OdtStyle style_of(pugi::xml_node node) {
  OdtStyle style;
  // Names made by the program ("P1") stand below automatic-styles.
  if (name_of(node.parent()) == "styles")
    style.name =
        label(attribute(node, "display-name").value_or(attribute(node, "name").value_or("")));
  style.parent = attribute(node, "parent-style-name").value_or("");
  if (const auto align = attribute(child(node, "paragraph-properties"), "text-align"))
    style.is_centred = *align == "center";
  const pugi::xml_node letters = child(node, "text-properties");
  // Of the weights for three kinds of scripts, "font-weight" is that of Latin.
  if (const auto weight = attribute(letters, "font-weight"))
    style.is_bold = *weight == "bold" || (weight->size() == 3 && *weight >= "600");
  if (const auto display = attribute(letters, "display")) style.is_hidden = *display == "none";
  return style;
}

void read_levels(pugi::xml_node node, OdtLevels& levels) {
  for (const pugi::xml_node each : node.children()) {
    const auto at = number(each, "level", 1, static_cast<int>(levels_max));
    if (!at) continue;
    OdtLevel& level = levels[static_cast<std::size_t>(*at - 1)];
    level = {};
    const std::string_view name = name_of(each);
    if (name == "list-level-style-bullet" || name == "list-level-style-image") {
      level.digits = Digits::bullet;
      level.bullet = bullet_of(attribute(each, "bullet-char").value_or("•"));
      continue;
    }
    level.digits = digits_of(attribute(each, "num-format").value_or(""));
    level.prefix = label(attribute(each, "num-prefix").value_or(""));
    level.suffix = label(attribute(each, "num-suffix").value_or(""));
    level.format = label(attribute(each, "num-list-format").value_or(""));
    level.shown_levels = number(each, "display-levels", 1, *at).value_or(1);
    level.start = number(each, "start-value", 0, 100'000).value_or(1);
  }
}

}  // namespace

void OdtStyles::read(pugi::xml_node container) {
  for (const pugi::xml_node node : container.children()) {
    const std::string_view kind = name_of(node);
    const std::string_view name = attribute(node, "name").value_or("");
    if (kind == "style")
      styles_.insert_or_assign(
          std::string(attribute(node, "family").value_or("")) + " " + std::string(name),
          style_of(node));
    else if (kind == "list-style")
      read_levels(node, lists_[std::string(name)]);
    else if (kind == "outline-style")
      read_levels(node, outline_);
  }
}

OdtStyle OdtStyles::find(std::string_view family, std::string_view name) const {
  OdtStyle style;
  std::string next(name);
  for (int i = 0; i < parents_max && !next.empty(); ++i) {
    const auto found = styles_.find(std::string(family) + " " + next);
    if (found == styles_.end()) break;
    const OdtStyle& below = found->second;
    if (style.name.empty()) style.name = below.name;
    if (!style.is_centred) style.is_centred = below.is_centred;
    if (!style.is_bold) style.is_bold = below.is_bold;
    if (!style.is_hidden) style.is_hidden = below.is_hidden;
    next = below.parent;
  }
  return style;
}

const OdtLevels* OdtStyles::list(std::string_view name) const {
  const auto found = lists_.find(name);
  return found == lists_.end() ? nullptr : &found->second;
}

std::string next_number(Counters& counters, const OdtLevels& levels, std::size_t level) {
  LevelRules rules;
  for (std::size_t i = 0; i < levels_max; ++i) rules[i].start = levels[i].start;
  counters.advance(level, rules);
  const OdtLevel& own = levels[level];
  if (own.digits == Digits::bullet) return own.bullet;
  const auto at = [&](std::size_t each) {
    return written(counters.at[each].value_or(0), levels[each].digits);
  };
  if (!own.format.empty()) {
    std::string out;
    for (std::size_t i = 0; i < own.format.size(); ++i) {
      const std::size_t end = own.format[i] == '%' ? own.format.find('%', i + 1) : 0;
      const std::string_view inside = end == 0 || end == std::string::npos
                                          ? std::string_view()
                                          : std::string_view(own.format).substr(i + 1, end - i - 1);
      if (inside.size() == 1 && inside[0] >= '1' && inside[0] <= '9' &&
          static_cast<std::size_t>(inside[0] - '1') <= level) {
        out += at(static_cast<std::size_t>(inside[0] - '1'));
        i = end;
      } else {
        out += own.format[i];
      }
    }
    return out;
  }
  if (own.digits == Digits::none) return own.prefix + own.suffix;
  std::string out = own.prefix;
  for (std::size_t i = level + 1 - static_cast<std::size_t>(own.shown_levels); i <= level; ++i) {
    const std::string number = at(i);
    if (!out.empty() && out.size() > own.prefix.size() && !number.empty()) out += '.';
    out += number;
  }
  return out + own.suffix;
}

}  // namespace ln::office
