// Deadlines over calendars drawn at random, beside a reference that goes day by day.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "engine/calendar/calendar.h"
#include "engine/calendar/calendar_lunar.h"

namespace ln::calendar {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

const Day first{std::chrono::year(2026) / 1 / 1};
constexpr int span = 200;

bool is_weekend_day(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

// Days off and weekends worked, thrown over half a year.
rc::Gen<Holidays> any_calendar() {
  return rc::gen::map(rc::gen::container<std::vector<std::pair<int, bool>>>(
                          rc::gen::pair(rc::gen::inRange(0, span), rc::gen::arbitrary<bool>())),
                      [](const std::vector<std::pair<int, bool>>& drawn) {
                        Holidays out;
                        for (const auto& [at, is_off] : drawn) {
                          const Day day = first + days(at);
                          if (is_off) out.add({day, DayKind::holiday, "Nghỉ", "Off", "x"});
                          if (!is_off && is_weekend_day(day))
                            out.add({day, DayKind::makeup_work, "Bù", "", "x"});
                        }
                        return out;
                      });
}
rc::Gen<OfficeHours> any_office() {
  return rc::gen::element(OfficeHours{}, OfficeHours{.saturday = {{8h, 11h + 30min}}},
                          OfficeHours{.weekday = {{7h + 30min, 11h}, {13h + 30min, 16h + 45min}}});
}
rc::Gen<Instant> any_start() {
  return rc::gen::map(rc::gen::inRange(0, 120 * 24 * 60),
                      [](int minute) { return at_local(first, std::chrono::minutes(minute)); });
}
Measure any_measure() {
  return *rc::gen::element(Measure::working_hours, Measure::working_days, Measure::calendar_days);
}

// Whether the office is open in the minute that begins at `at`.
bool is_open(Instant at, const OfficeHours& hours, const Holidays& calendar) {
  const Day day = local_day(at);
  const bool is_desk =
      calendar.find(day) == nullptr && std::chrono::weekday(day) == std::chrono::Saturday;
  const NamedDay* named = calendar.find(day);
  const bool works = named != nullptr ? named->kind == DayKind::makeup_work : !is_weekend_day(day);
  const auto& spans = works ? hours.weekday : is_desk ? hours.saturday : std::vector<Hours>{};
  for (const Hours& each : spans)
    if (time_of_day(at) >= each.from && time_of_day(at) < each.to) return true;
  return false;
}

// Minute by minute, and day by day: nothing of the rule but its words. Starts at full minutes.
Instant slow_due(Instant start, Deadline deadline, const OfficeHours& hours, const Holidays& of) {
  Day day = local_day(start);
  const auto works = [&](Day each) {
    return is_open(at_local(each, 9h), hours, of) &&
           (of.find(each) != nullptr || !is_weekend_day(each));
  };
  switch (deadline.measure) {
    case Measure::working_hours: {
      Instant at = start;
      for (int left = deadline.count * 60; left > 0; at += 1min) left -= is_open(at, hours, of);
      return at;
    }
    case Measure::working_days:
      for (int left = deadline.count; left > 0;) left -= works(day += days(1));
      break;
    case Measure::calendar_days:
      day += days(deadline.count);
      while (!works(day)) day += days(1);
      break;
  }
  return at_local(day, hours.weekday.back().to);
}

}  // namespace

TEST_CASE("over random calendars a due date is what a slow reference counts") {
  CHECK(rc::check("reference", [] {
    const Holidays calendar = *any_calendar();
    const OfficeHours hours = *any_office();
    const Instant start = *any_start();
    const Deadline deadline{any_measure(), *rc::gen::inRange(1, 25)};
    const Instant at = due(start, deadline, hours, calendar).at;
    RC_ASSERT(at == slow_due(start, deadline, hours, calendar));
    const bool has_desk = !hours.saturday.empty() && deadline.measure == Measure::working_hours;
    RC_ASSERT(has_desk || calendar.is_working_day(local_day(at)));
  }));
}

TEST_CASE("over random calendars later, longer and one more holiday is never earlier") {
  CHECK(rc::check("monotone", [] {
    Holidays calendar = *any_calendar();
    const OfficeHours hours = *any_office();
    const Instant start = *any_start();
    const Deadline deadline{any_measure(), *rc::gen::inRange(1, 25)};
    const Instant at = due(start, deadline, hours, calendar).at;
    const Instant later = start + std::chrono::minutes(*rc::gen::inRange(0, 9000));
    RC_ASSERT(due(later, deadline, hours, calendar).at >= at);
    const Deadline longer{deadline.measure, deadline.count + *rc::gen::inRange(0, 9)};
    RC_ASSERT(due(start, longer, hours, calendar).at >= at);
    calendar.add({first + days(*rc::gen::inRange(0, span)), DayKind::holiday, "Thêm", "", "x"});
    RC_ASSERT(due(start, deadline, hours, calendar).at >= at);
  }));
}

TEST_CASE("over random calendars working time adds up") {
  CHECK(rc::check("additive", [] {
    const Holidays calendar = *any_calendar();
    const OfficeHours hours = *any_office();
    const Instant a = *any_start();
    const Instant b = a + std::chrono::minutes(*rc::gen::inRange(0, 40'000));
    const Instant c = b + std::chrono::minutes(*rc::gen::inRange(0, 40'000));
    const auto between = [&](Instant from, Instant to) {
      return working_time_between(from, to, hours, calendar);
    };
    RC_ASSERT(between(a, b) + between(b, c) == between(a, c));
  }));
}

TEST_CASE("a new calendar moves a due date forward only, to where it would have been counted") {
  CHECK(rc::check("moved", [] {
    const Holidays before = *any_calendar();
    Holidays after = before;
    const int changed = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changed; ++i) {
      const Day day = first + days(*rc::gen::inRange(0, span));
      if (*rc::gen::arbitrary<bool>())
        after.add({day, DayKind::holiday, "Thêm", "", "x"});
      else
        after.remove(day);
    }
    const OfficeHours hours = *any_office();
    const Instant start = *any_start();
    const Deadline deadline{any_measure(), *rc::gen::inRange(1, 25)};
    const Instant was = due(start, deadline, hours, before).at;
    const Instant is = moved_due(start, was, deadline.measure, hours, before, after);
    RC_ASSERT(is >= was);
    const Instant anew = due(start, deadline, hours, after).at;
    RC_ASSERT(is >= anew);
    // Where the date that was counted anew is later, it is that one; and else it stays, or leaves
    // the day off on which it would stand.
    if (anew > was) RC_ASSERT(is == anew);
    if (anew <= was && after.is_working_day(local_day(was))) RC_ASSERT(is == was);
    // A second time for the same change there is nothing to move.
    RC_ASSERT(moved_due(start, is, deadline.measure, hours, after, after) == is);
  }));
}

TEST_CASE("what is taken away while the clock stood still moves nothing") {
  const auto at = [](int day, std::chrono::minutes time = 9h) {
    return at_local(Day{std::chrono::year(2026) / 3 / day}, time);
  };
  const Holidays before;
  Holidays after;
  after.add({Day{std::chrono::year(2026) / 3 / 4}, DayKind::holiday, "Thêm", "", "x"});
  const OfficeHours usual;
  // From Monday 2 March; asked on Tuesday, answered on Thursday.
  const Pause pause{at(3), at(5)};
  for (const Measure measure : {Measure::working_days, Measure::working_hours}) {
    CHECK(moved_due(at(2), at(12, 17h), measure, usual, before, after, pause) == at(12, 17h));
    CHECK(moved_due(at(2), at(12, 17h), measure, usual, before, after) == at(13, 17h));
  }
}

TEST_CASE("Vietnam's Tết of 2030 is a day before China's, and deadlines know it") {
  CHECK(tet(2030) == Day{std::chrono::year(2030) / 2 / 2});
  const Holidays law = Holidays::by_law(2030, 2030);
  CHECK(law.kind_of(Day{std::chrono::year(2030) / 2 / 1}) == DayKind::holiday);
  CHECK(law.kind_of(Day{std::chrono::year(2030) / 2 / 5}) == DayKind::holiday);
  // Days in lieu of the Saturday and the Sunday.
  CHECK(law.kind_of(Day{std::chrono::year(2030) / 2 / 6}) == DayKind::comp_off);
  CHECK(law.kind_of(Day{std::chrono::year(2030) / 2 / 8}) == DayKind::working);
}

}  // namespace ln::calendar
