// Units as a list of the city's settings: name, how they are reached, and, of offices, when they
// begin and end. Communes, districts and the city begin and end by a reorganisation alone. The code
// of an entry is the code of the unit and its first day, "SNV.2025-03-01".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "core/units/units.h"
#include "core/units/units_store_change.h"

namespace ln::settings {

inline constexpr std::string_view unit_list = "unit";
inline constexpr std::string_view reorganisation_list = "reorganisation";  // the code is the day
inline constexpr std::size_t unit_name_chars_max = 150, unit_address_chars_max = 200,
                             unit_phone_chars_max = 60, unit_email_chars_max = 100;

struct UnitSetting {
  std::string code{};
  Day opens{};
  std::optional<Day> ends{};  // the last day
  units::Kind kind = units::Kind::division;
  std::string type{};         // "Phòng"; never changes
  std::string parent_code{};  // of the unit above on `opens`; never changes; empty for the city
  std::string name{}, name_en{};
  units::Contact contact{};
};

std::string entry_of(std::string_view unit_code, Day opens);
// The unit's code and first day; null for what is no such code.
std::optional<std::pair<std::string, Day>> unit_of_entry(std::string_view entry);

// Whether it begins and ends here, not by a reorganisation.
bool is_office(units::Kind kind);

// What is wrong beside "code", "type", "name", "name_en", "address", "phone", "email".
void check_words(const UnitSetting& setting, FieldErrors& errors);

}  // namespace ln::settings
