// Any bytes as the two files: refused with a line, or read into a plan that holds together.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "core/units/units_reorganise.h"
#include "core/units/units_reorganise_csv.h"

namespace {

ln::units::Unit old_unit(std::int64_t id, std::string code, ln::units::Kind kind) {
  ln::units::Unit unit;
  unit.id = {id};
  unit.code = std::move(code);
  unit.kind = kind;
  unit.path = kind == ln::units::Kind::city ? "/1/" : "/1/" + std::to_string(id) + "/";
  if (kind != ln::units::Kind::city) unit.parent = {1};
  return unit;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace ln::units;
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t cut = std::min(input.find('\0'), size);
  const auto list =
      read_list("level,code,name,type,parent_code\n" + std::string(input.substr(0, cut)));
  const auto mapping = read_mapping(
      "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,"
      "note_vi,address\n" +
      std::string(input.substr(std::min(cut + 1, size))));
  if (!list.ok()) CHECK(list.error().fields.size() == 1);
  if (!mapping.ok()) CHECK(mapping.error().fields.size() == 1);
  if (!list.ok() || !mapping.ok()) return 0;
  const std::vector<Unit> before = {old_unit(1, "01", Kind::city), old_unit(2, "1", Kind::commune),
                                    old_unit(3, "2", Kind::commune),
                                    old_unit(4, "x", Kind::counter)};
  const std::vector<std::string> taken = {"3"};
  const Plan plan = plan_reorganisation(ln::Day{}, before, taken, {list.value(), mapping.value()});
  if (!plan.troubles.empty()) return 0;
  // Whatever is opened stands below something that is there, and every link leads to a unit.
  std::set<std::string> there;
  for (const Unit& unit : before) there.insert(unit.code);
  for (const Opening& each : plan.opening) {
    CHECK(each.parent_code.empty() || there.contains(each.parent_code));
    there.insert(each.code);
  }
  for (const Link& each : plan.links) {
    CHECK(there.contains(each.new_code));
    const Heirs heirs{.candidates = {{before[1], each.words}, {before[2], each.note}}};
    CHECK(choose(heirs, Kind::commune, each.note).candidate < 2);
  }
  return 0;
}
