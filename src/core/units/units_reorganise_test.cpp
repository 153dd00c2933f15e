#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "core/units/units_actions.h"
#include "core/units/units_actions_reorganise.h"
#include "core/units/units_reorganise_csv.h"
#include "core/units/units_store.h"
#include "test/world.h"

namespace ln::units {
namespace {

constexpr Day old_day{std::chrono::year(2018) / 1 / 1};
constexpr Day change_day{std::chrono::year(2027) / 1 / 1};
constexpr Day day_before = change_day - std::chrono::days(1);
constexpr std::string_view mapping_head =
    "new_code,new_name,new_province,old_code,old_name,old_district,old_province,relation,note_vi";
constexpr std::string_view old_list =
    "level,code,name,type,parent_code\n"
    "1,01,Thành phố A,Thành phố,\n"
    "2,001,Quận Một,Quận,01\n"
    "3,00001,Phường Trúc Bạch,Phường,001\n"
    "3,00002,Phường Quán Thánh,Phường,001\n"
    "3,00003,Xã Sơn Hà,Xã,001\n"
    "3,00004,Xã Sơn Hạ,Xã,001\n";

std::string row(std::string_view old_code,
                std::string_view new_code,
                std::string_view relation,
                std::string_view address = "") {
  return std::string(new_code) + ",,01," + std::string(old_code) + ",,,01," +
         std::string(relation) + ",x," + std::string(address) + "\n";
}
std::string mapping_of(const std::string& rows) {
  return std::string(mapping_head) + ",address\n" + rows;
}

struct Town : test::World {
  Town() {
    REQUIRE(write([](db::Write& write) { return import_units(write, old_list, {old_day}); }).ok());
  }
  ReorganisationWish wish(const std::string& list, const std::string& mapping) {
    list_ = "level,code,name,type,parent_code\n" + list;
    mapping_ = mapping_of(mapping);
    return {.day = change_day,
            .name = "Sắp xếp",
            .source = "Nghị quyết mẫu",
            .list = list_,
            .mapping = mapping_};
  }
  Plan plan(const std::string& list, const std::string& mapping) {
    const auto made = read([&](db::Read& r) { return preview(r, wish(list, mapping)); });
    REQUIRE(made.ok());
    return made.value();
  }
  std::string troubles(const std::string& list, const std::string& mapping) {
    std::string all;
    for (const Trouble& each : plan(list, mapping).troubles)
      all += (each.in_mapping ? "m" : "l") + std::to_string(each.line) + " " + each.code + " " +
             std::string(each.what.name()) + "\n";
    return all;
  }
  std::optional<Unit> on(std::string_view code, Day day) {
    return read([&](db::Read& r) { return find_on(r, code, day); });
  }

