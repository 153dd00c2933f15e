// In which order work stands in the queue, and that its pages go on where the last one ended.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "feature/feedback/feedback_deadline.h"
#include "feature/feedback/feedback_store.h"
#include "feature/feedback/feedback_store_lists.h"
#include "test/office.h"

namespace ln::feedback {
namespace {

using test::Office;

// Cases whose row is set as acts of many days would leave it.
struct Desk : Office {
  Feedback put(State state, Instant due, std::optional<Day> promised = {}) {
    Feedback row = lamp();
    write([&](db::Write& w) {
      row.state = state;
      row.due_at = due;
      row.promised_on = promised;
      row.accepted_at = row.received_at;
      if (state == State::promised) row.answered_at = now;
      if (state == State::asked) row.asked_at = now;
      save(w, row);
    });
    return now_is(row);
  }
  // The ids of the queue, read `limit` at a time as its pages do.
  std::vector<std::int64_t> ids(std::int64_t limit, Tab tab = Tab::open) {
    QueueFilter filter{.top = units.at("P1").path,
                       .own = "," + units.at("P1").path + ",",
                       .tab = tab,
                       .about = {},
                       .now = now,
                       .soon_until = now,
                       .limit = limit};
    std::vector<std::int64_t> all;
    for (;;) {
      const auto rows = read([&](db::Read& r) { return queue(r, filter); });
      for (const Feedback& row : rows) {
        all.push_back(row.id.value);
        filter.after_at = queued_at(row);
        filter.after_id = row.id.value;
      }
      if (static_cast<std::int64_t>(rows.size()) < limit) return all;
    }
  }
};

TEST_CASE("the queue goes by the date that counts now, not by the first one") {
  using std::chrono::days;
  Desk desk;
  const Instant now = desk.now;
  const Day today = local_day(now);
  const auto weeks_left = desk.put(State::promised, now - days(40), today + days(21));
  const auto late = desk.put(State::assigned, now - days(2));
  const auto soon = desk.put(State::received, now + days(1));
  const auto waits = desk.put(State::asked, now - days(1));
  const auto broken = desk.put(State::promised, now - days(50), today - days(10));
  const auto later = desk.put(State::reopened, now + days(30));
  const std::vector<std::int64_t> expected = {broken.id.value, late.id.value,       soon.id.value,
                                              waits.id.value,  weeks_left.id.value, later.id.value};
  for (const std::int64_t limit : {1, 2, 4, 50}) CHECK(desk.ids(limit) == expected);
  CHECK(desk.ids(1, Tab::overdue) == std::vector{broken.id.value, late.id.value});
  CHECK(queued_at(weeks_left) == to_ms(promise_ends_at(today + days(21), "")));
}

TEST_CASE("cases that are due at one instant are shown once each, over all pages") {
  Desk desk;
  std::vector<std::int64_t> expected;
  const Day day = local_day(desk.now) + std::chrono::days(5);
  for (int i = 0; i < 7; ++i)
    expected.push_back(i % 2 == 0 ? desk.put(State::received, promise_ends_at(day, "")).id.value
                                  : desk.put(State::promised, desk.now, day).id.value);
  CHECK(desk.ids(2) == expected);
  CHECK(desk.ids(3) == expected);
}

TEST_CASE("what is counted for an office is bounded, and then said to be the least there is") {
  Desk desk;
  const auto counted = [&] {
    const QueueFilter filter{.top = desk.units.at("P1").path,
                             .own = "",
                             .tab = Tab::open,
                             .about = {},
                             .now = desk.now,
                             .soon_until = desk.now,
                             .limit = 1};
    return desk.read([&](db::Read& r) { return queue_counts(r, filter); });
  };
  const auto open = [](const QueueCounts& counts) {
    return counts.of_tab[static_cast<std::size_t>(Tab::open)];
  };
  for (std::int64_t i = 0; i < queue_counted_max; ++i)
    desk.put(State::received, desk.now + std::chrono::days(9));
  CHECK(open(counted()) == queue_counted_max);
  CHECK_FALSE(counted().is_least);
  desk.put(State::received, desk.now + std::chrono::days(9));
  CHECK(counted().is_least);
  desk.put(State::received, desk.now + std::chrono::days(9));
  CHECK(counted().is_least);
  CHECK(open(counted()) <= queue_counted_max + 1);
}

TEST_CASE("the pages of the queue follow the same order") {
  using std::chrono::days;
  Desk desk;
  const auto promised =
      desk.put(State::promised, desk.now - days(9), local_day(desk.now) + days(90));
  for (int i = 0; i < 17; ++i) desk.put(State::received, desk.now + days(i));
  auto head = desk.browser("hoa");
  head.get("/staff");
  CHECK(head.shows("9 việc"));
  CHECK(head.body().find(promised.code.text()) == std::string::npos);
  head.follow("Trang sau");
  CHECK(head.shows("9 việc"));
  CHECK(head.body().find(promised.code.text()) != std::string::npos);
}

}  // namespace
}  // namespace ln::feedback
