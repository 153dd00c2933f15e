#include "core/workdays/workdays.h"

#include <doctest/doctest.h>

#include "core/ledger/ledger_public_actions.h"
#include "core/workdays/workdays_actions.h"
#include "core/workdays/workdays_store.h"
#include "test/city.h"

namespace ln::workdays {
namespace {

using calendar::DayKind;

Day date(int month, int day, int year = 2026) { return Day{std::chrono::year(year) / month / day}; }

struct Desk : test::City {
  Desk() {
    refresh(database, true);
    add_staff("admin", people::Role::administrator, "01");
    add_staff("ward", people::Role::administrator, "P1");
  }
  ~Desk() { hold(std::make_shared<const Calendar>(std::vector<Change>{}), true); }

  people::Administrator by(const std::string& login) {
    return *people::Administrator::of(staff(login));
  }
  Result<Shared> apply(const std::vector<Edit>& edits,
                       const std::string& login = "admin",
                       std::int64_t revision = -1) {
    const auto who = by(login);
    const std::int64_t on = revision < 0 ? workdays::current()->revision() : revision;
    auto result = write([&](db::Write& w) { return change(w, who, edits, on, now); });
    if (result.ok()) hold(result.value());
    return result;
  }
};

Edit off(Day day) { return {day, DayKind::holiday, "Nghỉ bão", "Storm", "CĐ 12/2026"}; }

std::string refusals(const Result<std::vector<Edit>>& result) {
  if (result.ok()) return "fine";
  std::string out;
  for (const FieldError& each : result.error().fields)
    out += each.field + " " + std::string(each.text.name()) + "\n";
  return out;
}

Typed typed(const char* day, const char* month, const char* kind) {
  return {day, month, "2026", kind, "Nghỉ bão", "", "Công điện 12"};
}

}  // namespace

TEST_CASE("a day that is added counts, and one that is removed is an ordinary day again") {
  Desk desk;
  CHECK(current()->days().is_working_day(date(11, 27)));
  REQUIRE(desk.apply({off(date(11, 27))}).ok());
  CHECK_FALSE(current()->days().is_working_day(date(11, 27)));
  CHECK(current()->revision() == 1);
  // What the law has made a day off can be taken out too.
  REQUIRE(desk.apply({{.day = date(11, 24), .source = "Hoãn sang năm sau"}}).ok());
  REQUIRE(desk.apply({{.day = date(11, 27), .source = "Bão không vào"}}).ok());
  CHECK(current()->days().is_working_day(date(11, 24)));
  CHECK(current()->days().is_working_day(date(11, 27)));
  // As it was at each revision.
  CHECK_FALSE(current()->days_at(1).is_working_day(date(11, 27)));
  CHECK_FALSE(current()->days_at(0).is_working_day(date(11, 24)));
  CHECK(current()->days_at(2).is_working_day(date(11, 24)));
  // Another process reads the same.
  const Shared again = desk.read([](db::Read& r) { return load(r); });
  CHECK(again->days().all().size() == current()->days().all().size());
  CHECK(again->changes().size() == 3);
  CHECK(again->changes()[0].edit == off(date(11, 27)));
  CHECK_FALSE(refresh(desk.database));
  hold(std::make_shared<const Calendar>(std::vector<Change>{}), true);
  CHECK(refresh(desk.database));
  CHECK(current()->revision() == 3);
}

TEST_CASE("each change of the calendar stands in the public log") {
  Desk desk;
  REQUIRE(desk.apply({off(date(11, 27)), {.day = date(11, 24), .source = "Hoãn lại"}}).ok());
  const auto last =
      desk.read([](db::Read& r) { return ledger::last_fact(r, ledger::calendar_kind); });
  REQUIRE(last);
  const auto fact = ledger::parse_fact(last->payload);
  REQUIRE(fact);
  const auto& days = std::get<ledger::CalendarFact>(*fact).days;
  REQUIRE(days.size() == 2);
  CHECK(days[0].kind == "holiday");
  CHECK(days[1].day == date(11, 24));
  CHECK(days[1].kind == "plain");
  CHECK(days[0].words == merkle::sha256(as_bytes("Nghỉ bão\nStorm\nCĐ 12/2026\n")));
}

TEST_CASE("only an administrator of the city changes the calendar, and of the one they saw") {
  Desk desk;
  CHECK(desk.apply({off(date(11, 27))}, "ward").error().kind == ErrorKind::forbidden);
  REQUIRE(desk.apply({off(date(11, 27))}).ok());
  CHECK(desk.apply({off(date(11, 30))}, "admin", 0).error().kind == ErrorKind::conflict);
  CHECK(desk.read([](db::Read& r) { return revision_of(r); }) == 1);
}

TEST_CASE("everything that is wrong with a day is told at once, beside its field") {
  Desk desk;
  const Calendar& calendar = *current();
  CHECK(refusals(read_day(typed("27", "11", "holiday"), calendar)) == "fine");
  CHECK(refusals(read_day({"31", "2", "2026", "feast", "", "", ""}, calendar)) ==
        "day workdays.error.day\nkind workdays.error.kind\nname_vi workdays.error.name\n"
        "source workdays.error.source\n");
  CHECK(refusals(read_day(typed("27", "11", "makeup_work"), calendar)) ==
        "kind workdays.error.work_on_weekend\n");
  CHECK(refusals(read_day(typed("28", "11", "swap_off"), calendar)) ==
        "kind workdays.error.off_already\n");
  CHECK(refusals(read_day({"1", "1", "2061", "holiday", "x", "", "Luật mới"}, calendar)) ==
        "day workdays.error.day\n");
  CHECK(refusals(read_removal("2026-11-25", "Không nghỉ nữa", calendar)) ==
        "day workdays.error.so_already\n");
  CHECK(refusals(read_removal("2026-11-24", "x", calendar)) == "source workdays.error.source\n");
  CHECK(refusals(read_removal("2026-11-24", "Không nghỉ nữa", calendar)) == "fine");
}

TEST_CASE("no break is longer than a month") {
  Desk desk;
  std::vector<Edit> edits;
  for (Day day = date(3, 2); day <= date(4, 15); day += std::chrono::days(1))
    edits.push_back(off(day));
  const auto refused = desk.apply(edits);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().text.name() == std::string_view("workdays.error.break"));
  CHECK(desk.read([](db::Read& r) { return revision_of(r); }) == 0);
}

