// Styles and automatic numbers of a DOCX.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/office/office_gather.h"
#include "platform/office/office_xml.h"

namespace ln::office {

// What a style, or the properties of one paragraph or run, says; null where it says nothing.
struct Look {
  std::optional<int> outline{};  // 0 to 8; 9: no heading
  std::optional<int> list{};     // numId; 0 takes a number away
  std::optional<int> level{};    // ilvl
  std::optional<bool> is_centred{}, is_bold{}, is_hidden{};
  // Fills what is not said here from `below`.
  void rest_on(const Look& below);
};
// The paragraph's own properties (w:pPr), and a run's (w:rPr).
Look look_of_paragraph(pugi::xml_node properties);
void read_run_look(pugi::xml_node properties, Look& look);

class Styles {
 public:
  Styles() = default;
  explicit Styles(pugi::xml_node root);
  struct Style {
    std::string name{}, based_on{};
    Look look{};  // with what it is based on
  };
  // Of that id; the standard one of paragraphs when there is no id. Never null.
  const Style& find(std::optional<std::string_view> id) const;
  // The list a style of lists stands for.
  std::optional<int> list_of(std::string_view id) const;

 private:
  std::map<std::string, Style, std::less<>> styles_;
  std::string standard_;
};

class Numbering {
 public:
  Numbering() = default;
  Numbering(pugi::xml_node root, const Styles& styles);

  // The level of that list that belongs to the paragraph style; null when none does.
  std::optional<int> level_of_style(int list, std::string_view style) const;
  // Counts one paragraph on, and gives its number as it is shown; empty when it shows none. Null
  // when there is no such list.
  std::optional<std::string> next(int list, std::size_t level);

 private:
  struct Level {
    Digits digits = Digits::none;
    std::string text{}, style{};
    bool is_legal = false;  // levels above in decimal, whatever they are themselves
  };
  struct Abstract {
    std::array<Level, levels_max> levels{};
    LevelRules rules{};
    std::string link{};  // the style of lists that stands for it
    Counters counters{};
  };
  struct List {
    int abstract = 0;
    std::map<std::size_t, Level> levels{};  // that differ from the abstract one's
    std::map<std::size_t, int> starts{};
    bool is_begun = false;
  };
  static void read_level(pugi::xml_node node, Level& level, LevelRule& rule);
  const Level& level_of(const List& list, const Abstract& abstract, std::size_t level) const;
  std::map<int, Abstract> abstracts_;
  std::map<int, List> lists_;
};

}  // namespace ln::office
