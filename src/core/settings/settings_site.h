// How the site of a city speaks and looks: a few sentences in its own words, three colours, and an
// emblem. Entries "texts", "theme" and "emblem" of the list "site". Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ln::settings {

inline constexpr std::string_view site_list = "site", texts_code = "texts", theme_code = "theme",
                                  emblem_code = "emblem";

// Plain text on one line; empty: what the program says by itself.
struct SiteTexts {
  std::string city_vi{}, city_en{};        // under the name in the header
  std::string lead_vi{}, lead_en{};        // the introduction on the first page
  std::string about_vi{}, about_en{};      // at the foot of every page
  std::string contact_vi{}, contact_en{};  // below it; the program says nothing there
};
inline constexpr std::size_t site_city_chars_max = 60, site_text_chars_max = 300;
// What is wrong beside each, by the names of the members.
void check_texts(const SiteTexts& texts, FieldErrors& errors);

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};
// "#0f5953", small letters only.
std::optional<Colour> parse_colour(std::string_view text);
std::string to_text(const Colour& colour);
// Contrast of two colours from 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance").
double contrast(const Colour& one, const Colour& other);

struct Theme {
  Colour ground{0x06, 0x2f, 0x2c};  // the header and the foot
  Colour main{0x0f, 0x59, 0x53};    // links, buttons
  Colour accent{0xff, 0xb9, 0x38};  // what has the focus, and the marks in the header
  friend bool operator==(const Theme&, const Theme&) = default;
};
// Two colours that would stand on each other and cannot be told apart well enough: below 4.5, the
// least that WCAG 2.2 AA (1.4.3) asks of text.
inline constexpr double contrast_min = 4.5;
struct Clash {
  std::string_view field;  // "ground", "main" or "accent"
  TextKey what;            // a sentence with {ratio} and {least}
  double ratio;
};
// All pairs that the pages use, the worst of each field; none when the theme may be worn.
std::vector<Clash> clashes(const Theme& theme);

// The style sheet of the house in other colours: each of its own colours by the one that stands in
// the same place. `plain` is main.css; what it names beside itself is named from the root.
std::string dressed_css(std::string_view plain, const Theme& theme);
// "062f2c-0f5953-ffb938", as it stands in the address of the style sheet, and back. The one it
// reads has no clash.
std::string address_of(const Theme& theme);
std::optional<Theme> theme_at(std::string_view address);

}  // namespace ln::settings
