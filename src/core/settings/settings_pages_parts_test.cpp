#include "core/settings/settings_pages_parts.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "base/time.h"

namespace ln::settings {

TEST_CASE("a day is read as people write it, and one that does not exist is none") {
  const Day today{std::chrono::year(2026) / std::chrono::November / 23};
  const auto read = [&](const char* day, const char* month, const char* year) -> std::string {
    http::Fields form;
    form.add("from-day", day);
    form.add("from-month", month);
    form.add("from-year", year);
    const auto found = typed_day(form, "from", today);
    return found ? to_iso(*found) : "none";
  };
  CHECK(read("2", "12", "2026") == "2026-12-02");
  CHECK(read("02", "09", "2026") == "2026-09-02");
  CHECK(read(" 2 ", "12", "2026 ") == "2026-12-02");
  CHECK(read("", "", "") == "2026-11-23");
  for (const char* wrong : {"0", "00", "32", "x", "-2", "002", ""})
    CHECK(read(wrong, "12", "2026") == "none");
  CHECK(read("30", "02", "2026") == "none");
  CHECK(read("2", "12", "26") == "none");
}

}  // namespace ln::settings
