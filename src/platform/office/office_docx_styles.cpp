#include "platform/office/office_docx_styles.h"

namespace ln::office {
namespace {

constexpr int based_on_max = 20;             // styles on styles; a circle ends there
constexpr std::size_t label_size_max = 200;  // of a number or a name, so that nothing multiplies
constexpr int id_max = 1'000'000;
constexpr int count_max = 100'000;  // largest first number

Digits digits_of(std::string_view word) {
  static const std::map<std::string_view, Digits> all = {{"decimal", Digits::decimal},
                                                         {"decimalZero", Digits::decimal_zero},
                                                         {"lowerLetter", Digits::lower_letter},
                                                         {"upperLetter", Digits::upper_letter},
                                                         {"lowerRoman", Digits::lower_roman},
                                                         {"upperRoman", Digits::upper_roman},
                                                         {"bullet", Digits::bullet},
                                                         {"none", Digits::none}};
  const auto found = all.find(word);
  return found == all.end() ? Digits::decimal : found->second;
}

std::string label(std::string_view text) { return std::string(text.substr(0, label_size_max)); }

}  // namespace

void Look::rest_on(const Look& below) {
  if (!outline) outline = below.outline;
  if (!list) list = below.list;
  if (!level) level = below.level;
  if (!is_centred) is_centred = below.is_centred;
  if (!is_bold) is_bold = below.is_bold;
  if (!is_hidden) is_hidden = below.is_hidden;
}

Look look_of_paragraph(pugi::xml_node properties) {
  Look look;
  look.outline = number(child(properties, "outlineLvl"), "val", 0, 9);
  const pugi::xml_node numbers = child(properties, "numPr");
  look.list = number(child(numbers, "numId"), "val", 0, id_max);
  look.level = number(child(numbers, "ilvl"), "val", 0, static_cast<int>(levels_max) - 1);
  if (const auto how = value(properties, "jc")) look.is_centred = *how == "center";
  return look;
}

void read_run_look(pugi::xml_node properties, Look& look) {
  if (const auto bold = flag(properties, "b")) look.is_bold = bold;
  if (const auto hidden = flag(properties, "vanish")) look.is_hidden = hidden;
}

Styles::Styles(pugi::xml_node root) {
  for (const pugi::xml_node node : root.children()) {
    if (name_of(node) != "style") continue;
    const auto id = attribute(node, "styleId");
    if (!id) continue;
    Style style;
    style.name = label(value(node, "name").value_or(""));
    style.based_on = value(node, "basedOn").value_or("");
    style.look = look_of_paragraph(child(node, "pPr"));
    read_run_look(child(node, "rPr"), style.look);
    // Word's own headings are headings whether or not the file says so.
    if (!style.look.outline && style.name.size() == 9 && style.name[8] >= '1' &&
        style.name[8] <= '9' &&
        (style.name.starts_with("heading ") || style.name.starts_with("Heading ")))
      style.look.outline = style.name[8] - '1';
    const auto standard = attribute(node, "default");
    if (attribute(node, "type") == "paragraph" && standard && *standard != "0") standard_ = *id;
    styles_.emplace(*id, std::move(style));
  }
  // What each says by itself is kept until all rest on each other.
  const auto own = styles_;
  for (auto& [id, style] : styles_) {
    const Style* below = &style;
    for (int i = 0; i < based_on_max; ++i) {
      const auto found = own.find(below->based_on);
      if (found == own.end()) break;
      below = &found->second;
      style.look.rest_on(below->look);
    }
  }
}

const Styles::Style& Styles::find(std::optional<std::string_view> id) const {
  static const Style none;
  auto found = id ? styles_.find(*id) : styles_.end();
  if (found == styles_.end()) found = styles_.find(standard_);
  return found == styles_.end() ? none : found->second;
}

std::optional<int> Styles::list_of(std::string_view id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? std::nullopt : found->second.look.list;
}

void Numbering::read_level(pugi::xml_node node, Level& level, LevelRule& rule) {
  if (const auto start = number(child(node, "start"), "val", 0, count_max)) rule.start = *start;
  if (const auto again = number(child(node, "lvlRestart"), "val", 0, static_cast<int>(levels_max)))
    rule.restart = static_cast<std::size_t>(*again);
  level.digits = digits_of(value(node, "numFmt").value_or("decimal"));
  level.text = label(value(node, "lvlText").value_or(""));
  level.style = value(node, "pStyle").value_or("");
  level.is_legal = flag(node, "isLgl").value_or(false);
}

Numbering::Numbering(pugi::xml_node root, const Styles& styles) {
  const auto level_number = [](pugi::xml_node node) {
    return number(node, "ilvl", 0, static_cast<int>(levels_max) - 1);
  };
  for (const pugi::xml_node node : root.children()) {
    if (name_of(node) != "abstractNum") continue;
    Abstract abstract;
    abstract.link = value(node, "numStyleLink").value_or("");
    for (const pugi::xml_node each : node.children()) {
      const auto level = level_number(each);
      if (name_of(each) != "lvl" || !level) continue;
      const auto at = static_cast<std::size_t>(*level);
      read_level(each, abstract.levels[at], abstract.rules[at]);
    }
    if (const auto id = number(node, "abstractNumId", 0, id_max))
      abstracts_.emplace(*id, std::move(abstract));
  }
  for (const pugi::xml_node node : root.children()) {
    if (name_of(node) != "num") continue;
    const auto id = number(node, "numId", 1, id_max);
    const auto abstract = number(child(node, "abstractNumId"), "val", 0, id_max);
    if (!id || !abstract || !abstracts_.contains(*abstract)) continue;
    List list{.abstract = *abstract};
    for (const pugi::xml_node each : node.children()) {
      const auto level = level_number(each);
      if (name_of(each) != "lvlOverride" || !level) continue;
      const auto at = static_cast<std::size_t>(*level);
      if (const pugi::xml_node own = child(each, "lvl"); !own.empty()) {
        LevelRule rule = abstracts_.at(*abstract).rules[at];
        read_level(own, list.levels[at], rule);
        if (!child(own, "start").empty()) list.starts[at] = rule.start;
      }
      if (const auto start = number(child(each, "startOverride"), "val", 0, count_max))
        list.starts[at] = *start;
    }
    lists_.emplace(*id, std::move(list));
  }
  // An abstract list that only points to a style of lists is the one behind that style's list.
  for (auto& [id, list] : lists_) {
    const std::string& link = abstracts_.at(list.abstract).link;
    if (link.empty()) continue;
    const auto behind = styles.list_of(link);
    const auto found = behind ? lists_.find(*behind) : lists_.end();
    if (found != lists_.end() && abstracts_.at(found->second.abstract).link.empty())
      list.abstract = found->second.abstract;
  }
}

const Numbering::Level& Numbering::level_of(const List& list,
                                            const Abstract& abstract,
                                            std::size_t level) const {
  const auto own = list.levels.find(level);
  return own == list.levels.end() ? abstract.levels[level] : own->second;
}

std::optional<int> Numbering::level_of_style(int list, std::string_view style) const {
  const auto found = lists_.find(list);
  if (found == lists_.end() || style.empty()) return std::nullopt;
  const auto& levels = abstracts_.at(found->second.abstract).levels;
  for (std::size_t i = 0; i < levels_max; ++i)
    if (levels[i].style == style) return static_cast<int>(i);
  return std::nullopt;
}

std::optional<std::string> Numbering::next(int id, std::size_t level) {
  const auto found = lists_.find(id);
  if (found == lists_.end()) return std::nullopt;
  List& list = found->second;
  Abstract& abstract = abstracts_.at(list.abstract);
  LevelRules rules = abstract.rules;
  for (const auto& [at, start] : list.starts) {
    rules[at].start = start;
    if (!list.is_begun) abstract.counters.at[at].reset();
  }
  list.is_begun = true;
  abstract.counters.advance(level, rules);
  const Level& own = level_of(list, abstract, level);
  if (own.digits == Digits::bullet) return bullet_of(own.text);
  std::string out;
  for (std::size_t i = 0; i < own.text.size(); ++i) {
    const char next = i + 1 < own.text.size() ? own.text[i + 1] : ' ';
    if (own.text[i] != '%' || next < '1' || next > '9') {
      out += own.text[i];
      continue;
    }
    const auto at = static_cast<std::size_t>(next - '1');
    Digits digits = level_of(list, abstract, at).digits;
    if (own.is_legal && at != level) digits = Digits::decimal;
    if (at <= level) out += written(abstract.counters.at[at].value_or(0), digits);
    ++i;
  }
  return out;
}

}  // namespace ln::office
