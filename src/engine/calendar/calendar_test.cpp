#include "engine/calendar/calendar.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "base/embedded.h"
#include "engine/calendar/calendar_lunar.h"

namespace ln {
namespace {

using namespace std::chrono_literals;
using calendar::DayKind;
using calendar::Deadline;
using calendar::Holidays;
using calendar::Measure;
using calendar::OfficeHours;

Day day(int year, int month, int date) { return Day(std::chrono::year(year) / month / date); }
Instant at(int year, int month, int date, std::chrono::minutes time = 9h) {
  return at_local(day(year, month, date), time);
}

const Holidays& holidays() {
  static const Holidays all = Holidays::built_in();
  return all;
}
const OfficeHours usual;
const OfficeHours with_saturday = {.saturday = {{8h, 11h + 30min}}};

std::string shown(Instant instant) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(time_of_day(instant)).count();
  const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return to_iso(local_day(instant)) + " " + two(minute / 60) + ":" + two(minute % 60);
}
std::string due_of(Instant start, Deadline deadline, const OfficeHours& hours = usual) {
  return shown(calendar::due(start, deadline, hours, holidays()).at);
}

// The steps as text: "skipped 2026-11-24 holiday Ngày Văn hóa Việt Nam, 1 left".
std::string why(const calendar::Due& due) {
  constexpr std::string_view kinds[] = {"received", "counted", "skipped", "moved", "paused", "due"};
  std::string out;
  for (const calendar::Step& step : due.why) {
    out += std::string(kinds[static_cast<std::size_t>(step.kind)]) + " " + to_iso(step.day) + " " +
           std::string(to_text(step.day_kind));
    if (!step.name_vi.empty()) out += " " + step.name_vi;
    out += " " + std::to_string(step.remaining) + "\n";
  }
  return out;
}

bool is_open_until(Instant instant, const OfficeHours& hours, const Holidays& days) {
  const auto before = instant - 1ms;
  return calendar::working_time_between(before, instant, hours, days) == 1ms;
}

rc::Gen<Instant> any_instant() {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(to_ms(at(2019, 1, 1)), to_ms(at(2035, 1, 1))),
                      from_ms);
}
rc::Gen<Deadline> any_deadline() {
  return rc::gen::apply(
      [](Measure measure, int count) { return Deadline{measure, count}; },
      rc::gen::element(Measure::working_hours, Measure::working_days, Measure::calendar_days),
      rc::gen::inRange(1, 70));
}
rc::Gen<OfficeHours> any_hours() { return rc::gen::element(usual, with_saturday); }

}  // namespace

TEST_CASE("Tết and Giỗ Tổ fall where the published calendar has them") {
  std::string_view csv = *embedded::find("data/calendar/tet_gioto_2018_2040.csv");
  int years = 0;
  csv.remove_prefix(csv.find('\n') + 1);
  for (; csv.size() > 30; csv.remove_prefix(csv.find('\n') + 1)) {
    const int year = std::stoi(std::string(csv.substr(0, 4)));
    CHECK(to_iso(calendar::tet(year)) == csv.substr(5, 10));
    CHECK(to_iso(calendar::hung_kings_day(year)) == csv.substr(20, 10));
    ++years;
  }
  CHECK(years == 23);
}

TEST_CASE("Vietnam's Tết is not China's when the new moon falls in the hour between them") {
  CHECK(calendar::tet(1985) == day(1985, 1, 21));  // China: 20 February.
  CHECK(calendar::tet(2007) == day(2007, 2, 17));  // China: 18 February.
  CHECK(calendar::tet(2030) == day(2030, 2, 2));   // China: 3 February.
  CHECK(calendar::tet(2053) == day(2053, 2, 18));  // China: 19 February.
  // The regular month, in a year with a leap month before it (2023: leap second month).
  CHECK(calendar::lunar_day(2023, 3, 10) == day(2023, 4, 29));
  CHECK(calendar::lunar_day(2023, 8, 15) == day(2023, 9, 29));
  CHECK(calendar::lunar_day(2023, 12, 23) == day(2024, 2, 2));
}

