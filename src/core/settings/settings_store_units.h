// Units as values of the list "unit" (docs/formats/settings.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/settings/settings_units.h"
#include "platform/db/db.h"

namespace ln::settings {

// The one text of a setting.
std::string value_of(const UnitSetting& setting);
// Refuses (invalid) whatever value_of would not have written.
Result<UnitSetting> read_unit_value(std::string_view entry, std::string_view value);

// As it is set now; null when there is no such unit.
std::optional<UnitSetting> unit_setting(db::Read& read, std::string_view code, Day opens);

}  // namespace ln::settings
