// All settings of a city as one file (docs/formats/settings.md): a line that says what it is, then
// one line for each entry, in the order of list and code. One state of the settings has one file,
// byte for byte, so that two files can be compared line by line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_key.h"

namespace ln::feedback {

inline constexpr std::size_t settings_file_size_max = 2u << 20;  // bytes
inline constexpr std::size_t settings_file_lines_max = 6'000;
inline constexpr std::string_view settings_file_head = R"({"format":"langnghe settings 1"})";

// A line of the file: an entry and its value.
struct SettingLine {
  std::size_t line = 0;  // counted from 1
  std::string list{}, code{}, value{};
};

// What an import would do to one entry. `before` is empty when it makes it.
struct SettingDifference {
  std::size_t line = 0;
  std::string list{}, code{}, before{}, after{};
};
// Why a line cannot be taken.
struct SettingTrouble {
  std::size_t line = 0;
  std::string list{}, code{};
  TextKey what{};
};
struct ImportPlan {
  std::vector<SettingDifference> changes{};  // in the order in which they are made
  std::vector<SettingTrouble> troubles{};    // in the order of the lines
  std::size_t same_count = 0;
};

}  // namespace ln::feedback
