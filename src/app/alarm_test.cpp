// Whoever must know that history differs is told: administrators, machines that watch, the doctor.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <string>

#include "app/alarm_band.h"
#include "app/city.h"
#include "app/doctor.h"
#include "app/sample.h"
#include "app/self_check.h"
#include "app/watch.h"
#include "core/ledger/ledger_alarm.h"
#include "core/ledger/ledger_stop.h"
#include "platform/http/http_band.h"
#include "test/folder.h"
#include "test/office.h"
#include "test/wire.h"

namespace ln::app {
namespace {

using test::says;

// What is told of one process must not be told of the next test's.
struct Quiet {
  Quiet() { log::set_least(log::Level::error); }
  ~Quiet() {
    http::set_band(nullptr);
    ledger::set_differences({});
    ledger::set_stop_faults({});
    for (const std::string& each : ledger::other_histories())
      ledger::set_other_history(each, false);
    ledger::resume_writing();
  }
};

struct Alarmed : test::Office {
  Quiet quiet;
  Alarmed() {
    write([&](db::Write& w) {
      add_account(w, "chu", "Quản Trị", people::Role::administrator, "01");
    });
    http::set_band(alarm_band);
  }
};

// Runs against a city in a folder whose rows somebody edits.
struct Edited {
  Quiet quiet;
  test::Folder folder;
  std::string data = (folder.path / "city").string();
  Edited() { make_sample({.folder = data, .case_count = 20, .seed = 5, .now = test::monday}); }
  // The city is a file, whichever database the tests of this run are on.
  void edit(const std::string& sql) {
    sqlite3* handle = nullptr;
    REQUIRE(sqlite3_open((data + "/langnghe.db").c_str(), &handle) == SQLITE_OK);
    REQUIRE(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(handle);
  }
};

}  // namespace

TEST_CASE("edited words stop nothing, and are told to all who must see to them") {
  Edited here;
  here.edit(
      "UPDATE feedback SET body = 'Mọi thứ đều tốt.' WHERE id = (SELECT min(id) FROM "
      "feedback f WHERE is_protected = 0 AND erased_at IS NULL AND published_at IS NULL "
      "AND NOT EXISTS "
      "(SELECT 1 FROM feedback_intake i WHERE i.feedback_id = f.id))");
  SeededRandom random(3);
  City city({.folder = here.data, .clock = [] { return test::monday; }}, random);
  Watch watch(city, {});
  watch.look(test::monday);
  const auto readyz = [&] { return watch.probes().at(0).answer({}, true); };
  CHECK(says(watch.metrics(test::monday), "langnghe_differs_from_ledger 0\n"));
  check_ledger(city);
  CHECK(ledger::may_write().ok());
  const auto found = ledger::differences();
  REQUIRE(found.size() == 1);
  CHECK(found[0].room == "feedback");
  CHECK(found[0].fault.what == "the report is not the one that was sent");
  CHECK(found[0].code.size() == 8);
  CHECK(readyz().status == 200);
  CHECK(
      says(readyz().body, "warning: ledger: rows that differ from what it was told: at least 1;"));
  CHECK(says(watch.metrics(test::monday), "langnghe_differs_from_ledger 1\n"));
  bool is_told = false;
  for (const Finding& each :
       examine({.data = here.data, .listen = "127.0.0.1:0", .now = test::monday}))
    if (each.check == "told") {
      is_told = each.level == Finding::Level::warning;
      CHECK(says(each.said.in(i18n::Voice(i18n::Language::vi)), found[0].code));
      CHECK(says(each.said.in(i18n::Voice(i18n::Language::vi)), "Phản ánh, dòng"));
    }
  CHECK(is_told);
}

TEST_CASE("every page of an administrator begins with what differs, and nobody else's does") {
  Alarmed hall;
  const std::vector<ledger::Difference> found(
      5, {"feedback", {12, "the report is not the one that was sent"}, "ABCD2345"});
  ledger::set_differences(found);
  auto admin = hall.browser("chu");
  for (const char* page : {"/staff/rooms", "/staff/account", "/staff/administration"}) {
    admin.get(page);
    INFO(page);
    CHECK(admin.status() == 200);
    CHECK(admin.shows("Dữ liệu không còn như sổ cái đã ghi"));
    CHECK(admin.shows("Phản ánh. Dòng 12: không còn như sổ cái đã ghi"));
    CHECK(admin.shows("ABCD2345"));
    CHECK(admin.shows("Và 2 chỗ nữa."));
  }
  CHECK(admin.get("/en/staff/rooms").shows("Feedback. Line 12: it is no longer what the ledger"));
  auto officer = hall.browser("hoa");
  CHECK_FALSE(officer.get("/staff/rooms").shows("sổ cái đã ghi"));
  // A page that everybody is given is the same for everybody.
  CHECK_FALSE(admin.get("/ledger").shows("Dữ liệu không còn như sổ cái đã ghi"));
  ledger::set_differences({});
  CHECK_FALSE(admin.get("/staff/rooms").shows("sổ cái đã ghi"));
}

TEST_CASE("a stopped ledger says why to administrators, in the language of the page") {
  Alarmed hall;
  ledger::set_stop_faults({{10, "the leaf does not open to the entry"}});
  ledger::stop_writing("row 10: the leaf does not open to the entry");
  auto admin = hall.browser("chu");
  admin.get("/staff/rooms");
  CHECK(admin.shows("Sổ cái không khớp với chính nó"));
  CHECK(admin.shows("Dòng 10: nội dung đã bị sửa sau khi ghi vào sổ"));
  CHECK_FALSE(admin.shows("does not open"));
  CHECK(admin.get("/en/staff/account").shows("Line 10: the entry was changed after it was told"));
  ledger::set_stop_faults({});
  CHECK(admin.get("/staff/rooms").shows("tệp cơ sở dữ liệu bị hỏng"));
  CHECK_FALSE(hall.browser("hoa").get("/staff/rooms").shows("Sổ cái không khớp"));
}

TEST_CASE("a witness that sees another history stands by name above an administrator's page") {
  Alarmed hall;
  ledger::set_other_history("mttq", true);
  auto admin = hall.browser("chu");
  CHECK(admin.get("/staff/rooms").shows("Nhân chứng đã thấy một lịch sử khác"));
  CHECK(admin.shows("mttq"));
}

}  // namespace ln::app
