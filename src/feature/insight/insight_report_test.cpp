#include "feature/insight/insight_report.h"

#include <doctest/doctest.h>

#include "base/text.h"
#include "engine/merkle/merkle.h"
#include "feature/insight/insight_actions_report.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_jobs_report.h"
#include "feature/insight/insight_store_report.h"
#include "platform/office/office.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using std::chrono::days;

Day day_of(int year, int month, int day) { return Day(std::chrono::year(year) / month / day); }

// Nine cases of November, and the head of the city, of one ward and of the other; it is December.
struct Town : test::City {
  Reporting job;
  Town() {
    for (int i = 0; i < 9; ++i) {
      feedback::Typed made;
      made.about = "place";
      made.unit = "P1";
      made.body = "Đèn đường ngõ 82 tắt ba tuần nay";
      send(made);
    }
    now += days(14);
    tell_weeks(database, now);
    add_staff("city", people::Role::head, "01");
    add_staff("ward", people::Role::head, "P1");
    add_staff("other", people::Role::head, "P2");
  }
  Result<ReportId> ask(const std::string& login, const std::string& unit, Period period) {
    const auto reporter = Reporter::of(staff(login));
    REQUIRE(reporter.has_value());
    Report wish{.unit = units.at(unit).id, .period = period, .language = "vi"};
    return write([&](db::Write& w) { return ask_for_report(w, *reporter, wish, now); });
  }
  Report report(ReportId id) {
    return *read([&](db::Read& r) { return find_report(r, id); });
  }
};

const Period november{Span::month, day_of(2026, 11, 1)};

}  // namespace

TEST_CASE("a period begins and ends with its months, and has the one before it") {
  CHECK(november.next() == day_of(2026, 12, 1));
  CHECK(november.before().first == day_of(2026, 10, 1));
  const Period quarter{Span::quarter, day_of(2026, 1, 1)};
  CHECK(quarter.before().first == day_of(2025, 10, 1));
  CHECK(quarter.parts().size() == 3);
  const Period five{Span::five_years, day_of(2021, 1, 1)};
  CHECK(five.next() == day_of(2026, 1, 1));
  CHECK(five.parts().size() == 5);
  for (const Period& each : periods_over(day_of(2026, 12, 7))) {
    CHECK(each.next() <= day_of(2026, 12, 7));
    CHECK(period_of(to_text(each)) == each);
  }
  for (const char* wrong :
       {"", "month", "month:2026-11-02", "quarter:2026-02-01", "week:2026-01-01", "year:2026-02-01",
        "month:2026-13-01", "month:2026-1-010"})
    CHECK_FALSE(period_of(wrong).has_value());
}

TEST_CASE("a change is told only where the two intervals do not touch") {
  CHECK(change_of({4, 4}, {90, 100}) == Change::too_few);
  CHECK(change_of({9, 10}, {80, 100}) == Change::unclear);
  CHECK(change_of({95, 100}, {50, 100}) == Change::up);
  CHECK(change_of({50, 100}, {95, 100}) == Change::down);
}

TEST_CASE("a report is asked for by who leads the unit, and of a period that is over") {
  Town town;
  const auto not_theirs = town.ask("other", "P1", november);
  REQUIRE_FALSE(not_theirs.ok());
  CHECK(not_theirs.error().kind == ErrorKind::forbidden);
  const auto not_over = town.ask("ward", "P1", {Span::month, day_of(2026, 12, 1)});
  REQUIRE_FALSE(not_over.ok());
  CHECK(not_over.error().kind == ErrorKind::invalid);
  for (int i = 0; i < reports_waiting_max; ++i) REQUIRE(town.ask("city", "P1", november).ok());
  const auto too_many = town.ask("city", "P1", november);
  REQUIRE_FALSE(too_many.ok());
  CHECK(too_many.error().kind == ErrorKind::too_many);
}

TEST_CASE("a report is said to be made when its files are there, and they are what was hashed") {
  Town town;
  const auto id = town.ask("ward", "P1", november);
  REQUIRE(id.ok());
  CHECK(town.report(id.value()).state == ReportState::waiting);
  int turns = 0;
  while (town.report(id.value()).state != ReportState::made) {
    REQUIRE(turns++ < 20);
    CHECK(town.read([&](db::Read& r) { return files_of(r, id.value()); }).empty());
    CHECK(town.job.turn(town.database, town.now));
  }
  CHECK_FALSE(town.job.turn(town.database, town.now));
  const auto files = town.read([&](db::Read& r) { return files_of(r, id.value()); });
  REQUIRE(files.size() == report_formats.size());
  for (const ReportFile& each : files) {
    const auto bytes = town.read([&](db::Read& r) { return file_of(r, id.value(), each.format); });
    REQUIRE(bytes.has_value());
    CHECK(to_hex(merkle::sha256(as_bytes(*bytes))) == each.sha256);
    if (each.format != "docx") continue;
    const auto contents = office::read_docx(*bytes);
    REQUIRE(contents.ok());
    std::string all;
    for (const office::Block& block : contents.value().blocks) all += block.text + "\n";
    CHECK(all.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") != std::string::npos);
    CHECK(all.find("Số đã nhận\t9\t0") != std::string::npos);
    CHECK(all.find("trên 9; khoảng tin cậy 95%") != std::string::npos);
    CHECK(all.find("Những điều chưa thể kết luận") != std::string::npos);
    CHECK(all.find("Dưới năm lượt đánh giá trong kỳ") != std::string::npos);
  }
}

TEST_CASE("a report whose job was stopped is begun again, and given up after three tries") {
  Town town;
  const auto id = town.ask("ward", "P1", november);
  REQUIRE(id.ok());
  for (int i = 0; i < report_tries_max; ++i) {
    Reporting stopped;
    CHECK(stopped.turn(town.database, town.now));
    CHECK(town.report(id.value()).state == ReportState::making);
    Reporting other;
    CHECK_FALSE(other.turn(town.database, town.now));  // It may still be alive.
    town.now += report_dead_after + std::chrono::seconds(1);
  }
  CHECK(town.job.turn(town.database, town.now));
  CHECK(town.report(id.value()).state == ReportState::failed);
}

}  // namespace ln::insight
