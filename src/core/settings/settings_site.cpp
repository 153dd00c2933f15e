#include "core/settings/settings_site.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace ln::settings {
namespace {

constexpr Colour white{0xff, 0xff, 0xff}, black{0, 0, 0};
constexpr Colour ink{0x15, 0x21, 0x1f};  // text on the accent

bool is_site_line(std::string_view text, std::size_t chars_max) {
  return count_chars(text) <= chars_max && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < ' ' || c == '{' || c == '}';
         });
}

std::uint8_t between(std::uint8_t from, std::uint8_t to, double share) {
  return static_cast<std::uint8_t>(std::lround(from + (to - from) * share));
}
Colour mixed(const Colour& from, const Colour& to, double share) {
  return {between(from.red, to.red, share), between(from.green, to.green, share),
          between(from.blue, to.blue, share)};
}

// Of a channel from 0 to 255 (WCAG 2.2, relative luminance).
double linear(std::uint8_t channel) {
  const double part = channel / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}
double luminance(const Colour& colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

// A colour of the house, and what stands in its place. The steps between the chosen ones are where
// they are in the house's own scale (assets/src/scss/_tokens.scss).
struct Step {
  std::string_view own;
  Colour other;
};
std::array<Step, 19> steps_of(const Theme& theme) {
  const auto lighter = [&](double share) { return mixed(theme.main, white, share); };
  return {{{"04211f", mixed(theme.ground, black, 0.3)},
           {"062f2c", theme.ground},
           {"0a423e", mixed(theme.ground, theme.main, 0.45)},
           {"0f5953", theme.main},
           {"0b5a75", theme.main},  // a link, and below it one under the pointer
           {"063846", theme.ground},
           {"17706a", lighter(0.1)},
           {"8cc2bb", lighter(0.55)},
           {"9fcac4", lighter(0.62)},
           {"b9cdc9", lighter(0.72)},
           {"b9d5d0", lighter(0.72)},
           {"cfe3df", lighter(0.8)},
           {"dbe8e5", lighter(0.86)},
           {"dcebe8", lighter(0.86)},
           {"dfe9e7", lighter(0.87)},
           {"e3f0ed", lighter(0.89)},
           {"f1f6f5", lighter(0.945)},
           {"ffb938", theme.accent},
           {"ffca63", mixed(theme.accent, white, 0.2)}}};
}

// Fonts and pictures stand beside the sheet of the house, which is at /a/; the dressed one is not.
std::string with_whole_addresses(std::string_view css) {
  constexpr std::string_view begins = "url(";
  std::string out;
  out.reserve(css.size() + 256);
  while (true) {
    const std::size_t at = css.find(begins);
    if (at == std::string_view::npos) return out += css;
    out += css.substr(0, at + begins.size());
    css.remove_prefix(at + begins.size());
    const bool is_whole = css.starts_with('/') || css.starts_with('#') || css.starts_with("data:");
    if (!is_whole) out += "/a/";
  }
}

}  // namespace

void check_texts(const SiteTexts& texts, FieldErrors& errors) {
  const auto check = [&](std::string_view field, const std::string& text, std::size_t chars_max,
                         TextKey wrong) {
    if (!is_site_line(text, chars_max)) errors.add(field, wrong);
  };
  check("city_vi", texts.city_vi, site_city_chars_max, "settings.error.site_city"_t);
  check("city_en", texts.city_en, site_city_chars_max, "settings.error.site_city"_t);
  check("lead_vi", texts.lead_vi, site_text_chars_max, "settings.error.site_text"_t);
  check("lead_en", texts.lead_en, site_text_chars_max, "settings.error.site_text"_t);
  check("about_vi", texts.about_vi, site_text_chars_max, "settings.error.site_text"_t);
  check("about_en", texts.about_en, site_text_chars_max, "settings.error.site_text"_t);
  check("contact_vi", texts.contact_vi, site_text_chars_max, "settings.error.site_text"_t);
  check("contact_en", texts.contact_en, site_text_chars_max, "settings.error.site_text"_t);
}

