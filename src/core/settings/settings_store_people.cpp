#include "core/settings/settings_store_people.h"

#include <algorithm>

#include "core/people/people_store.h"
#include "core/settings/settings.h"
#include "core/units/units_csv_cells.h"
#include "core/units/units_store.h"
#include "platform/json/json.h"

namespace ln::settings {

std::string value_of(const AccountSetting& setting) {
  std::string value;
  json::Writer out(value);
  out.object().member("is_open", setting.is_open).name("roles").array();
  for (const RolePlace& each : setting.roles)
    out.object()
        .member("from", to_iso(each.unit_from))
        .member("role", people::to_text(each.role))
        .member("unit", each.unit)
        .end_object();
  out.end_array().end_object();
  return value;
}

Result<AccountSetting> read_account_value(std::string_view value) {
  constexpr std::size_t depth_max = 4;
  TRY(const json::Document document, json::parse(value, {.size_max = value_size_max,
                                                         .depth_max = depth_max,
                                                         .form = json::Form::as_sent}));
  const json::Value root = document.root();
  const Error no_value{ErrorKind::invalid, "settings.error.value"_t};
  AccountSetting setting{.is_open = root.boolean("is_open").value_or(false)};
  for (const json::Value each : root.items("roles")) {
    const auto from = units::parse_day(each.text("from").value_or(""));
    const auto role = people::role_of(each.text("role").value_or(""));
    if (!from || !role) return no_value;
    setting.roles.push_back({std::string(each.text("unit").value_or("")), *from, *role});
  }
  if (!std::ranges::is_sorted(setting.roles) ||
      std::ranges::adjacent_find(setting.roles) != setting.roles.end() ||
      value_of(setting) != value)
    return no_value;
  return setting;
}

std::optional<AccountSetting> account_setting(db::Read& read, std::string_view login) {
  const auto account = people::find_account(read, login);
  if (!account) return std::nullopt;
  AccountSetting setting{.is_open = !account->disabled_at.has_value()};
  for (const people::Grant& each : people::grants(read, account->id)) {
    const auto unit = units::find(read, each.unit);
    if (!unit) throw db::Failure("people_role.unit_id names no unit", db::Failure::Kind::corrupt);
    setting.roles.push_back({unit->code, unit->valid_from, each.role});
  }
  std::ranges::sort(setting.roles);
  return setting;
}

}  // namespace ln::settings