TEST_CASE("the law's holidays move to a working day when they fall on a weekend") {
  const Holidays law = Holidays::by_law(2018, 2030);
  CHECK(law.kind_of(day(2027, 11, 24)) == DayKind::holiday);
  CHECK(law.kind_of(day(2025, 11, 24)) == DayKind::working);  // Before the day was made.
  // Giỗ Tổ 2026 is a Sunday.
  CHECK(law.kind_of(day(2026, 4, 27)) == DayKind::comp_off);
  CHECK(law.find(day(2026, 4, 27))->name_vi == "Nghỉ bù Giỗ Tổ Hùng Vương");
  // Tết 2027 begins on a Saturday: two days of it fall on the weekend and come after it.
  std::string tet;
  for (Day each = day(2027, 2, 4); each <= day(2027, 2, 12); each += std::chrono::days(1))
    tet += std::string(to_text(law.kind_of(each))) + " ";
  CHECK(tet == "working holiday holiday holiday holiday holiday comp_off comp_off working ");
  // The National Day is two days since 2021; beside a Sunday or Monday the second comes after.
  CHECK(law.kind_of(day(2020, 9, 1)) == DayKind::working);
  CHECK(law.kind_of(day(2022, 9, 1)) == DayKind::holiday);
  CHECK(law.kind_of(day(2024, 9, 3)) == DayKind::holiday);
  CHECK(law.kind_of(day(2029, 9, 3)) == DayKind::holiday);
  CHECK(law.kind_of(day(2029, 9, 4)) == DayKind::comp_off);
}

TEST_CASE("the law's rule gives the holidays that were announced for 2025 and 2026") {
  const Holidays law = Holidays::by_law(2025, 2026);
  for (const auto& [each, named] : holidays().all()) {
    if (each < day(2025, 1, 1) || each > day(2026, 12, 31)) continue;
    if (named.kind != DayKind::holiday && named.kind != DayKind::comp_off) continue;
    // Which five days Tết has is decided each year: in 2025 two before it and three of it.
    if (each == day(2025, 1, 27)) continue;
    const std::string date = to_iso(each);
    CHECK_MESSAGE(law.kind_of(each) == named.kind, date);
  }
}

TEST_CASE("a yearly table replaces the rule for its year and adds to others") {
  Holidays days = Holidays::by_law(2027, 2028);
  days.overlay({{day(2027, 2, 8), DayKind::holiday, "Tết", "Tet", "QĐ"},
                {day(2028, 5, 2), DayKind::swap_off, "Hoán đổi", "Swapped", "QĐ"},
                {day(2028, 5, 6), DayKind::makeup_work, "Làm bù", "Made up", "QĐ"}});
  CHECK(days.kind_of(day(2027, 2, 8)) == DayKind::holiday);
  CHECK(days.kind_of(day(2027, 4, 30)) == DayKind::working);  // Not in the table of 2027.
  CHECK(days.kind_of(day(2028, 5, 1)) == DayKind::holiday);
  CHECK_FALSE(days.is_working_day(day(2028, 5, 2)));
  CHECK(days.is_working_day(day(2028, 5, 6)));  // A Saturday.
  CHECK_FALSE(days.is_working_day(day(2028, 5, 7)));
}

TEST_CASE("a table's bad rows are named and left out") {
  const calendar::Table table = calendar::read_table(
      "date,kind,name_vi,name_en,source\r\n"
      "2026-01-01,holiday,\"Tết, dương \"\"lịch\"\"\",New Year,luật\r\n"
      "2026-02-30,holiday,x,x,x\n"
      "2026-03-01,feast,x,x,x\n"
      "\n"
      "2026-03-01,working,x,x,x\n"
      "2026-3-01,holiday,x,x,x\n"
      "2026-03-01,holiday,,x,x\n"
      "2026-03-01,holiday,x,x\n"
      "2026-03-02,comp_off,bù,,luật");
  REQUIRE(table.days.size() == 2);
  CHECK(table.days[0].name_vi == "Tết, dương \"lịch\"");
  CHECK(table.days[1].day == day(2026, 3, 2));
  CHECK(table.bad_lines == std::vector<std::size_t>{3, 4, 6, 7, 8, 9});
  CHECK(calendar::read_table("").days.empty());
}

