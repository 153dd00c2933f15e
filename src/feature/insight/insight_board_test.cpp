#include "feature/insight/insight_board.h"

#include <doctest/doctest.h>

#include "feature/feedback/feedback_actions.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_pages_chart.h"
#include "feature/insight/insight_store_board.h"
#include "test/city.h"

namespace ln::insight {
namespace {

units::Unit unit_at(std::int64_t id, std::string path, units::Kind kind = units::Kind::commune) {
  return {.id = units::UnitId{id},
          .code = "u" + std::to_string(id),
          .valid_from = {},
          .valid_to = {},
          .name = "Phường " + std::to_string(id),
          .name_en = {},
          .kind = kind,
          .type = "Phường",
          .parent = {},
          .path = std::move(path)};
}

OwnCounts own_of(std::int64_t id,
                 std::string path,
                 std::int64_t received,
                 std::int64_t happy,
                 std::int64_t unhappy = 0) {
  OwnCounts own{.unit = unit_at(id, std::move(path))};
  Counts& last = own.quarters.back();
  last.received = last.answered = last.on_time = received;
  last.ratings.counts = {unhappy, 0, 0, 0, happy};
  own.ages = {received, 0, 0, 0, 0};
  return own;
}

std::vector<OwnCounts> small_city() {
  OwnCounts city{.unit = unit_at(1, "/1/", units::Kind::city)};
  return {own_of(3, "/1/3/", 30, 20, 4), city, own_of(2, "/1/2/", 3, 2),
          own_of(4, "/1/4/", 40, 25, 8)};
}

// A city whose people wrote: `count` cases of a ward, of which `rated` were answered and rated.
struct Watched : test::City {
  Watched() { forget_board(); }
  ~Watched() { forget_board(); }
  std::int64_t serial = 0;
  void cases(const std::string& unit, int count, int rated, int score) {
    for (int i = 0; i < count; ++i) {
      feedback::Typed made;
      made.about = "place";
      made.unit = unit;
      made.body = "Đèn đường ngõ " + std::to_string(++serial) + " tắt ba tuần nay";
      const Sent sent = send(made);
      if (i >= rated) continue;
      write([&](db::Write& w) {
        auto row = *feedback::find(w, sent.feedback.id);
        row.state = feedback::State::answered;
        row.answered_at = row.last_answered_at = now;
        feedback::save(w, row);
        w.run(
            "INSERT INTO satisfaction_rating (feedback_id, unit_id, score, solved, sender, "
            "first_at, changed_at) VALUES ($1, $2, $3, 'yes', 'person', $4, $4)",
            sent.feedback.id, units.at(unit).id, score, now);
      });
    }
  }
  // The week is over, and told.
  void tell_week() {
    now += std::chrono::days(7);
    tell_weeks(database, now);
    forget_board();
  }
  Board board() {
    return read([&](db::Read& r) { return count_board(r, now + std::chrono::hours(1)); });
  }
  struct Page : test::Browser {
    Page(Watched& city, const std::string& address) : Browser(city, city.router, city.site) {
      get(address);
    }
  };
  Page page(const std::string& address) { return Page(*this, address); }
};

}  // namespace

TEST_CASE("a board adds up what stands below, and the city comes first") {
  const auto units = board_units_of(small_city());
  REQUIRE(units.size() == 4);
  CHECK(units[0].unit.kind == units::Kind::city);
  CHECK(units[0].quarters.back().received == 73);
  CHECK(units[0].ages[0] == 73);
  CHECK(units[1].unit.id.value == 2);
  CHECK(units[2].parent == 0);
}

TEST_CASE("a small ward is withheld on a dashboard, and so is what would give it away") {
  const auto units = board_units_of(small_city());
  CHECK(units[0].all().has_value());
  CHECK_FALSE(units[1].all().has_value());
  CHECK_FALSE(units[1].ratings().has_value());
  // City less one ward would be the other two together; one of them is hidden beside the small one.
  const bool both = units[2].all().has_value() && units[3].all().has_value();
  CHECK_FALSE(both);
  CHECK_FALSE((units[2].ratings().has_value() && units[3].ratings().has_value()));
}

TEST_CASE("what an inner unit did itself is no rest that a subtraction finds") {
  auto own = small_city();
  own[1] = own_of(1, "/1/", 2, 1);
  own[1].unit.kind = units::Kind::city;
  own.erase(own.begin() + 2);  // no small ward
  const auto units = board_units_of(own);
  REQUIRE(units.size() == 3);
  const bool all_told = units[0].all() && units[1].all() && units[2].all();
  CHECK_FALSE(all_told);
}

TEST_CASE("a city of one office, and none at all, have a dashboard too") {
  CHECK(board_units_of({}).empty());
  const auto one = board_units_of({own_of(1, "/1/", 9, 6)});
  REQUIRE(one.size() == 1);
  CHECK(one[0].all()->received == 9);
  CHECK_FALSE(board_units_of({own_of(1, "/1/", 4, 1)})[0].all().has_value());
}

TEST_CASE("ages that few wait for are told with their neighbours, and hide no other") {
  CHECK(age_groups({33, 18, 9, 3, 0}) == std::vector<std::size_t>{0, 1, 2});
  CHECK(age_groups({33, 18, 9, 0, 7}) == std::vector<std::size_t>{0, 1, 2, 3, 4});
  CHECK(age_groups({3, 1, 9, 0, 7}) == std::vector<std::size_t>{0, 3, 4});
  CHECK(age_groups({0, 0, 0, 0, 2}) == std::vector<std::size_t>{0});
  CHECK(age_groups({0, 9, 2, 0, 0}) == std::vector<std::size_t>{0, 1});
  const std::vector<std::size_t> groups = {0, 1, 2};
  CHECK(grouped({1, 2, 3, 4, 5}, groups) == Ages{1, 2, 12, 0, 0});
}

TEST_CASE("acceptable is not satisfied") {
  CHECK(satisfied_of({{1, 2, 30, 4, 5}}).part == 9);
  CHECK(satisfied_of({{1, 2, 30, 4, 5}}).whole == 42);
}

TEST_CASE("units are in bands by their ratings, and those that are withheld have too few") {
  const auto units =
      board_units_of({own_of(1, "/1/", 0, 0), own_of(2, "/1/2/", 500, 480, 20),
                      own_of(3, "/1/3/", 500, 200, 300), own_of(4, "/1/4/", 500, 340, 160)});
  std::vector<const BoardUnit*> below;
  for (std::size_t i = 1; i < units.size(); ++i) below.push_back(&units[i]);
  CHECK(satisfied_bands(below) ==
        std::vector{stats::Band::clearly_above, stats::Band::clearly_below, stats::Band::around});
}

TEST_CASE("the quarters of a dashboard end with the running one") {
  const auto quarters = board_quarters_on(Day(std::chrono::year(2026) / 11 / 23));
  REQUIRE(quarters.size() == board_quarters);
  CHECK(to_text(quarters.back()) == "quarter:2026-10-01");
  CHECK(to_text(quarters.front()) == "quarter:2025-01-01");
}

TEST_CASE("a week of colours has as many cases in each colour as can be, and never splits equals") {
  std::vector<std::optional<std::int64_t>> counts(56, 0);
  counts[3] = std::nullopt;
  counts[4] = 50;
  const auto classes = heat_classes(counts);
  REQUIRE(classes.size() == 2);
  CHECK(classes[0].to == 0);
  CHECK(classes[1].from == 50);
}

TEST_CASE("a dashboard counts by quarter, age, answer and hour, without what figures leave out") {
  Watched city;
  city.cases("P1", 8, 6, 5);
  city.cases("P2", 6, 5, 2);
  feedback::Typed guarded;
  guarded.about = "place";
  guarded.unit = "P1";
  guarded.body = "Rác không ai dọn, xin giữ kín";
  guarded.is_protected = true;
  city.send(guarded);
  CHECK(city.board().units.front().quarters.back().received == 0);  // no week is told yet
  city.tell_week();
  const Board board = city.board();
  REQUIRE(board.units.size() == 3);
  const BoardUnit& all = board.units.front();
  CHECK(all.quarters.back().received == 14);
  CHECK(satisfied_of(all.quarters.back().ratings).part == 6);
  CHECK(all.ages[0] == 3);  // so few that all ages are one
  CHECK(all.response.asked == 11);
  CHECK(all.response.rated == 11);
  CHECK(all.response.satisfied == 6);
  REQUIRE(board.rhythm.size() == 56);
  CHECK(board.rhythm[3] == 14);  // Monday from nine to twelve
}

TEST_CASE("the dashboard says in both languages what it knows, and withholds what it must") {
  Watched city;
  city.cases("P1", 12, 9, 5);
  city.cases("P2", 3, 2, 1);
  city.tell_week();
  auto page = city.page("/figures/board");
  CHECK(page.status() == 200);
  CHECK(page.shows("Bảng theo dõi: Thành phố Hà Nội"));
  CHECK(page.shows("Chưa đủ năm kỳ"));
  CHECK(city.page("/en/figures/board").shows("Dashboard: Thành phố Hà Nội"));
  auto small = city.page("/figures/board?unit=P2");
  CHECK(small.shows("Chưa đủ 5 người chấm điểm để công bố."));
  CHECK(city.page("/figures/board?unit=thanh-tra").shows("Đơn vị này chưa có việc nào"));
  CHECK(city.page("/figures/board?unit=none").status() == 404);
  // Units below have a page of their own, which names who is told and withholds who is not.
  CHECK(page.shows("Từng đơn vị bên dưới"));
  auto below = city.page("/figures/board/units");
  CHECK(below.status() == 200);
  // The three of the small ward wait, so they are not in the sum of the city either.
  CHECK(below.shows("Phường Một"));
  CHECK_FALSE(below.shows("Phường Hai"));
  CHECK(page.shows("n = 9"));
  CHECK(city.page("/figures/board/units?unit=P1").shows("Bên dưới đơn vị này không có"));
  CHECK(city.page("/figures/board/units?unit=none").status() == 404);
}

TEST_CASE("two units and two quarters are set beside each other, and a wrong one is said") {
  Watched city;
  city.cases("P1", 30, 30, 5);
  city.cases("P2", 30, 30, 2);
  city.tell_week();
  auto below = city.page("/figures/board/units");
  CHECK(below.shows("Phường Một"));
  CHECK(below.shows("Phường Hai"));
  auto page = city.page("/figures/board?unit=P1&with=Ph%C6%B0%E1%BB%9Dng+Hai");
  CHECK(page.shows("Bên thứ hai thấp hơn từ"));
  CHECK(city.page("/figures/board?unit=P1&a=quarter:2026-10-01&b=quarter:2026-07-01")
            .shows("Không so được"));
  auto wrong = city.page("/figures/board?with=nowhere&a=quarter:1999-01-01");
  CHECK(wrong.status() == 422);
  CHECK(wrong.shows("Không có đúng một đơn vị mang mã hoặc tên này."));
  CHECK(wrong.shows("Hãy chọn một trong các quý trong danh sách."));
}

}  // namespace ln::insight
