// The administrator's page of the working calendar, and what everybody sees of a change.
#include <doctest/doctest.h>

#include "core/workdays/workdays_store.h"
#include "feature/feedback/feedback_jobs_recount.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::Office;

struct Desk : Office {
  Desk() {
    workdays::refresh(database, true);
    write([&](db::Write& w) {
      add_account(w, "quantri", "Quản Trị", people::Role::administrator, "01");
      add_account(w, "phuong", "Quản Trị Phường", people::Role::administrator, "P1");
    });
  }
  ~Desk() {
    workdays::hold(std::make_shared<const workdays::Calendar>(std::vector<workdays::Change>{}),
                   true);
  }
  void recount() {
    while (recount_open(database, random, now) > 0) {
    }
  }
};

void fill_day(test::Browser& admin, const char* day, const char* month, const char* source) {
  admin.get("/staff/calendar")
      .fill("day-day", day)
      .fill("day-month", month)
      .fill("day-year", "2026")
      .choose("Nghỉ lễ", "kind")
      .fill("name_vi", "Nghỉ tránh bão")
      .fill("source", source)
      .press("Xem trước");
}

}  // namespace

TEST_CASE("an administrator sees which deadlines would move before the calendar changes") {
  Desk desk;
  const Feedback lamp = desk.lamp();
  auto admin = desk.browser("quantri");
  fill_day(admin, "27", "11", "x");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Ghi căn cứ, từ 5 đến 300 ký tự"));
  CHECK(admin.body().find("Nghỉ tránh bão") != std::string::npos);

  fill_day(admin, "27", "11", "Công điện 12/CĐ-UBND");
  CHECK(admin.status() == 200);
  CHECK(admin.shows("Hạn của 1 hồ sơ đang mở sẽ dời về sau."));
  // The case is not public: it is counted, and not named.
  CHECK(admin.body().find(lamp.code.shown()) == std::string::npos);
  CHECK(workdays::current()->revision() == 0);  // Looking changes nothing.
  admin.press("Thay đổi lịch");
  CHECK(admin.shows("Đã thay đổi lịch"));
  CHECK(admin.shows("Công điện 12/CĐ-UBND"));
  CHECK(workdays::current()->revision() == 1);

  desk.recount();
  auto head = desk.browser("hoa");
  head.get(Office::url(lamp));
  const i18n::Voice voice(i18n::Language::vi);
  CHECK(desk.now_is(lamp).due_at > lamp.due_at);
  CHECK(head.shows("trước là " + voice.moment(lamp.due_at)));
  CHECK(head.shows("nay là " + voice.moment(desk.now_is(lamp).due_at)));
  CHECK(head.shows("27/11/2026 (Nghỉ tránh bão)"));

  // Everybody reads the day with its source.
  test::Browser citizen(desk, desk.router, desk.site);
  citizen.get("/calendar?year=2026");
  CHECK(citizen.shows("Công điện 12/CĐ-UBND"));
  citizen.get("/en/calendar?year=2026");
  CHECK(citizen.shows("Vietnamese Culture Day"));
}

TEST_CASE("a day is taken out with a reason, and a table is imported whole or not at all") {
  Desk desk;
  auto admin = desk.browser("quantri");
  admin.get("/staff/calendar?remove=2026-11-24");
  CHECK(admin.shows("Ngày Văn hóa Việt Nam"));
  admin.fill("source", "Hoãn sang năm sau").press("Xem trước").press("Thay đổi lịch");
  CHECK(workdays::current()->days().is_working_day(Day{std::chrono::year(2026) / 11 / 24}));

  const std::string head = "date,kind,name_vi,name_en,source\n";
  const std::string row = "2027-05-04,holiday,Nghỉ thêm,Off,QĐ 2/2026\n";
  admin.get("/staff/calendar").fill("table", head + row + "rubbish\n").press("Xem trước bảng");
  CHECK(admin.status() == 422);
  CHECK(admin.shows("Sai ở dòng: 3."));
  CHECK(admin.body().find("rubbish") != std::string::npos);
  CHECK(workdays::current()->revision() == 1);
  admin.get("/staff/calendar").fill("table", head + row).press("Xem trước bảng");
  CHECK(admin.shows("Nghỉ thêm"));
  admin.press("Thay đổi lịch");
  CHECK(admin.shows("Đã thay đổi lịch"));
  CHECK(workdays::current()->revision() == 2);
  // Somebody else was faster: what was looked at is looked at again.
  auto first = desk.browser("quantri"), second = desk.browser("quantri");
  for (auto* each : {&first, &second})
    each->get("/staff/calendar?remove=2027-05-04")
        .fill("source", "Thôi không nghỉ")
        .press("Xem trước");
  CHECK(first.press("Thay đổi lịch").shows("Đã thay đổi lịch"));
  CHECK(second.press("Thay đổi lịch").status() >= 400);
  CHECK(second.body().find("Thôi không nghỉ") != std::string::npos);
  CHECK(workdays::current()->revision() == 3);
}

TEST_CASE("what was typed for the calendar stays when somebody else was faster") {
  Desk desk;
  auto slow = desk.browser("quantri"), fast = desk.browser("quantri");
  fill_day(slow, "27", "11", "Công điện 12/CĐ-UBND");
  REQUIRE(slow.status() == 200);
  fill_day(fast, "30", "11", "Công điện 13/CĐ-UBND");
  fast.press("Thay đổi lịch");
  slow.press("Thay đổi lịch");
  CHECK(slow.status() == 409);
  for (const char* typed : {"Công điện 12/CĐ-UBND", "Nghỉ tránh bão", R"(value="27")"})
    CHECK(slow.body().find(typed) != std::string::npos);
  // It can be looked at again from there, and done.
  slow.press("Xem trước").press("Thay đổi lịch");
  CHECK(slow.shows("Đã thay đổi lịch"));
  CHECK(workdays::current()->revision() == 2);
  // The same table twice: the second is told, beside what was typed.
  const std::string table =
      "date,kind,name_vi,name_en,source\n2027-05-04,holiday,Nghỉ thêm,Off,QĐ 2/2026\n";
  for (auto* each : {&slow, &fast})
    each->get("/staff/calendar").fill("table", table).press("Xem trước bảng");
  fast.press("Thay đổi lịch");
  slow.press("Thay đổi lịch");
  CHECK(slow.status() >= 400);
  CHECK(slow.body().find("Nghỉ thêm,Off,QĐ 2/2026") != std::string::npos);
}

TEST_CASE("nobody but an administrator of the city may change the calendar") {
  Desk desk;
  for (const char* login : {"phuong", "hoa", "omb"}) {
    auto person = desk.browser(login);
    CHECK(person.get("/staff/calendar").status() == 403);
  }
}

}  // namespace ln::feedback