TEST_CASE("the table that travels in the executable has no bad row") {
  const auto table = calendar::read_table(*embedded::find("data/calendar/off_2025_2026.csv"));
  CHECK(table.bad_lines.empty());
  CHECK(table.days.size() == 30);
  for (const auto& each : table.days) CHECK_FALSE((each.name_en.empty() || each.source.empty()));
}

TEST_CASE("seven working days are Huế's published due dates") {
  CHECK(due_of(at(2024, 8, 20), {Measure::working_days, 7}) == "2024-08-29 17:00");
  CHECK(due_of(at(2025, 7, 1), {Measure::working_days, 7}) == "2025-07-10 17:00");
}

TEST_CASE("a due date explains itself") {
  const auto culture =
      calendar::due(at(2026, 11, 20, 10h), {Measure::working_days, 2}, usual, holidays());
  CHECK(why(culture) ==
        "received 2026-11-20 working 2\n"
        "skipped 2026-11-21 weekend 2\n"
        "skipped 2026-11-22 weekend 2\n"
        "counted 2026-11-23 working 1\n"
        "skipped 2026-11-24 holiday Ngày Văn hóa Việt Nam 1\n"
        "counted 2026-11-25 working 0\n"
        "due 2026-11-25 working 0\n");
  CHECK(shown(culture.at) == "2026-11-25 17:00");
  const auto calendar_days =
      calendar::due(at(2026, 11, 17), {Measure::calendar_days, 7}, usual, holidays());
  CHECK(why(calendar_days) ==
        "received 2026-11-17 working 7\n"
        "moved 2026-11-24 holiday Ngày Văn hóa Việt Nam 0\n"
        "due 2026-11-25 working 0\n");
  const auto hours =
      calendar::due(at(2026, 11, 23, 16h), {Measure::working_hours, 8}, usual, holidays());
  CHECK(why(hours) ==
        "received 2026-11-23 working 480\n"
        "counted 2026-11-23 working 420\n"
        "skipped 2026-11-24 holiday Ngày Văn hóa Việt Nam 420\n"
        "counted 2026-11-25 working 0\n"
        "due 2026-11-25 working 0\n");
  CHECK(shown(hours.at) == "2026-11-25 16:00");
}

TEST_CASE("Tết stands in the middle of a deadline") {
  // 14–22 February 2026 are off; 13 February is the last Friday before.
  CHECK(due_of(at(2026, 2, 12), {Measure::working_days, 3}) == "2026-02-24 17:00");
  CHECK(due_of(at(2026, 2, 10), {Measure::calendar_days, 7}) == "2026-02-23 17:00");
  CHECK(due_of(at(2026, 2, 13, 16h), {Measure::working_hours, 2}) == "2026-02-23 09:00");
}

TEST_CASE("a Saturday that is worked counts, and the day off for it does not") {
  // Friday 2 January 2026 is off, Saturday 10 January is worked for it.
  CHECK(due_of(at(2025, 12, 31), {Measure::working_days, 1}) == "2026-01-05 17:00");
  CHECK(due_of(at(2026, 1, 8), {Measure::working_days, 2}) == "2026-01-10 17:00");
  CHECK(due_of(at(2026, 1, 3), {Measure::calendar_days, 7}) == "2026-01-10 17:00");
  CHECK(due_of(at(2026, 1, 9, 16h), {Measure::working_hours, 2}) == "2026-01-10 09:00");
}

