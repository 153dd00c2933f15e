#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "core/units/units_actions.h"
#include "core/units/units_csv.h"
#include "core/units/units_store.h"
#include "core/units/units_store_procedures.h"
#include "engine/text/text.h"
#include "test/world.h"

namespace ln::units {
namespace {

constexpr Day in_2018{std::chrono::year(2018) / 3 / 1};
constexpr Day last_old{std::chrono::year(2025) / 6 / 30};
constexpr Day in_2026{std::chrono::year(2026) / 11 / 23};

// The city is installed once: the tests below only read it.
test::World& hanoi() {
  static test::World world;
  static const bool installed =
      world.write([](db::Write& write) { return install_hanoi(write); }).ok();
  REQUIRE(installed);
  return world;
}

template <class Body>
auto ask(Body body) {
  return hanoi().read(body);
}

std::string names(const std::vector<Unit>& units) {
  std::string all;
  for (const Unit& unit : units) all += (all.empty() ? "" : " · ") + unit.name;
  return all;
}

Unit unit_on(std::string_view code, Day day) {
  const auto unit = ask([&](db::Read& read) { return find_on(read, code, day); });
  REQUIRE(unit.has_value());
  return *unit;
}

}  // namespace

TEST_CASE("Hanoi had 30 districts and 584 communes in 2018, and has 126 communes now") {
  const auto count = [](Kind kind, Day day) {
    return ask([&](db::Read& read) { return of_kind(read, kind, day).size(); });
  };
  CHECK(count(Kind::district, in_2018) == 30);
  CHECK(count(Kind::commune, in_2018) == 584);
  CHECK(count(Kind::commune, last_old) == 584);
  CHECK(count(Kind::district, two_tier_day) == 0);
  CHECK(count(Kind::commune, two_tier_day) == 126);
  CHECK(count(Kind::city, in_2018) == 1);
  CHECK(count(Kind::city, in_2026) == 1);
  CHECK(count(Kind::commune, Day{std::chrono::year(2017) / 12 / 31}) == 0);
}

TEST_CASE("a code says nothing without a day: all 126 were in use, 96 name another place now") {
  // The file tells the names just before the change; our tree of the old city has those of 2018,
  // when one more of the codes stood for another name.
  constexpr std::string_view columns[] = {"new_code",     "new_name", "new_province",
                                          "old_code",     "old_name", "old_district",
                                          "old_province", "relation", "note_vi"};
  const auto mapping = read_csv(*embedded::find("data/units/mapping_old2025_new2025.csv"), columns);
  REQUIRE(mapping.ok());
  std::map<std::string, std::string> just_before;
  for (const CsvRow& row : mapping.value()) just_before[row.cells[3]] = row.cells[4];
  const auto place = [](std::string_view name) {
    for (const std::string_view type : {"Phường", "Xã", "Thị trấn"})
      if (name.starts_with(type)) return text::fold(bare_name(name, type));
    return text::fold(name);
  };
  std::size_t reused = 0, another_place = 0, another_than_in_2018 = 0;
  ask([&](db::Read& read) {
    for (const Unit& now : of_kind(read, Kind::commune, in_2026)) {
      const auto before = find_on(read, now.code, last_old);
      if (before) ++reused;
      if (before && place(now.name) != place(before->name)) ++another_than_in_2018;
      if (place(now.name) != place(just_before[now.code])) ++another_place;
    }
  });
  CHECK(reused == 126);
  CHECK(another_place == 96);
  CHECK(another_than_in_2018 == 97);
  CHECK(unit_on("00004", last_old).name == "Phường Trúc Bạch");
  CHECK(unit_on("00004", in_2026).name == "Phường Ba Đình");
}

TEST_CASE("an earlier unit is reached by its code and first day") {
  ask([](db::Read& read) {
    const auto old = find(read, "00004", Day{std::chrono::year(2018) / 1 / 1});
    REQUIRE(old.has_value());
    CHECK(old->name == "Phường Trúc Bạch");
    CHECK(old->valid_to == last_old);
    CHECK_FALSE(find(read, "00004", in_2018).has_value());
    CHECK(names(versions(read, "00004")) == "Phường Ba Đình · Phường Trúc Bạch");
  });
}

TEST_CASE("the tree: from a commune of 2018 up to the city, and down again by path") {
  ask([](db::Read& read) {
    const Unit ward = unit_on("00004", in_2018), district = unit_on("001", in_2018);
    CHECK(names(ancestors(read, ward)) == "Thành phố Hà Nội · Quận Ba Đình");
    CHECK(is_within(ward.path, district.path));
    CHECK(is_within(district.path, district.path));
    CHECK_FALSE(is_within(district.path, ward.path));
    CHECK(children(read, district.id, in_2018).size() == 14);
    CHECK(children(read, district.id, in_2026).empty());
    CHECK(subtree(read, district, in_2018).size() == 15);
    CHECK(is_within(unit_on("00004-pvhcc", in_2026).path, unit_on("00004", in_2026).path));
  });
}

TEST_CASE("a subtree is compared by whole ids: unit 5 does not contain unit 57") {
  CHECK(is_within("/1/5/9/", "/1/5/"));
  CHECK_FALSE(is_within("/1/57/", "/1/5/"));
  CHECK_FALSE(is_within("/1/5/", ""));
  CHECK(subtree_range("/1/5/") == std::pair<std::string, std::string>("/1/5/", "/1/50"));
}

TEST_CASE("wards are listed in Vietnamese alphabetical order of their own names") {
  ask([](db::Read& read) {
    const auto wards = of_kind(read, Kind::commune, in_2026);
    const auto at = [&](std::string_view name) {
      return std::ranges::find(wards, name, &Unit::name) - wards.begin();
    };
    CHECK(wards.front().name == "Xã An Khánh");
    CHECK(at("Phường Ba Đình") < at("Xã Ba Vì"));
    CHECK(at("Xã Dương Hòa") < at("Phường Định Công"));
    CHECK(at("Phường Định Công") < at("Xã Đoài Phương"));
    CHECK(at("Xã Hòa Lạc") < at("Phường Hoàng Liệt"));
    CHECK(wards.back().name == "Xã Yên Xuân");
  });
}

TEST_CASE("a search without marks finds names with marks; typed marks come first, all are listed") {
  ask([](db::Read& read) {
    const auto found = [&](std::string_view query, Day day) {
      std::string all;
      for (const Found& each : search(read, {.query = query, .day = day, .kind = Kind::commune}))
        all += (all.empty() ? "" : " · ") + each.unit.name + (each.exact_marks ? "!" : "");
      return all;
    };
    CHECK(found("ba dinh", in_2026) == "Phường Ba Đình");
    CHECK(found("Ba Đình", in_2026) == "Phường Ba Đình!");
    CHECK(found("phuong ba d", in_2026) == "Phường Ba Đình");
    CHECK(found("tien phong", in_2018) == "Xã Tiên Phong · Xã Tiền Phong · Xã Tiền Phong");
    CHECK(found("Tiền Phong", in_2018) == "Xã Tiền Phong! · Xã Tiền Phong! · Xã Tiên Phong");
    CHECK(found("sơn đồng", in_2018) == "Xã Sơn Đồng! · Xã Sơn Đông · Xã Đông Sơn");
    CHECK(found("inh", in_2026).empty());
    CHECK(found("%", in_2026).empty());
    CHECK(found("  ", in_2026).empty());
  });
}

TEST_CASE("a name that several places share is never picked from") {
  ask([](db::Read& read) {
    CHECK(named(read, "son dong", in_2018).size() == 2);
    CHECK(names(named(read, "xã Sơn Đồng", in_2018)) == "Xã Sơn Đồng");
    CHECK(names(named(read, "Sơn Đồng", in_2018)) == "Xã Sơn Đồng");
    CHECK(names(named(read, "Trung Hoà", in_2018)) == names(named(read, "Trung Hòa", in_2018)));
    CHECK(named(read, "Sơn", in_2018).empty());
  });
}

TEST_CASE("an old unit may have gone to several new ones, and 58 are undetermined") {
  ask([](db::Read& read) {
    std::size_t several = 0, pairs = 0;
    for (const Unit& old : of_kind(read, Kind::commune, last_old)) {
      const auto went_to = successors(read, old.id);
      pairs += went_to.size();
      if (went_to.size() > 1) ++several;
    }
    CHECK(pairs == 795);
    CHECK(several == 198);
    CHECK(undetermined(read, Kind::commune, two_tier_day).size() == 58);
    const auto made_of = predecessors(read, unit_on("00004", in_2026).id);
    const auto truc_bach = std::ranges::find(made_of, "Phường Trúc Bạch",
                                             [](const Succession& s) { return s.unit.name; });
    REQUIRE(truc_bach != made_of.end());
    CHECK(truc_bach->relation == Relation::full);
    CHECK(truc_bach->note == "Nhập toàn bộ");
  });
}

TEST_CASE("departments stand under the city, merge by date, and every ward has a service centre") {
  ask([](db::Read& read) {
    CHECK(unit_on("so-noi-vu", in_2018).id != unit_on("so-noi-vu", in_2026).id);
    const auto labour = successors(read, unit_on("so-lao-dong", in_2018).id);
    REQUIRE(labour.size() == 1);
    CHECK(labour[0].unit.id == unit_on("so-noi-vu", in_2026).id);
    const Unit division = unit_on("phong-nguoi-co-cong", in_2026);
    CHECK(names(ancestors(read, division)) == "Thành phố Hà Nội · Sở Nội vụ");
    const Unit centre = unit_on("00004-pvhcc", in_2026);
    CHECK(centre.name == "Trung tâm Phục vụ hành chính công phường Ba Đình");
    CHECK(centre.kind == Kind::counter);
    CHECK(desks(read, centre.id).size() == 4);
    CHECK(desk(read, centre.id, 2)->name == "Quầy 2: Hộ tịch, chứng thực");
    CHECK_FALSE(desk(read, centre.id, 5).has_value());
    const auto open = hours(read, centre.id);
    REQUIRE(open.size() == 11);
    CHECK(open[0] == Hours{1, 480, 720});
    CHECK(open.back() == Hours{6, 480, 720});
  });
}

TEST_CASE("the catalogue is dated: who registers a foreign birth changed on 1 July 2025") {
  ask([](db::Read& read) {
    CHECK(procedures(read, in_2026).size() >= 45);
    CHECK(find_procedure_on(read, "9.000102.H26", in_2018)->handler_kind == Kind::district);
    CHECK(find_procedure_on(read, "9.000102.H26", in_2026)->handler_kind == Kind::commune);
    const auto found = search_procedures(read, "khai sinh", in_2026);
    REQUIRE(found.size() >= 3);
    CHECK(search_procedures(read, "Khai tử", in_2026).front().name == "Đăng ký khai tử");
    const auto fund = find_procedure_on(read, "9.000904.H26", in_2026);
    CHECK(fund->handler_code == "so-noi-vu");
    CHECK(fund->time_count == 40);
    CHECK(fund->source == "Dữ liệu mẫu");
    const auto at_home_affairs = procedures_of(read, unit_on("so-noi-vu", in_2026), in_2026);
    CHECK(at_home_affairs.size() >= 12);
    CHECK(procedures_of(read, unit_on("phong-cong-chuc", in_2026), in_2026).size() ==
          at_home_affairs.size());
    CHECK(procedures_of(read, unit_on("00004-pvhcc", in_2026), in_2026).size() >= 30);
    CHECK(procedures_of(read, unit_on("thanh-tra", in_2026), in_2026).empty());
  });
}

TEST_CASE("a procedure that was just written stands in the catalogue that was just read") {
  test::World world;
  const auto count = [&] {
    return world.read([](db::Read& read) { return procedures(read, in_2026).size(); });
  };
  CHECK(count() == 0);
  world.write([](db::Write& write) {
    Procedure born{};
    born.code = "1.000001";
    born.valid_from = in_2018;
    born.name = "Đăng ký khai sinh";
    born.handler_kind = Kind::commune;
    born.time_kind = TimeKind::none;
    insert(write, born);
  });
  CHECK(count() == 1);
}

TEST_CASE("the city is installed once") {
  const auto again = hanoi().write([](db::Write& write) { return install_hanoi(write); });
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().kind == ErrorKind::conflict);
}

