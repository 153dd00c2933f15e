// Any bytes: no value of a list of settings, or one that is written back byte for byte.
#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "core/settings/settings_store_people.h"
#include "core/settings/settings_store_site.h"
#include "core/settings/settings_store_units.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::settings;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  if (const auto account = read_account_value(input); account.ok())
    CHECK(value_of(account.value()) == input);
  if (const auto unit = read_unit_value("P1.2025-07-01", input); unit.ok()) {
    CHECK(value_of(unit.value()) == input);
    ln::FieldErrors errors;
    check_words(unit.value(), errors);
  }
  if (const auto texts = read_texts_value(input); texts.ok())
    CHECK(value_of(texts.value()) == input);
  if (const auto theme = read_theme_value(input); theme.ok()) {
    CHECK(value_of(theme.value()) == input);
    (void)clashes(theme.value());
  }
  if (const auto hash = read_emblem_value(input); hash.ok())
    CHECK(emblem_value(hash.value()) == input);
  if (const auto theme = theme_at(input)) CHECK(address_of(*theme) == input);
  if (const auto unit = unit_of_entry(input)) CHECK(entry_of(unit->first, unit->second) == input);
  (void)dressed_css(input, Theme{});
  return 0;
}