std::optional<Colour> parse_colour(std::string_view text) {
  constexpr std::size_t size = 7;
  if (text.size() != size || text.front() != '#') return std::nullopt;
  const auto is_small = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  text.remove_prefix(1);
  if (!std::ranges::all_of(text, is_small)) return std::nullopt;
  const auto bytes = from_hex(text);
  if (!bytes) return std::nullopt;
  const auto part = [&](std::size_t i) { return static_cast<std::uint8_t>((*bytes)[i]); };
  return Colour{part(0), part(1), part(2)};
}

std::string to_text(const Colour& colour) {
  const std::array<std::uint8_t, 3> bytes = {colour.red, colour.green, colour.blue};
  return "#" + to_hex(bytes);
}

double contrast(const Colour& one, const Colour& other) {
  const double a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

std::vector<Clash> clashes(const Theme& theme) {
  const auto steps = steps_of(theme);
  const auto step = [&](std::string_view own) {
    return std::ranges::find(steps, own, &Step::own)->other;
  };
  struct Pair {
    std::string_view field;
    TextKey what;
    Colour one, other;
  };
  const Pair pairs[] = {
      {"ground", "settings.clash.ground"_t, white, theme.ground},
      {"ground", "settings.clash.ground"_t, step("cfe3df"), step("0a423e")},
      {"main", "settings.clash.main"_t, white, theme.main},
      {"main", "settings.clash.main"_t, white, step("17706a")},
      {"main", "settings.clash.main_tint"_t, theme.main, step("e3f0ed")},
      {"main", "settings.clash.main_tint"_t, theme.main, step("cfe3df")},
      {"accent", "settings.clash.accent"_t, theme.accent, theme.ground},
      {"accent", "settings.clash.accent"_t, theme.accent, step("0a423e")},
      {"accent", "settings.clash.accent_ink"_t, ink, theme.accent},
  };
  std::vector<Clash> worst;
  for (const Pair& pair : pairs) {
    const double ratio = contrast(pair.one, pair.other);
    if (ratio >= contrast_min) continue;
    const auto known = std::ranges::find(worst, pair.field, &Clash::field);
    if (known == worst.end())
      worst.push_back({pair.field, pair.what, ratio});
    else if (ratio < known->ratio)
      *known = {pair.field, pair.what, ratio};
  }
  return worst;
}

std::string dressed_css(std::string_view plain, const Theme& theme) {
  const auto steps = steps_of(theme);
  constexpr std::size_t digits = 6;
  std::string out;
  out.reserve(plain.size());
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t mark = std::min(plain.find('#', at), plain.size());
    out += plain.substr(at, mark - at);
    if (mark == plain.size()) break;
    const std::string_view own = plain.substr(mark + 1, digits);
    const auto found = std::ranges::find(steps, own, &Step::own);
    if (found != steps.end())
      out += to_text(found->other);
    else
      out += '#';
    at = mark + 1 + (found != steps.end() ? digits : 0);
  }
  return with_whole_addresses(out);
}

std::string address_of(const Theme& theme) {
  return to_text(theme.ground).substr(1) + "-" + to_text(theme.main).substr(1) + "-" +
         to_text(theme.accent).substr(1);
}

std::optional<Theme> theme_at(std::string_view address) {
  constexpr std::size_t step = 7, size = 20;
  if (address.size() != size || address[step - 1] != '-' || address[2 * step - 1] != '-')
    return std::nullopt;
  const auto colour = [&](std::size_t i) {
    return parse_colour("#" + std::string(address.substr(i * step, step - 1)));
  };
  const auto ground = colour(0), main = colour(1), accent = colour(2);
  if (!ground || !main || !accent) return std::nullopt;
  const Theme theme{*ground, *main, *accent};
  return clashes(theme).empty() ? std::optional(theme) : std::nullopt;
}

}  // namespace ln::settings