TEST_CASE("a wrong list of units is refused whole, and the refusal names the line") {
  test::World world;
  const auto refusal = [&](const std::string& lines) -> std::string {
    const auto taken = world.write([&](db::Write& write) {
      return import_units(write, "level,code,name,type,parent_code\n" + lines, {in_2018});
    });
    if (taken.ok()) return "taken";
    const FieldError& where = taken.error().fields.at(0);
    return where.field + " " + std::string(where.text.name());
  };
  CHECK(refusal("1,01,Thành phố A,Thành phố,\n3,1,Xã B,Xã,02\n") ==
        "line 3 units.error.csv_parent");
  CHECK(refusal("1,01,Thành phố A,Thành phố,\n1,01,Thành phố A,Thành phố,\n") ==
        "line 3 units.error.csv_twice");
  CHECK(refusal("4,01,Thành phố A,Thành phố,\n") == "line 2 units.error.csv_word");
  CHECK(refusal("1,0 1,Thành phố A,Thành phố,\n") == "line 2 units.error.csv_code");
  CHECK(refusal("1,01,,Thành phố,\n") == "line 2 units.error.csv_empty");
  CHECK(refusal("2,01,Quận A,Quận,\n") == "line 2 units.error.csv_parent");
  CHECK(world.read([](db::Read& read) { return of_kind(read, Kind::city, in_2018); }).empty());
  CHECK(refusal("1,01,Thành phố A,Thành phố,\n3,00001,Xã B,Xã,01\n") == "taken");
  CHECK(refusal("3,00001,Xã C,Xã,01\n") == "line 2 units.error.csv_twice");
}

