#include "core/workdays/workdays_hours.h"

#include <memory>

#include "base/text.h"
#include "platform/db/recent.h"

namespace ln::workdays {

std::map<units::UnitId, std::string> all_hours(db::Read& read) {
  std::map<units::UnitId, std::string> all;
  read.each("SELECT unit_id, hours FROM workdays_hours ORDER BY unit_id",
            [&](const db::Row& row) { all.emplace(row.id<units::UnitId>(0), row.text(1)); });
  return all;
}

std::string hours_at(db::Read& read, std::string_view unit_path) {
  const auto all = db::recent(read, "office-hours", [&] {
    return std::make_shared<const std::map<units::UnitId, std::string>>(all_hours(read));
  });
  // "/1/57/903/": from the end, the unit itself first.
  while (!all->empty() && unit_path.size() > 1) {
    unit_path.remove_suffix(1);
    const std::size_t slash = unit_path.rfind('/');
    const auto id = parse_number(unit_path.substr(slash + 1)).value_or(0);
    if (const auto found = all->find(units::UnitId{id}); found != all->end()) return found->second;
    unit_path = unit_path.substr(0, slash + 1);
  }
  return {};
}

void save_hours(db::Write& write, units::UnitId unit, std::string_view line) {
  write.run(
      "INSERT INTO workdays_hours (unit_id, hours) VALUES ($1, $2) "
      "ON CONFLICT (unit_id) DO UPDATE SET hours = excluded.hours",
      unit, line);
  db::forget_recent(write);
}

}  // namespace ln::workdays
