#include "core/settings/settings_units.h"

#include <algorithm>

#include "base/text.h"
#include "core/units/units_csv_cells.h"

namespace ln::settings {
namespace {

bool is_line(std::string_view text, std::size_t chars_min, std::size_t chars_max) {
  const std::size_t chars = count_chars(text);
  return chars >= chars_min && chars <= chars_max && text.find('\n') == std::string_view::npos &&
         text.find('\r') == std::string_view::npos;
}

bool is_phone(std::string_view text) {
  return text.size() <= unit_phone_chars_max && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || c == ' ' || c == '+' || c == '-' || c == '.' ||
                  c == '(' || c == ')' || c == ',' || c == ';';
         });
}

bool is_mail_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return text.size() <= unit_email_chars_max && at != std::string_view::npos && at > 0 &&
         text.find('.', at) != std::string_view::npos && text.back() != '.' &&
         text.find('@', at + 1) == std::string_view::npos &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F && c != '<'; });
}

}  // namespace

std::string entry_of(std::string_view unit_code, Day opens) {
  return std::string(unit_code) + "." + to_iso(opens);
}

std::optional<std::pair<std::string, Day>> unit_of_entry(std::string_view entry) {
  const std::size_t dot = entry.rfind('.');
  if (dot == std::string_view::npos || !units::is_code(entry.substr(0, dot))) return std::nullopt;
  const auto day = units::parse_day(entry.substr(dot + 1));
  return day ? std::optional(std::pair(std::string(entry.substr(0, dot)), *day)) : std::nullopt;
}

bool is_office(units::Kind kind) {
  return kind == units::Kind::department || kind == units::Kind::division ||
         kind == units::Kind::counter || kind == units::Kind::organisation;
}

void check_words(const UnitSetting& setting, FieldErrors& errors) {
  constexpr std::size_t code_size_max = 40, type_chars_max = 40, name_chars_min = 2;
  if (!units::is_code(setting.code) || setting.code.size() > code_size_max)
    errors.add("code", "settings.error.unit_code"_t);
  if (!is_line(setting.type, 1, type_chars_max)) errors.add("type", "settings.error.unit_type"_t);
  if (!is_line(setting.name, name_chars_min, unit_name_chars_max))
    errors.add("name", "settings.error.unit_name"_t);
  if (!is_line(setting.name_en, 0, unit_name_chars_max))
    errors.add("name_en", "settings.error.unit_name"_t);
  if (!is_line(setting.contact.address, 0, unit_address_chars_max))
    errors.add("address", "settings.error.hint"_t);
  if (!is_phone(setting.contact.phone)) errors.add("phone", "settings.error.phone"_t);
  if (!setting.contact.email.empty() && !is_mail_address(setting.contact.email))
    errors.add("email", "settings.error.email"_t);
}

}  // namespace ln::settings
