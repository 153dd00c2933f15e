// Styles and automatic numbers of an ODT.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "platform/office/office_gather.h"
#include "platform/office/office_xml.h"

namespace ln::office {

struct OdtStyle {
  std::string name{};  // as the author's program shows it; empty for one made by the program
  std::string parent{};
  std::optional<bool> is_centred{}, is_bold{}, is_hidden{};
};

struct OdtLevel {
  Digits digits = Digits::none;
  std::string prefix{}, suffix{}, bullet{};
  std::string format{};  // "%1%.%2%", where the program wrote it
  int shown_levels = 1;
  int start = 1;
};
using OdtLevels = std::array<OdtLevel, levels_max>;

class OdtStyles {
 public:
  // Takes the styles below this element: of styles.xml, and then of content.xml.
  void read(pugi::xml_node container);

  // With what it rests on; family is "paragraph" or "text". An unknown one says nothing.
  OdtStyle find(std::string_view family, std::string_view name) const;
  // The levels of a list; null when there is no such style.
  const OdtLevels* list(std::string_view name) const;
  const OdtLevels& outline() const { return outline_; }

 private:
  std::map<std::string, OdtStyle, std::less<>> styles_;
  std::map<std::string, OdtLevels, std::less<>> lists_;
  OdtLevels outline_{};
};

// Counts one paragraph on, and gives its number as it is shown.
std::string next_number(Counters& counters, const OdtLevels& levels, std::size_t level);

}  // namespace ln::office