TEST_CASE("a table sets its days and no others, and names its wrong lines") {
  Desk desk;
  const auto good = read_table(
      "date,kind,name_vi,name_en,source\n\n2027-05-03,swap_off,Hoán đổi,Swapped,QĐ 1/2026\n"
      "2027-05-08,makeup_work,Làm bù,Made up,QĐ 1/2026\n"
      "2026-11-24,holiday,\"Ngày Văn hóa\",,NQ 28\n",
      *current());
  REQUIRE(good.ok());
  CHECK(good.value().bad_lines.empty());
  REQUIRE(good.value().edits.size() == 3);
  REQUIRE(desk.apply(good.value().edits).ok());
  CHECK_FALSE(current()->days().is_working_day(date(5, 3, 2027)));
  CHECK(current()->days().is_working_day(date(5, 8, 2027)));
  CHECK_FALSE(current()->days().is_working_day(date(4, 30, 2027)));
  const auto bad = read_table(
      "date,kind,name_vi,name_en,source\n2027-05-04,holiday,x,x,QĐ 2/2026\n\n"
      "2027-05-05,makeup_work,x,x,QĐ 2/2026\nrubbish\n2027-05-06,holiday,x,x,\n",
      *current());
  REQUIRE(bad.ok());
  CHECK(bad.value().bad_lines == std::vector<std::size_t>{4, 5, 6});
  for (const char* none : {"", "date,kind,name_vi,name_en,source\n"})
    CHECK(read_table(none, *current()).error().text.name() ==
          std::string_view("workdays.error.table_empty"));
  std::string lines = "date,kind,name_vi,name_en,source\n";
  for (std::size_t i = 0; i <= rows_max; ++i) lines += "2027-05-04,holiday,x,x,QĐ 2/2026\n";
  CHECK(read_table(lines, *current()).error().text.name() ==
        std::string_view("workdays.error.table_long"));
}

}  // namespace ln::workdays
