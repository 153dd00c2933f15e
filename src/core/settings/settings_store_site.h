// The site's entries as values of the list "site" (docs/formats/settings.md), and the pictures that
// are or were its emblem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/settings/settings_site.h"
#include "platform/db/db.h"

namespace ln::settings {

std::string value_of(const SiteTexts& texts);
std::string value_of(const Theme& theme);
// Of the picture with this hash; empty: the mark of the house.
std::string emblem_value(std::string_view hash);
// Each refuses (invalid) whatever was not written so.
Result<SiteTexts> read_texts_value(std::string_view value);
Result<Theme> read_theme_value(std::string_view value);
Result<std::string> read_emblem_value(std::string_view value);

// The value of an entry now; that of the program itself where nobody changed it. Empty for a code
// that is none.
std::string site_value(db::Read& read, std::string_view code);

struct Picture {
  std::string hash{}, media_type{}, bytes{};  // SHA-256 of the bytes in hexadecimal
  int width = 0, height = 0;
};
// Its bytes at most, and how many are kept at most.
inline constexpr std::size_t picture_size_max = 512 * 1024;
inline constexpr std::int64_t pictures_max = 200;
std::optional<Picture> find_picture(db::Read& read, std::string_view hash);
std::int64_t count_pictures(db::Read& read);
// One that is there already is left alone.
void insert(db::Write& write, const Picture& picture, Instant now);

// All that the site shows now.
struct SiteNow {
  SiteTexts texts{};
  Theme theme{};
  std::string picture{}, picture_type{};  // hash and media type; empty: the mark of the house
  int picture_width = 0, picture_height = 0;
};
SiteNow site_now(db::Read& read);

}  // namespace ln::settings
