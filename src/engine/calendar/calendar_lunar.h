// Days of the Vietnamese lunar calendar, reckoned at UTC+7.
#pragma once

#include "base/time.h"

namespace ln::calendar {

// The day on which lunar `month` (1–12, the regular one, not the leap month) of lunar year `year`
// has its `day`. Precondition: 1900 <= year <= 2199, 1 <= month <= 12, 1 <= day <= 30.
Day lunar_day(int year, int month, int day);

// The first day of the lunar year that begins in `year`.
inline Day tet(int year) { return lunar_day(year, 1, 1); }
// The tenth of the third lunar month: the Hùng Kings' day.
inline Day hung_kings_day(int year) { return lunar_day(year, 3, 10); }

}  // namespace ln::calendar
