#include "engine/calendar/calendar_hours.h"

#include <doctest/doctest.h>

using namespace ln;
using namespace ln::calendar;
using namespace std::chrono_literals;

TEST_CASE("office hours read back as they are written, and the usual ones are a line too") {
  CHECK(to_text(OfficeHours{}) == "08:00-12:00 13:00-17:00");
  for (const char* line : {"08:00-12:00 13:00-17:00", "07:30-11:30 13:30-17:00; 08:00-11:30",
                           "00:00-24:00", "06:00-10:00; 07:00-08:00 09:00-10:00"}) {
    const auto hours = read_hours(line);
    REQUIRE(hours);
    CHECK(to_text(*hours) == line);
  }
  const auto typed = read_hours("  07:30-11:30   13:30-17:00 ;08:00-11:30 ");
  REQUIRE(typed);
  CHECK(to_text(*typed) == "07:30-11:30 13:30-17:00; 08:00-11:30");
}

TEST_CASE("what is no office hours is refused") {
  for (const char* line :
       {"", ";", "08:00-12:00 11:00-17:00", "13:00-17:00 08:00-12:00", "8:00-12:00", "08:00-25:00",
        "08:00-12:60", "08:00-11:59", "08:00-08:00", "12:00-08:00", "; 08:00-12:00",
        "08:00-12:00; 13:00-12:00", "08:00-12:00; x", "08:00-12:00;; 08:00-12:00",
        "00:00-04:00 05:00-06:00 07:00-08:00 09:00-10:00 11:00-12:00"})
    CHECK_FALSE(read_hours(line));
  CHECK_FALSE(read_hours(std::string(101, ' ') + "08:00-12:00"));
}