TEST_CASE("wrong departments, centres, successions and procedures are refused by line") {
  test::World world;
  const auto line = [](const Result<std::size_t>& result) {
    if (result.ok()) return std::string("taken");
    const FieldError& where = result.error().fields.at(0);
    return where.field + " " + std::string(where.text.name());
  };
  const auto department = [&](const std::string& cells) {
    return line(world.write([&](db::Write& write) {
      return import_departments(write,
                                "code,name,name_en,type,kind,parent_code,valid_from,valid_to,"
                                "successor_code,relation,hours\n" +
                                    cells + "\n");
    }));
  };
  const auto procedure = [&](const std::string& cells) {
    return line(world.write([&](db::Write& write) {
      return import_procedures(write,
                               "code,name,name_en,field,handled_by,time_count,time_kind,fee_dong,"
                               "fee_note,valid_from,valid_to,source\n" +
                                   cells + "\n");
    }));
  };
  const auto succession = [&](const std::string& cells) {
    return line(world.write([&](db::Write& write) {
      return import_successions(write,
                                "new_code,new_name,new_province,old_code,old_name,old_district,"
                                "old_province,relation,note_vi\n" +
                                    cells + "\n",
                                two_tier_day);
    }));
  };
  const auto city = world.write([&](db::Write& write) {
    return import_units(write, "level,code,name,type,parent_code\n1,01,Thành phố A,Thành phố,\n",
                        {in_2018, last_old});
  });
  REQUIRE(city.ok());
  CHECK(department("x,Sở X,,Sở,bureau,01,2018-03-01,2025-06-30,,,") ==
        "line 2 units.error.csv_word");
  CHECK(department("x,Sở X,,Sở,department,01,2018-02-30,,,,") == "line 2 units.error.csv_date");
  CHECK(department("x,Sở X,,Sở,department,02,2018-03-01,,,,") == "line 2 units.error.csv_parent");
  // The city of 2018 ends in 2025, and nothing below it may go on after that.
  CHECK(department("x,Sở X,,Sở,department,01,2018-03-01,,,,") == "line 2 units.error.csv_parent");
  CHECK(department("x,Sở X,,Sở,department,01,2018-03-01,2025-06-30,,,1-5 12:00-08:00") ==
        "line 2 units.error.csv_hours");
  CHECK(department("x,Sở X,,Sở,department,01,2018-03-01,2025-06-30,y,full,") ==
        "line 2 units.error.csv_unknown");
  CHECK(department("x,Sở X,,Sở,department,01,2018-03-01,2025-06-30,,,") == "taken");
  CHECK(procedure("1,Làm X,,Hộ tịch,commune,0,working_day,0,,2018-03-01,,mẫu") ==
        "line 2 units.error.csv_number");
  CHECK(procedure("1,Làm X,,Hộ tịch,commune,1,working_day,,,2018-03-01,,mẫu") ==
        "line 2 units.error.csv_number");
  CHECK(procedure("1,Làm X,,Hộ tịch,so-y,1,working_day,0,,2018-03-01,,mẫu") ==
        "line 2 units.error.csv_unknown");
  CHECK(procedure("1,Làm X,,Hộ tịch,x,1,fortnight,0,,2018-03-01,,mẫu") ==
        "line 2 units.error.csv_word");
  CHECK(procedure("1,Làm X,,Hộ tịch,x,1,working_day,0,,2018-03-01,,") ==
        "line 2 units.error.csv_empty");
  CHECK(procedure("1,Làm X,,Hộ tịch,x,1,working_day,0,,2018-03-01,,mẫu") == "taken");
  CHECK(procedure("1,Làm X,,Hộ tịch,x,1,working_day,0,,2018-04-01,,mẫu") ==
        "line 2 units.error.csv_twice");
  CHECK(succession("00004,Phường A,01,00004,Phường B,001,01,full,x") ==
        "line 2 units.error.csv_unknown");
}

}  // namespace ln::units
