#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/arguments.h"
#include "app/city.h"
#include "app/cli.h"
#include "app/cli_console.h"
#include "core/units/units_actions.h"
#include "core/units/units_store.h"
#include "core/units/units_store_reorganise.h"
#include "test/engine.h"
#include "test/folder.h"
#include "test/world.h"

namespace ln::app {
namespace {

constexpr Day in_future{std::chrono::year(2999) / 1 / 1};

// A folder with the units of Hanoi, and files to change them by.
struct Place {
  test::Folder folder;
  std::string data = (folder.path / "city").string();

  Place() {
    SeededRandom random(1);
    City city({.folder = data, .clock = [] { return test::monday; }}, random);
    REQUIRE(
        test::write(city.database(), [](db::Write& w) { return units::install_hanoi(w); }).ok());
    put("list",
        "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành phố,\n"
        "3,00004,Phường Hà Nội,Phường,01\n");
  }
  std::string put(const std::string& name, const std::string& text) {
    const std::string path = (folder.path / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // Every commune of today into one, but for `left_out`.
  std::string all_into_one(std::string_view relation) {
    std::string rows =
        "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,"
        "note_vi\n";
    db::Database database({.path = data + "/langnghe.db", .now = test::monday});
    for (const units::Unit& each : database.read([](db::Read& r) {
           return units::of_kind(r, units::Kind::commune, local_day(test::monday));
         }))
      rows += "00004,,01," + each.code + ",,,01," + std::string(relation) + ",x\n";
    return rows;
  }
  int run(const std::string& date, const std::string& mapping, std::vector<std::string> more) {
    more.insert(more.begin(), {"--data", data, "--date", date, "--units",
                               (folder.path / "list").string(), "--mapping", mapping});
    std::vector<std::string_view> words(more.begin(), more.end());
    return cli_reorganise(words);
  }
  std::size_t communes(Day day) {
    db::Database database({.path = data + "/langnghe.db", .now = test::monday});
    return database.read(
        [&](db::Read& r) { return units::of_kind(r, units::Kind::commune, day).size(); });
  }
};

TEST_CASE("the command looks, refuses and applies; an event of the future changes nothing today") {
  if (test::is_on_postgres()) return;  // The same functions are tested there.
  Place place;
  const std::string good = place.put("good", place.all_into_one("full"));
  const std::string bad = place.put("bad", place.all_into_one("half"));
  CHECK(place.run("2999-01-01", good, {"--preview"}) == exit_done);
  CHECK(place.communes(in_future) == 126);
  CHECK(place.run("2999-01-01", bad, {"--preview"}) == exit_refused);
  CHECK(place.run("2999-01-01", bad, {"--source", "NQ"}) == exit_refused);
  CHECK_THROWS_AS(place.run("2999-01-01", good, {}), Misuse);
  CHECK_THROWS_AS(place.run("1/1/2999", good, {"--preview"}), Misuse);
  CHECK_THROWS_AS(place.run("2999-01-01", "none", {"--preview"}), Misuse);
  CHECK(place.run("2999-01-01", good, {"--source", "NQ"}) == exit_done);
  CHECK(place.communes(in_future) == 1);
  CHECK(place.communes(local_day(test::monday)) == 126);
  CHECK(place.run("2999-01-01", good, {"--source", "NQ"}) == exit_refused);  // It is there already.
}

}  // namespace
}  // namespace ln::app
