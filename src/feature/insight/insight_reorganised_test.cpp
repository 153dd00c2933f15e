#include <doctest/doctest.h>

#include <string>

#include "core/units/units_actions_reorganise.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_jobs_move.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_reorganised.h"
#include "feature/insight/insight_store_reorganised.h"
#include "test/city.h"

namespace ln::insight {
namespace {

Counts answered(std::int64_t count) {
  Counts counts;
  counts.received = counts.answered = counts.on_time = count;
  return counts;
}
units::Unit unit_with(std::int64_t id) {
  units::Unit unit;
  unit.id = {id};
  return unit;
}
std::string told(const Reading& reading) {
  std::string all;
  for (const UnitCounts& each : reading.units)
    all += std::to_string(each.unit.id.value) + ":" +
           std::to_string(each.counts.on_time_share().whole) + " ";
  return all + "?" + std::to_string(reading.undetermined.answered) + " +" +
         std::to_string(reading.pooled.answered) + " =" + std::to_string(reading.all.answered);
}

TEST_CASE("what lies between two readings of the same cases is never fewer than five") {
  // Unit 9 has cases that came from the old units 1 and 2.
  CHECK(told(read_by_units({{9, unit_with(1), answered(8)}, {9, unit_with(2), answered(6)}})) ==
        "1:8 2:6 ?0 +0 =14");
  // Two cases of old unit 2 would follow from 8 and 6: the six are pooled with them.
  CHECK(told(read_by_units({{9, unit_with(1), answered(6)}, {9, unit_with(2), answered(2)}})) ==
        "?0 +8 =8");
  CHECK(told(read_by_units({{9, unit_with(1), answered(20)},
                            {9, unit_with(2), answered(2)},
                            {9, unit_with(3), answered(3)}})) == "1:20 ?0 +5 =25");
  // Undetermined ones are told by subtraction too.
  CHECK(told(read_by_units({{9, unit_with(1), answered(6)}, {9, std::nullopt, answered(2)}})) ==
        "?0 +8 =8");
  CHECK(told(read_by_units({{9, unit_with(1), answered(6)}, {9, std::nullopt, answered(7)}})) ==
        "1:6 ?7 +0 =13");
  // And so is what stands closed under old names, when the new name adds it up.
  CHECK(told(read_by_units({{1, unit_with(9), answered(3)}, {9, unit_with(9), answered(30)}})) ==
        "?0 +33 =33");
  CHECK(told(read_by_units({{1, unit_with(9), answered(7)}, {9, unit_with(9), answered(30)}})) ==
        "9:37 ?0 +0 =37");
  // And where there are too few in all, the page tells nobody's name (difference()).
  CHECK(told(read_by_units({{9, unit_with(9), answered(3)}})) == "?0 +3 =3");
}

constexpr Day change_day{std::chrono::year(2026) / 12 / 1};
constexpr Day day_before = change_day - std::chrono::days(1);

TEST_CASE(
    "the same cases by the old units and by the new ones: the sums agree, nothing is guessed") {
  test::City city;
  const auto send = [&](const std::string& unit, int count) {
    for (int i = 0; i < count; ++i) {
      feedback::Typed typed;
      typed.about = "place";
      typed.unit = unit;
      typed.body = "Đèn đường ngõ 82 tắt ba tuần";
      const auto sent = city.send(typed);
      city.write([&](db::Write& w) {
        auto row = *feedback::find(w, sent.feedback.id);
        row.state = feedback::State::answered;
        row.answered_at = row.last_answered_at = city.now;
        REQUIRE(feedback::save(w, row));
      });
    }
  };
  send("P1", 7);  // Split: nobody knows.
  send("P2", 6);
  REQUIRE(city.write([&](db::Write& w) {
                return units::announce(
                    w,
                    {.day = change_day,
                     .name = "Sắp xếp",
                     .source = "Nghị quyết mẫu",
                     .list = "level,code,name,type,parent_code\n1,01,Thành phố Hà Nội,Thành,\n"
                             "3,N1,Phường Bắc,Phường,01\n3,N2,Phường Nam,Phường,01\n",
                     .mapping = "new_code,new_name,new_province,old_code,old_name,old_district,"
                                "old_province,relation,note_vi\nN1,,,P1,,,,partial,x\n"
                                "N2,,,P1,,,,partial,x\nN2,,,P2,,,,full,x\n"},
                    city.now);
              })
              .ok());
  city.now = at_local(change_day) + std::chrono::hours(9);
  while (feedback::follow_reorganisation(city.database, city.random, city.now) > 0) {
  }
  send("N2", 5);  // New ones, which no old unit ever had.
  tell_weeks(city.database, city.now);
  city.now += std::chrono::days(7);
  tell_weeks(city.database, city.now);
  const auto reading = [&](Day day) {
    const Reading made = city.read(
        [&](db::Read& r) { return count_by_units_of(r, day, Day{}, local_day(city.now)); });
    std::string all;
    for (const UnitCounts& each : made.units)
      all += each.unit.name + " " + std::to_string(each.counts.answered) + "; ";
    return all + "? " + std::to_string(made.undetermined.answered) + " = " +
           std::to_string(made.all.answered);
  };
  CHECK(reading(change_day) == "Phường Nam 11; ? 7 = 18");
  CHECK(reading(day_before) == "Phường Hai 6; Phường Một 7; ? 5 = 18");
  test::Browser browser(city, city.router, city.site);
  browser.get("/figures/units?geography=2026-12-01");
  CHECK(browser.shows("Phường Nam"));
  CHECK(browser.shows("7 hồ sơ chưa xác định"));
  browser.follow("Số liệu theo các đơn vị trước khi sắp xếp");
  CHECK(browser.shows("Phường Hai"));
  CHECK(browser.get("/en/figures/units").shows("Read by the old units or the new ones"));
  CHECK(browser.get("/figures/units?geography=2026-11-01").status() == 404);
  CHECK(browser.get("/figures/units?geography=x").status() == 404);
}

}  // namespace
}  // namespace ln::insight