 private:
  std::string list_, mapping_;
};

constexpr const char* new_list =
    "1,01,Thành phố A,Thành phố,\n"
    "3,00001,Phường Ba Đình,Phường,01\n"
    "3,00003,Xã Sơn Hà,Xã,01\n";
const std::string new_rows = row("00001", "00001", "partial", "phố Hàng Than; ngõ 5 Châu Long") +
                             row("00001", "00003", "partial", "đê Yên Phụ") +
                             row("00002", "00001", "full") + row("00003", "00003", "keep");

TEST_CASE("a plan says what goes on, ends, begins and is left for a person, and writes nothing") {
  Town town;
  const Plan plan = town.plan(new_list, new_rows);
  CHECK(plan.troubles.empty());
  CHECK(plan.staying == 1);  // The city.
  CHECK(plan.opening.size() == 2);
  CHECK(plan.closing.size() == 5);
  CHECK(plan.count(Relation::partial) == 2);
  CHECK(plan.count(Relation::full) == 1);
  CHECK(plan.count(Relation::keep) == 1);
  REQUIRE(plan.splits.size() == 1);
  CHECK(plan.splits[0].name == "Phường Trúc Bạch");
  REQUIRE(plan.undetermined.size() == 1);
  CHECK(plan.undetermined[0].name == "Xã Sơn Hạ");
  REQUIRE(plan.abolished.size() == 1);
  CHECK(plan.abolished[0].name == "Quận Một");
  CHECK_FALSE(town.on("00001", day_before)->valid_to.has_value());
}

TEST_CASE("what does not fit the units we have is told by line, and nothing may be applied") {
  Town town;
  CHECK(town.troubles(new_list, new_rows + row("99999", "00001", "full")) ==
        "m6 99999 units.reorganise.old_unknown\n");
  CHECK(town.troubles(new_list, row("00002", "77777", "full")) ==
        "m2 77777 units.reorganise.new_unknown\n");
  CHECK(town.troubles(std::string(new_list) + "3,00009,Xã Mồ Côi,Xã,09\n", new_rows) ==
        "l5 00009 units.error.csv_parent\n");
  CHECK(town.troubles(std::string(new_list) + "3,00001,Xã B,Xã,01\n", new_rows) ==
        "l5 00001 units.error.csv_twice\n");
  CHECK(town.troubles(new_list, new_rows + row("00002", "00001", "full")) ==
        "m6 00002 units.error.csv_twice\n");
  CHECK(town.troubles(new_list, row("00002", "00001", "full") + row("00002", "", "abolished")) ==
        "m3 00002 units.reorganise.contradiction\n");
  CHECK(town.troubles("1,02,Tỉnh B,Tỉnh,\n", "") == "m0 01 units.reorganise.no_heir\n");
  const auto applied = town.write([&](db::Write& write) {
    return announce(write, town.wish(new_list, row("99999", "00001", "full")), town.now);
  });
  REQUIRE_FALSE(applied.ok());
  CHECK(applied.error().kind == ErrorKind::conflict);
  CHECK_FALSE(town.on("00001", change_day)->valid_to.has_value());
}

TEST_CASE("a code that begins on that very day already is not used again") {
  Town town;
  town.write([&](db::Write& write) {
    const Unit city = *find_on(write, "01", day_before);
    static_cast<void>(insert(write, {.code = "00005",
                                     .valid_from = change_day,
                                     .name = "Xã Mới",
                                     .kind = Kind::commune,
                                     .type = "Xã",
                                     .parent = &city}));
  });
  CHECK(town.troubles(std::string(new_list) + "3,00005,Xã Khác,Xã,01\n", new_rows) ==
        "l5 00005 units.reorganise.code_taken\n");
}

TEST_CASE("an announced event closes and opens by date: today nothing has changed yet") {
  Town town;
  const auto applied = town.write(
      [&](db::Write& write) { return announce(write, town.wish(new_list, new_rows), town.now); });
  REQUIRE(applied.ok());
  CHECK(town.on("00001", local_day(town.now))->name == "Phường Trúc Bạch");
  CHECK(town.on("00001", day_before)->name == "Phường Trúc Bạch");
  CHECK(town.on("00001", change_day)->name == "Phường Ba Đình");
  CHECK(town.on("01", change_day)->id == town.on("01", day_before)->id);
  CHECK_FALSE(town.on("00004", change_day).has_value());
  town.read([&](db::Read& read) {
    const auto after = successors(read, town.on("00001", day_before)->id);
    REQUIRE(after.size() == 2);
    CHECK(after[0].unit.name == "Phường Ba Đình");
    CHECK(undetermined(read, Kind::commune, day_before).size() == 1);
    CHECK(reorganisations(read).size() == 1);
    CHECK_FALSE(due_reorganisation(read, day_before).has_value());
    CHECK(due_reorganisation(read, change_day).has_value());
  });
  const auto again = town.write(
      [&](db::Write& write) { return announce(write, town.wish(new_list, new_rows), town.now); });
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().text.name() == "units.reorganise.day_taken");
}

TEST_CASE("a counter goes along with a ward that is kept, and ends with one that is merged") {
  Town town;
  town.write([&](db::Write& write) {
    for (const auto& [code, ward] : {std::pair("q3", "00003"), std::pair("q2", "00002")}) {
      const Unit above = *find_on(write, ward, day_before);
      const Unit counter = insert(write, {.code = code,
                                          .valid_from = old_day,
                                          .name = "Một cửa",
                                          .kind = Kind::counter,
                                          .type = "Một cửa",
                                          .parent = &above});
      insert_desk(write, counter.id, {1, "Quầy 1"});
    }
  });
  REQUIRE(town.write([&](db::Write& write) {
                return announce(write, town.wish(new_list, new_rows), town.now);
              })
              .ok());
  const auto kept = town.on("q3", change_day);
  REQUIRE(kept.has_value());
  CHECK(kept->id != town.on("q3", day_before)->id);
  CHECK(is_within(kept->path, town.on("00003", change_day)->path));
  CHECK(town.read([&](db::Read& read) { return desks(read, kept->id).size(); }) == 1);
  CHECK_FALSE(town.on("q2", change_day).has_value());
  const Heirs heirs = town.read(
      [&](db::Read& read) { return heirs_on(read, *find_on(read, "q2", day_before), change_day); });
  REQUIRE(heirs.candidates.size() == 1);
  CHECK(heirs.are_above);
  CHECK(heirs.candidates[0].unit.name == "Phường Ba Đình");
  CHECK(choose(heirs, Kind::counter, "").is_certain);
}

TEST_CASE("an address rule decides by the marks that were typed, and never between two that fit") {
  Heirs heirs;
  for (const char* rule :
       {"phố Hàng Than; thôn Sơn Hà", "đê Yên Phụ; thôn Sơn Hạ; phố Hàng Than cũ", ""})
    heirs.candidates.push_back({Unit{}, rule});
  const auto chosen = [&](std::string_view place) {
    const Choice choice = choose(heirs, Kind::commune, place);
    return std::to_string(choice.candidate) + (choice.is_certain ? "!" : "?");
  };
  CHECK(chosen("Số 5, đê Yên Phụ, gần bốt điện") == "1!");
  CHECK(chosen("so 5 de yen phu") == "1!");
  CHECK(chosen("12 Phố Hàng Than") == "0!");
  CHECK(chosen("cuối thôn Sơn Hạ") == "1!");
  CHECK(chosen("cuối thôn Sơn Hà") == "0!");
  CHECK(chosen("cuoi thon son ha") == "0?");  // Both fit without marks: a person has to say.
  CHECK(chosen("phố Hàng Than cũ") == "0?");  // So do these with them.
  CHECK(chosen("phố Hàng Thanh") == "0?");    // Whole words only.
  CHECK(chosen("") == "0?");
  CHECK(choose({.candidates = {heirs.candidates[2]}}, Kind::commune, "").is_certain);
  CHECK_FALSE(choose({.candidates = {heirs.candidates[2]}, .are_above = true}, Kind::commune, "")
                  .is_certain);
}

TEST_CASE("the files of a reorganisation are refused whole, and the refusal names the line") {
  const auto mapping = [](const std::string& rows) -> std::string {
    const auto taken = read_mapping(mapping_of(rows));
    if (taken.ok()) return std::to_string(taken.value().size());
    const FieldError& where = taken.error().fields.at(0);
    return where.field + " " + std::string(where.text.name());
  };
  CHECK(mapping(row("1", "2", "full") + row("", "3", "new") + row("4", "", "abolished")) == "3");
  CHECK(mapping(row("1", "2", "full") + row("1", "2", "half")) == "line 3 units.error.csv_word");
  CHECK(mapping(row("", "2", "full")) == "line 2 units.error.csv_empty");
  CHECK(mapping(row("1", "", "keep")) == "line 2 units.error.csv_empty");
  CHECK(mapping(row("1", "2", "new")) == "line 2 units.error.csv_empty");
  CHECK(mapping(row("1", "2", "abolished")) == "line 2 units.error.csv_empty");
  CHECK(mapping(row("1 0", "2", "full")) == "line 2 units.error.csv_code");
  CHECK(mapping(row("1", "2", "full", "phố A")) == "line 2 units.reorganise.rule");
  CHECK(mapping(row("1", "2", "partial", "phố A;;phố B")) == "line 2 units.reorganise.rule");
  CHECK(mapping(row("1", "2", "partial", "phố A; phố B")) == "1");
  CHECK(read_mapping(std::string(mapping_head) + "\n2,,01,1,,,01,partial,x\n").ok());
  CHECK_FALSE(read_mapping("a,b\n").ok());
  CHECK_FALSE(read_list("level,code,name,type,parent_code\n4,1,A,Xã,\n").ok());
}

TEST_CASE("Hanoi's own event is in the list, and 198 wards were split by it") {
  test::World world;
  REQUIRE(world.write([](db::Write& write) { return install_hanoi(write); }).ok());
  world.read([](db::Read& read) {
    const auto all = reorganisations(read);
    REQUIRE(all.size() == 1);
    CHECK(all[0].day == two_tier_day);
    CHECK(all[0].source == "Nghị quyết 1656/NQ-UBTVQH15");
    std::size_t several = 0, above = 0;
    for (const Unit& old : of_kind(read, Kind::commune, two_tier_day - std::chrono::days(1))) {
      const Heirs heirs = heirs_on(read, old, two_tier_day);
      if (heirs.are_above) ++above;
      if (!heirs.are_above && heirs.candidates.size() > 1) ++several;
    }
    CHECK(several == 198);
    CHECK(above == 58);
  });
}

}  // namespace
}  // namespace ln::units
