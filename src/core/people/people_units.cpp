#include "core/people/people_units.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "core/units/units_store.h"

namespace ln::people {

std::vector<units::Unit> units_at(db::Read& read,
                                  const std::vector<std::string>& tops,
                                  Day on,
                                  Below below) {
  std::vector<units::Unit> found;
  for (const std::string& top : tops) {
    // "/1/4/": the last number is the unit itself.
    const std::string_view path = std::string_view(top).substr(0, top.size() - 1);
    const auto id = parse_number(path.substr(path.rfind('/') + 1));
    auto unit = id ? units::find(read, units::UnitId{*id}) : std::nullopt;
    if (!unit || !unit->is_valid_on(on)) continue;
    const units::UnitId above = unit->id;
    found.push_back(*std::move(unit));
    if (below == Below::none) continue;
    for (units::Unit& each : units::children(read, above, on))
      if (below == Below::all || each.kind == units::Kind::department)
        found.push_back(std::move(each));
  }
  return found;
}

std::vector<units::Unit> headed_units(db::Read& read, const Officer& officer, Day on, Below below) {
  constexpr Role heads[] = {Role::head};
  return units_at(read, tops_of(officer.staff(), heads), on, below);
}

}  // namespace ln::people
