#include "core/notice/notice_destination.h"

#include <doctest/doctest.h>

using namespace ln::notice;

TEST_CASE("where somebody can be reached is found in their own words") {
  const auto found = [](std::string_view typed) {
    const auto to = destination_of(typed);
    return to ? std::string(to_text(to->way)) + " " + to->address : std::string("nowhere");
  };
  CHECK(found("hoa.nguyen@example.vn") == "mail hoa.nguyen@example.vn");
  CHECK(found("chị Hoa, 0912 345 678") == "message +84912345678");
  CHECK(found("0912345678 hoặc hoa@example.vn") == "mail hoa@example.vn");
  CHECK(found("nhà số 5 ngõ 12, gặp buổi tối") == "nowhere");
  CHECK(found("024 3825 3536") == "nowhere");  // a landline
  CHECK(found("1022") == "nowhere");
  CHECK(found("") == "nowhere");
  CHECK(found("hoa@example") == "nowhere");
}
