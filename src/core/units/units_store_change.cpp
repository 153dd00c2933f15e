#include "core/units/units_store_change.h"

#include "engine/text/text.h"
#include "platform/db/recent.h"

namespace ln::units {

Contact contact(db::Read& read, UnitId unit) {
  return read
      .one(
          "SELECT address, phone, email FROM unit_contact WHERE unit_id = $1",
          [](const db::Row& row) { return Contact{row.text(0), row.text(1), row.text(2)}; }, unit)
      .value_or(Contact{});
}

void save(db::Write& write, UnitId unit, const Contact& contact) {
  write.run(
      "INSERT INTO unit_contact (unit_id, address, phone, email) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (unit_id) DO UPDATE SET address = excluded.address, phone = excluded.phone, "
      "email = excluded.email",
      unit, contact.address, contact.phone, contact.email);
}

void rename(db::Write& write, const Unit& unit, std::string_view name, std::string_view name_en) {
  const std::string order =
      text::sort_key(std::string(bare_name(name, unit.type)) + " " + unit.type);
  write.run(
      "UPDATE unit SET name = $1, name_en = $2, sort_key = $3, marked = $4, folded = $5 "
      "WHERE id = $6",
      name, name_en, order, text::marked(name), text::fold(name), unit.id);
  db::forget_recent(write);
}

void set_last_day(db::Write& write, UnitId unit, std::optional<Day> last) {
  write.run("UPDATE unit SET valid_to = $1 WHERE id = $2", last, unit);
  db::forget_recent(write);
}

bool is_ended_by_event(db::Read& read, UnitId unit) {
  return read
      .one(
          "SELECT 1 FROM unit WHERE id = $1 AND ended_in IS NOT NULL",
          [](const db::Row& row) { return row.integer(0); }, unit)
      .has_value();
}

bool has_below_after(db::Read& read, UnitId unit, Day last) {
  return read
      .one(
          "SELECT 1 FROM unit WHERE parent_id = $1 AND (valid_to IS NULL OR valid_to > $2) LIMIT 1",
          [](const db::Row& row) { return row.integer(0); }, unit, last)
      .has_value();
}

}  // namespace ln::units