TEST_CASE("it does not matter at which hour of a day it was sent, except for limits in hours") {
  for (const auto time : {0min, 8h + 0min, 17h + 0min, 23h + 59min})
    CHECK(due_of(at(2026, 3, 2, time), {Measure::working_days, 1}) == "2026-03-03 17:00");
  // On a Saturday, and on a Sunday night.
  CHECK(due_of(at(2026, 3, 7), {Measure::working_days, 1}) == "2026-03-09 17:00");
  CHECK(due_of(at(2026, 3, 8, 23h), {Measure::working_days, 1}) == "2026-03-09 17:00");

  CHECK(due_of(at(2026, 3, 2, 17h), {Measure::working_hours, 4}) == "2026-03-03 12:00");
  CHECK(due_of(at(2026, 3, 2, 8h), {Measure::working_hours, 4}) == "2026-03-02 12:00");
  CHECK(due_of(at(2026, 3, 2, 12h + 30min), {Measure::working_hours, 4}) == "2026-03-02 17:00");
  CHECK(due_of(at(2026, 3, 2, 11h + 59min), {Measure::working_hours, 8}) == "2026-03-03 11:59");
  CHECK(due_of(at(2026, 3, 6, 22h), {Measure::working_hours, 8}) == "2026-03-09 17:00");
  // Around midnight in Hanoi it is still yesterday in Greenwich.
  CHECK(due_of(at(2026, 3, 3, 1h), {Measure::working_days, 1}) == "2026-03-04 17:00");
}

TEST_CASE("a Saturday desk gives hours, but no working day") {
  CHECK(due_of(at(2026, 3, 6, 16h), {Measure::working_hours, 2}, with_saturday) ==
        "2026-03-07 09:00");
  CHECK(due_of(at(2026, 3, 6, 16h), {Measure::working_days, 1}, with_saturday) ==
        "2026-03-09 17:00");
}

TEST_CASE("waiting for the citizen moves the date, by five working days at most") {
  const Deadline days{Measure::working_days, 5}, hours{Measure::working_hours, 8};
  const Instant start = at(2026, 3, 2);
  const auto with = [&](Deadline deadline, Instant from, Instant to) {
    return shown(calendar::due(start, deadline, usual, holidays(), calendar::Pause{from, to}).at);
  };
  CHECK(due_of(start, days) == "2026-03-09 17:00");
  CHECK(with(days, at(2026, 3, 3, 8h), at(2026, 3, 4, 17h)) == "2026-03-11 17:00");
  CHECK(with(days, at(2026, 3, 3, 9h), at(2026, 3, 3, 10h)) == "2026-03-10 17:00");
  CHECK(with(days, at(2026, 3, 3, 18h), at(2026, 3, 4, 6h)) == "2026-03-09 17:00");
  CHECK(with(days, at(2026, 3, 3, 8h), at(2026, 6, 3, 17h)) == "2026-03-16 17:00");
  CHECK(with(days, at(2026, 3, 4), at(2026, 3, 3)) == "2026-03-09 17:00");
  CHECK(due_of(start, hours) == "2026-03-03 09:00");
  CHECK(with(hours, at(2026, 3, 2, 9h), at(2026, 3, 2, 15h)) == "2026-03-03 15:00");
  const auto told = calendar::due(start, days, usual, holidays(),
                                  calendar::Pause{at(2026, 3, 3, 8h), at(2026, 3, 3, 9h)});
  CHECK(why(told).find("paused 2026-03-03 working 60\n") != std::string::npos);
}

