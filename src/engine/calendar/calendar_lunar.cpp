// After Hồ Ngọc Đức, "Computing the Vietnamese lunar calendar" (2004), which takes the new moon
// from Meeus, Astronomical Algorithms (1998), chapter 49, and the sun's longitude from chapter 25,
// both shortened. Checked against every Tết and Giỗ Tổ of 2018–2040, and the years in which Vietnam
// and China differ because of the hour between Hanoi and Beijing.
#include "engine/calendar/calendar_lunar.h"

#include <cmath>
#include <numbers>

#include "base/check.h"

namespace ln::calendar {
namespace {

constexpr double degree = std::numbers::pi / 180.0;
constexpr double zone = 7.0 / 24.0;  // Of a day.
constexpr double month_mean = 29.530588853;
constexpr int julian_of_1970 = 2440588;

int whole(double value) { return static_cast<int>(std::floor(value)); }
double sin_of(double degrees) { return std::sin(degrees * degree); }

int julian_of(Day day) { return static_cast<int>(day.time_since_epoch().count()) + julian_of_1970; }
Day day_of(int julian) { return Day(std::chrono::days(julian - julian_of_1970)); }

// The local day of the k-th new moon after that of 1 January 1900, as a Julian day number.
int new_moon(int k) {
  const double t = k / 1236.85;
  const double t2 = t * t;
  const double t3 = t2 * t;
  const double mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3 +
                      0.00033 * sin_of(166.56 + 132.87 * t - 0.009173 * t2);
  const double sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
  const double moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
  const double node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
  const double correction =
      (0.1734 - 0.000393 * t) * sin_of(sun) + 0.0021 * sin_of(2 * sun) - 0.4068 * sin_of(moon) +
      0.0161 * sin_of(2 * moon) - 0.0004 * sin_of(3 * moon) + 0.0104 * sin_of(2 * node) -
      0.0051 * sin_of(sun + moon) - 0.0074 * sin_of(sun - moon) + 0.0004 * sin_of(2 * node + sun) -
      0.0004 * sin_of(2 * node - sun) - 0.0006 * sin_of(2 * node + moon) +
      0.0010 * sin_of(2 * node - moon) + 0.0005 * sin_of(2 * moon + sun);
  const double delta = -0.000278 + 0.000265 * t + 0.000262 * t2;
  return whole(mean + correction - delta + 0.5 + zone);
}

// Which twelfth of its yearly way (0 begins at the March equinox) the sun is in when `julian`
// begins in Hanoi.
int sun_sector(int julian) {
  const double t = (julian - 2451545.5 - zone) / 36525;
  const double t2 = t * t;
  const double anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
  const double mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2;
  const double centre = (1.914600 - 0.004817 * t - 0.000014 * t2) * sin_of(anomaly) +
                        (0.019993 - 0.000101 * t) * sin_of(2 * anomaly) +
                        0.000290 * sin_of(3 * anomaly);
  const double longitude = mean + centre;
  return whole((longitude - 360.0 * std::floor(longitude / 360.0)) / 30.0);
}

// The first day of the eleventh lunar month, which holds the winter solstice of `year`.
int eleventh_month(int year) {
  const Day last = Day(std::chrono::local_days(std::chrono::year(year) / 12 / 31));
  const int k = whole((julian_of(last) - 2415021) / month_mean);
  const int start = new_moon(k);
  return sun_sector(start) >= 9 ? new_moon(k - 1) : start;
}

int index_of_moon(int start) { return whole((start - 2415021.076998695) / month_mean + 0.5); }

// How many months after the eleventh the leap month comes: the first in which the sun stays in its
// sector.
int leap_offset(int eleventh) {
  const int k = index_of_moon(eleventh);
  int last = sun_sector(new_moon(k + 1));
  for (int i = 2; i < 14; ++i) {
    const int sector = sun_sector(new_moon(k + i));
    if (sector == last) return i - 1;
    last = sector;
  }
  return 13;
}

}  // namespace

Day lunar_day(int year, int month, int day) {
  CHECK(year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= 30);
  const int before = eleventh_month(month < 11 ? year - 1 : year);
  const int after = eleventh_month(month < 11 ? year : year + 1);
  int offset = (month + 1) % 12;
  if (after - before > 365 && offset >= leap_offset(before)) ++offset;
  return day_of(new_moon(index_of_moon(before) + offset) + day - 1);
}

}  // namespace ln::calendar
