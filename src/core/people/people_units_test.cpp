#include "core/people/people_units.h"

#include <doctest/doctest.h>

#include <string>

#include "core/units/units_store.h"
#include "test/world.h"

namespace ln::people {
namespace {

constexpr Day first_day{std::chrono::days(0)};

// A city; a ward with an office and a counter; a ward that was abolished last year.
struct Town : test::World {
  units::Unit city, ward, gone;

  Town() {
    write([&](db::Write& w) {
      city = add(w, "01", units::Kind::city, nullptr);
      ward = add(w, "P1", units::Kind::commune, &city);
      add(w, "P1-TP", units::Kind::department, &ward);
      add(w, "P1-T1", units::Kind::counter, &ward);
      gone = add(w, "P2", units::Kind::commune, &city, local_day(now) - std::chrono::days(300));
    });
  }
  static units::Unit add(db::Write& w,
                         std::string_view code,
                         units::Kind kind,
                         const units::Unit* parent,
                         std::optional<Day> until = std::nullopt) {
    return units::insert(w, {.code = code,
                             .valid_from = first_day,
                             .valid_to = until,
                             .name = code,
                             .kind = kind,
                             .type = "Đơn vị",
                             .parent = parent});
  }
  std::string codes(const std::vector<std::string>& tops, Below below) {
    std::string all;
    for (const units::Unit& each :
         read([&](db::Read& r) { return units_at(r, tops, local_day(now), below); }))
      all += each.code + " ";
    return all;
  }
};

}  // namespace

TEST_CASE("a unit is listed with what stands directly below it, and not when it is abolished") {
  Town town;
  CHECK(town.codes({town.ward.path}, Below::none) == "P1 ");
  CHECK(town.codes({town.ward.path}, Below::departments) == "P1 P1-TP ");
  CHECK(town.codes({town.city.path}, Below::all) == "01 P1 ");
  CHECK(town.codes({town.gone.path, town.ward.path}, Below::none) == "P1 ");
  CHECK(town.codes({"/999999/"}, Below::all) == "");
  CHECK(town.codes({}, Below::all) == "");
}

}  // namespace ln::people
