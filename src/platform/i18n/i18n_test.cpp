#include "platform/i18n/i18n.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace ln::i18n {
namespace {

const Voice vi(Language::vi);
const Voice en(Language::en);

Day day(int y, unsigned m, unsigned d) {
  using namespace std::chrono;
  return Day(sys_days(year(y) / month(m) / std::chrono::day(d)).time_since_epoch());
}

}  // namespace

TEST_CASE("i18n: sentences in both languages, with their holes") {
  CHECK(vi("form.continue"_t) == "Tiếp tục");
  CHECK(en("form.continue"_t) == "Continue");
  CHECK(vi(TextKey()) == "");
  CHECK(vi("site.title"_t, {{"page", "A {b} <c>"}}) == "A {b} <c> – Lắng Nghe");
  CHECK(vi("site.confidence"_t, {{"high", "4,7"}, {"low", "4,3"}}) == "(4,3–4,7)");
}

TEST_CASE("i18n: counting") {
  CHECK(vi.counted("form.errors"_t, 1) == "Còn 1 chỗ cần sửa");
  CHECK(vi.counted("form.errors"_t, 1234) == "Còn 1.234 chỗ cần sửa");
  CHECK(en.counted("form.errors"_t, 1) == "There is 1 thing to fix");
  CHECK(en.counted("form.errors"_t, 0) == "There are 0 things to fix");
  CHECK(en.counted("form.errors"_t, 1234) == "There are 1,234 things to fix");
}

TEST_CASE("i18n: numbers") {
  CHECK(vi.number(0) == "0");
  CHECK(vi.number(999) == "999");
  CHECK(vi.number(1000) == "1.000");
  CHECK(vi.number(1234567) == "1.234.567");
  CHECK(en.number(-1234567) == "-1,234,567");
  CHECK(vi.number(std::numeric_limits<std::int64_t>::min()) == "-9.223.372.036.854.775.808");
  CHECK(vi.decimal(1234567.84, 1) == "1.234.567,8");
  CHECK(en.decimal(1234567.84, 1) == "1,234,567.8");
  CHECK(vi.decimal(4.06, 1) == "4,1");
  CHECK(vi.decimal(-0.04, 1) == "0,0");
  CHECK(vi.decimal(-1.5, 1) == "-1,5");
  CHECK(vi.decimal(4.0, 0) == "4");
  CHECK(vi.decimal(std::nan(""), 1) == "–");
  CHECK(vi.percent(0.873) == "87,3%");
  CHECK(en.percent(1, 0) == "100%");
  CHECK(vi.percent(std::nan("")) == "–");
}

TEST_CASE("i18n: sizes") {
  CHECK(vi.bytes(0) == "0 B");
  CHECK(vi.bytes(1023) == "1.023 B");
  CHECK(vi.bytes(214 * 1024) == "214 KB");
  CHECK(vi.bytes(10 * 1024 * 1024) == "10 MB");
  CHECK(vi.bytes(2516582) == "2,4 MB");
  CHECK(en.bytes(1024 * 1024 - 1) == "1.0 MB");
}

TEST_CASE("i18n: dates in Vietnam's time") {
  CHECK(vi.date(day(2026, 3, 9)) == "09/03/2026");
  CHECK(vi.day_name(day(2026, 11, 23)) == "thứ\u00A0Hai 23/11/2026");
  CHECK(vi.day_name(day(2026, 11, 22)) == "Chủ\u00A0nhật 22/11/2026");
  CHECK(en.day_name(day(2026, 11, 23)) == "Monday 23/11/2026");
  using namespace std::chrono_literals;
  CHECK(vi.time(at_local(day(2026, 11, 23), 16h + 30min + 59s)) == "16:30");
  // 18:00 UTC is already the next morning in Hanoi.
  const Instant late = at_local(day(2026, 11, 22), 25h + 5min);
  CHECK(vi.moment(late) == "01:05 thứ\u00A0Hai 23/11/2026");
  CHECK(en.moment(late) == "01:05 Monday 23/11/2026");
}

}  // namespace ln::i18n
