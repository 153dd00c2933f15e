// Accounts as values of the list "account" (docs/formats/settings.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/settings/settings_people.h"
#include "platform/db/db.h"

namespace ln::settings {

// The one text of a setting.
std::string value_of(const AccountSetting& setting);
// Refuses (invalid) whatever value_of would not have written.
Result<AccountSetting> read_account_value(std::string_view value);

// As the account is now; null when nobody has this login.
std::optional<AccountSetting> account_setting(db::Read& read, std::string_view login);

}  // namespace ln::settings
