#include "core/settings/settings_store_units.h"

#include "core/settings/settings.h"
#include "core/units/units_csv_cells.h"
#include "core/units/units_store.h"
#include "platform/json/json.h"

namespace ln::settings {

std::string value_of(const UnitSetting& setting) {
  std::string value;
  json::Writer(value)
      .object()
      .member("address", setting.contact.address)
      .member("email", setting.contact.email)
      .member("ends", setting.ends ? to_iso(*setting.ends) : std::string())
      .member("kind", units::to_text(setting.kind))
      .member("name", setting.name)
      .member("name_en", setting.name_en)
      .member("parent", setting.parent_code)
      .member("phone", setting.contact.phone)
      .member("type", setting.type)
      .end_object();
  return value;
}

Result<UnitSetting> read_unit_value(std::string_view entry, std::string_view value) {
  TRY(const json::Document document,
      json::parse(value,
                  {.size_max = value_size_max, .depth_max = 2, .form = json::Form::as_sent}));
  const json::Value root = document.root();
  const auto text = [&](std::string_view name) {
    return std::string(root.text(name).value_or(""));
  };
  const auto unit = unit_of_entry(entry);
  const auto kind = units::kind_of(text("kind"));
  const std::string ends = text("ends");
  const Error no_value{ErrorKind::invalid, "settings.error.value"_t};
  if (!unit || !kind) return no_value;
  UnitSetting setting{.code = unit->first,
                      .opens = unit->second,
                      .ends = units::parse_day(ends),
                      .kind = *kind,
                      .type = text("type"),
                      .parent_code = text("parent"),
                      .name = text("name"),
                      .name_en = text("name_en"),
                      .contact = {text("address"), text("phone"), text("email")}};
  if (value_of(setting) != value) return no_value;
  return setting;
}

std::optional<UnitSetting> unit_setting(db::Read& read, std::string_view code, Day opens) {
  const auto unit = units::find(read, code, opens);
  if (!unit) return std::nullopt;
  const auto parent = units::find(read, unit->parent);
  return UnitSetting{.code = unit->code,
                     .opens = unit->valid_from,
                     .ends = unit->valid_to,
                     .kind = unit->kind,
                     .type = unit->type,
                     .parent_code = parent ? parent->code : std::string(),
                     .name = unit->name,
                     .name_en = unit->name_en,
                     .contact = units::contact(read, unit->id)};
}

}  // namespace ln::settings