TEST_CASE("working time and working days between two moments") {
  const auto between = [](Instant a, Instant b) {
    return calendar::working_time_between(a, b, usual, holidays());
  };
  CHECK(between(at(2026, 3, 2, 8h), at(2026, 3, 2, 17h)) == 8h);
  CHECK(between(at(2026, 3, 2, 11h), at(2026, 3, 2, 14h)) == 2h);
  CHECK(between(at(2026, 3, 6, 16h), at(2026, 3, 9, 9h)) == 2h);
  CHECK(between(at(2026, 2, 14), at(2026, 2, 22)) == 0h);
  CHECK(between(at(2026, 3, 3), at(2026, 3, 2)) == 0h);
  const auto left = [](Instant now, Instant due) {
    return calendar::working_days_left(now, due, holidays());
  };
  CHECK(left(at(2026, 3, 2), at(2026, 3, 9, 17h)) == 5);
  CHECK(left(at(2026, 3, 9, 23h), at(2026, 3, 9, 17h)) == 0);
  CHECK(left(at(2026, 3, 10), at(2026, 3, 9, 17h)) == -1);
  CHECK(left(at(2026, 3, 8), at(2026, 3, 6, 17h)) == 0);  // Only a weekend since.
}

TEST_CASE("office hours must be hours") {
  CHECK(calendar::is_valid(usual));
  CHECK(calendar::is_valid(with_saturday));
  CHECK_FALSE(calendar::is_valid({.weekday = {}}));
  CHECK_FALSE(calendar::is_valid({.weekday = {{12h, 8h}}}));
  CHECK_FALSE(calendar::is_valid({.weekday = {{13h, 17h}, {8h, 12h}}}));
  CHECK_FALSE(calendar::is_valid({.weekday = {{8h, 25h}}}));
}

TEST_CASE("whenever something is due, the office is open until that moment") {
  CHECK(rc::check("open", [] {
    const Instant start = *any_instant();
    const Deadline deadline = *any_deadline();
    const OfficeHours hours = *any_hours();
    const auto due = calendar::due(start, deadline, hours, holidays());
    RC_ASSERT(due.at > start);
    RC_ASSERT(is_open_until(due.at, hours, holidays()));
    RC_ASSERT(due.why.front().kind == calendar::StepKind::received);
    RC_ASSERT(due.why.back().day == local_day(due.at));
    if (deadline.measure == Measure::working_hours) {
      RC_ASSERT(calendar::working_time_between(start, due.at, hours, holidays()) ==
                std::chrono::hours(deadline.count));
    } else {
      RC_ASSERT(holidays().is_working_day(local_day(due.at)));
      RC_ASSERT(time_of_day(due.at) == 17h);
      RC_ASSERT(local_day(due.at) > local_day(start));
    }
    if (deadline.measure == Measure::working_days)
      RC_ASSERT(calendar::working_days_left(start, due.at, holidays()) == deadline.count);
  }));
}

TEST_CASE("later or longer is never due earlier") {
  CHECK(rc::check("monotone", [] {
    const Instant start = *any_instant();
    const Deadline deadline = *any_deadline();
    const OfficeHours hours = *any_hours();
    const Instant due = calendar::due(start, deadline, hours, holidays()).at;
    const auto later = start + std::chrono::minutes(*rc::gen::inRange(0, 20000));
    RC_ASSERT(calendar::due(later, deadline, hours, holidays()).at >= due);
    const Deadline longer{deadline.measure, deadline.count + *rc::gen::inRange(0, 20)};
    RC_ASSERT(calendar::due(start, longer, hours, holidays()).at >= due);
    const calendar::Pause pause{start, later};
    RC_ASSERT(calendar::due(start, deadline, hours, holidays(), pause).at >= due);
  }));
}

TEST_CASE("one more holiday never makes anything due earlier") {
  CHECK(rc::check("holiday", [] {
    const Instant start = *any_instant();
    const Deadline deadline = *any_deadline();
    const OfficeHours hours = *any_hours();
    Holidays more = holidays();
    const Day extra = local_day(start) + std::chrono::days(*rc::gen::inRange(0, 40));
    more.add({extra, DayKind::holiday, "Thêm", "Extra", ""});
    RC_ASSERT(calendar::due(start, deadline, hours, more).at >=
              calendar::due(start, deadline, hours, holidays()).at);
  }));
}

}  // namespace ln
