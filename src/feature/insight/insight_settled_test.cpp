// The published figures: no small count can be worked out of them, they stand still for a week, and
// each of them has an address that gives the same number.
#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "feature/insight/insight_desk.h"
#include "feature/insight/insight_jobs_board.h"
#include "feature/insight/insight_jobs_open.h"
#include "feature/insight/insight_store.h"
#include "feature/insight/insight_store_open.h"
#include "feature/insight/insight_store_settled.h"
#include "feature/satisfaction/satisfaction_jobs.h"
#include "test/city.h"

namespace ln::insight {
namespace {

using std::chrono::days;

// A city that is written to, answers and is rated, week after week.
struct Weeks : test::City {
  std::int64_t serial = 0;
  Weeks() { forget_board(); }
  ~Weeks() { forget_board(); }

  struct One {
    std::string unit = "P1", sender = "person";
    int score = 0;  // 0: not rated
    std::string believed{}, again{};
    bool is_answered = true;
  };
  void add(const One& one, Instant at) {
    const std::int64_t id = ++serial;
    const units::Unit& unit = units.at(one.unit);
    const auto answered = one.is_answered ? std::optional(at + days(1)) : std::nullopt;
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO feedback (id, code, citizen_key, kind, sender, about, unit_id, unit_path, "
          "title, body, place, is_public, is_protected, language, state, received_at, due_at, "
          "first_due_at, answered_at) VALUES ($1, $2, $3, 'report', $4, 'place', $5, $6, 'x', 'x', "
          "'x', 0, 0, 'vi', $7, $8, $9, $9, $10)",
          id, "S" + std::to_string(id), db::Blob{as_bytes("key")}, one.sender, unit.id, unit.path,
          one.is_answered ? "answered" : "assigned", at, at + days(5), answered);
      if (one.score > 0)
        w.run(
            "INSERT INTO satisfaction_rating (feedback_id, unit_id, score, solved, sender, "
            "first_at, changed_at, believed, again) "
            "VALUES ($1, $2, $3, 'yes', $4, $5, $5, $6, $7)",
            id, unit.id, one.score, one.sender, at + days(1), one.believed, one.again);
    });
  }
  void week(Random& dice) {
    const char* offices[] = {"P1", "P1", "P1", "P2", "Q1", "01"};
    const char* senders[] = {"person", "person", "person", "organisation", "business"};
    const char* words[] = {"", "yes", "no"};
    for (std::uint64_t n = 6 + dice.below(14); n > 0; --n)
      add({.unit = offices[dice.below(6)],
           .sender = senders[dice.below(5)],
           .score = static_cast<int>(dice.below(6)),
           .believed = words[dice.below(3)],
           .again = words[dice.below(3)],
           .is_answered = dice.below(4) > 0},
          now + std::chrono::hours(static_cast<int>(dice.below(100))));
    tell();
  }
  void tell() {
    now += days(7);
    tell_weeks(database, now);
    forget_board();
  }
  Settled settled() {
    return read([&](db::Read& r) { return count_settled(r, now); });
  }
  std::string page(const std::string& address) {
    test::Browser browser(*this, router, site);
    browser.get(address);
    INFO(address);
    CHECK(browser.status() == 200);
    return browser.body();
  }
};

bool may_be_told(std::int64_t count) { return count == 0 || count >= stats::privacy_floor; }

// "/figures/on_time?period=last30" → "67,2%", of all links of a page whose text is a number.
std::vector<std::pair<std::string, std::string>> numbers_of(const std::string& page) {
  std::vector<std::pair<std::string, std::string>> all;
  for (std::size_t at = 0; (at = page.find("href=\"/figures/", at)) != std::string::npos; ++at) {
    const std::size_t begin = at + 6, end = page.find('"', begin), text = page.find('>', end) + 1;
    std::string address = page.substr(begin, end - begin);
    const std::string shown = page.substr(text, page.find('<', text) - text);
    if (address.find("?period=") == std::string::npos || shown.empty()) continue;
    if (shown.front() < '0' || shown.front() > '9') continue;
    for (std::size_t amp = 0; (amp = address.find("&amp;", amp)) != std::string::npos;)
      address.erase(amp + 1, 4);
    all.emplace_back(std::move(address), shown);
  }
  return all;
}

constexpr const char* public_pages[] = {"/",
                                        "/figures",
                                        "/figures/units",
                                        "/units/P1",
                                        "/units/P2",
                                        "/units/01",
                                        "/units/Q1",
                                        "/figures/board",
                                        "/figures/board?unit=P1",
                                        "/figures/board/units",
                                        "/figures/units.csv"};

}  // namespace

TEST_CASE("whatever is subtracted from whatever on the pages of figures, nobody stands alone") {
  Weeks city;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> before;
  for (int week = 0; week < 12; ++week) {
    city.week(city.random);
    const Settled made = city.settled();
    REQUIRE(made.sunday.has_value());
    for (const Figures* figures : {&made.month, &made.quarter, &made.year}) {
      std::int64_t received = 0, rated = 0;
      for (const UnitCounts& each : figures->units) {
        CHECK(may_be_told(each.counts.received));
        CHECK(may_be_told(each.counts.ratings.count()));
        received += each.counts.received;
        rated += each.counts.ratings.count();
      }
      // So the city less any of its offices is a sum of such groups too.
      CHECK(received == figures->city.received);
      CHECK(rated == figures->city.ratings.count());
    }
    std::int64_t by_sender = 0;
    for (const SenderCounts& each : made.senders) {
      CHECK(may_be_told(each.counts.received));
      by_sender += each.counts.received;
    }
    CHECK(by_sender == made.month.city.received);
    // Who looks again next week learns of five at once, or of nobody.
    for (const UnitCounts& each : made.year.units) {
      const auto [received, rated] = before[each.unit.code];
      CHECK(may_be_told(each.counts.received - received));
      CHECK(may_be_told(each.counts.ratings.count() - rated));
      before[each.unit.code] = {each.counts.received, each.counts.ratings.count()};
    }
  }
  for (const char* address : public_pages) {
    CAPTURE(address);
    CHECK(city.page(address).find("&lt; 5") == std::string::npos);
  }
}

TEST_CASE("every number on a public page of figures is what its address gives") {
  Weeks city;
  for (int week = 0; week < 9; ++week) city.week(city.random);
  std::set<std::pair<std::string, std::string>> seen;
  for (const char* address : public_pages)
    for (auto& each : numbers_of(city.page(address))) seen.insert(std::move(each));
  CHECK(seen.size() > 60);
  for (const auto& [address, shown] : seen) {
    CAPTURE(address);
    CAPTURE(shown);
    const std::string page = city.page(address);
    const bool is_same = page.find("<b>" + shown + "<") != std::string::npos ||
                         page.find("<b>" + shown + " (") != std::string::npos ||
                         page.find("> " + shown + " <code") != std::string::npos ||
                         page.find(">" + shown + " <code") != std::string::npos;
    CHECK(is_same);
  }
}

TEST_CASE("figures stand still until the next week is told, whatever happens meanwhile") {
  Weeks city;
  for (int i = 0; i < 11; ++i) city.add({.score = 5}, city.now);
  city.tell();
  const auto table = [&] {
    const std::string page = city.page("/units/P1");
    const std::size_t at = page.find("tbl--figs");
    return page.substr(at, page.find("</table>", at) - at);
  };
  const std::string told = table();
  CHECK(told.find(">5,0<") != std::string::npos);
  city.add({.score = 1}, city.now);  // the twelfth
  CHECK(table() == told);
  city.now += days(6);
  CHECK(table() == told);
  // A week later one alone is not told either; with four more it is.
  city.now += days(1);
  city.tell();
  CHECK(city.settled().year.city.ratings.count() == 11);
  for (int i = 0; i < 4; ++i) city.add({.score = 1}, city.now);
  city.tell();
  CHECK(city.settled().year.city.ratings.count() == 16);
}

TEST_CASE("trust is counted of those who said it, told from five on, and has an address") {
  Weeks city;
  for (int i = 0; i < 8; ++i)
    city.add({.score = 4, .believed = i < 6 ? "yes" : "no", .again = i < 4 ? "no" : ""}, city.now);
  city.tell();
  const Counts counts = city.settled().month.city;
  CHECK(counts.believed.part == 6);
  CHECK(counts.believed.whole == 8);
  // Four said whether they would report again: that is told of nobody, on no page and in no row.
  CHECK(counts.again.part == 0);
  CHECK(counts.again.whole == 0);
  const std::string believed = city.page("/figures/believed?period=last30");
  CHECK(believed.find("<b>75,0% (") != std::string::npos);
  const std::string again = city.page("/figures/report_again?period=last30");
  CHECK(again.find("<b>–</b>") != std::string::npos);
  CHECK(again.find(">4<") == std::string::npos);
  const std::string rows = city.page("/figures/believed/rows.csv?period=last30");
  CHECK(rows.find(",4,,yes,6") != std::string::npos);
  CHECK(rows.find(",4,,no,2") != std::string::npos);
}

TEST_CASE("a rating is told once: what is changed or erased later changes no figure") {
  Weeks city;
  for (int i = 0; i < 6; ++i) city.add({.score = 5, .believed = "yes", .again = "yes"}, city.now);
  city.tell();
  const std::string rows = city.page("/figures/believed/rows.csv?period=last365");
  CHECK(rows.find(",5,yes,yes,6") != std::string::npos);
  city.write([](db::Write& w) {
    w.run("UPDATE satisfaction_rating SET score = 1, believed = 'no' WHERE feedback_id = 1");
    satisfaction::forget_words(w, feedback::FeedbackId{2});
  });
  city.tell();
  CHECK(city.page("/figures/believed/rows.csv?period=last365") == rows);
  CHECK(city.read([](db::Read& r) {
    return r.one("SELECT again, believed FROM satisfaction_rating WHERE feedback_id = 2",
                 [](const db::Row& row) { return row.text(0) + row.text(1); });
  }) == "");
  // How a case fares is brought up to date week by week, one by one: that is what rows are for.
  city.write([](db::Write& w) {
    w.run(
        "UPDATE feedback SET state = 'closed', closed_by = 'citizen', closed_at = received_at "
        "WHERE id = 1");
  });
  const std::string before = city.page("/figures/solved/rows.csv?period=last365");
  city.tell();
  CHECK(city.page("/figures/solved/rows.csv?period=last365") != before);
}

TEST_CASE("parts of one letter are one sender, and count once they can no longer be put back") {
  Weeks city;
  for (int i = 0; i < 5; ++i) city.add({}, city.now);
  const auto part = [&](std::int64_t id, bool is_undone) {
    city.write([&](db::Write& w) {
      w.run(
          "INSERT INTO feedback_part (feedback_id, letter_id, number, made_at, made_by, undone_at) "
          "VALUES ($1, 99, $1, $2, 1, $3)",
          id, city.now, is_undone ? std::optional(city.now) : std::nullopt);
    });
  };
  // Five cases at one office, all cut out of one letter: one person, who waits for four others.
  for (std::int64_t id = 1; id <= 5; ++id) part(id, false);
  city.tell();
  city.tell();
  CHECK(city.settled().year.city.received == 0);
  for (int i = 0; i < 3; ++i) city.add({}, city.now);
  city.tell();
  CHECK(city.settled().year.city.received == 0);
  city.add({}, city.now);
  // A part of this week may still be put back, and one that was put back is nothing.
  city.add({}, city.now);
  city.add({}, city.now);
  part(10, false);
  part(11, true);
  city.tell();
  CHECK(city.settled().year.city.received == 9);
  const auto live = city.read([&](db::Read& r) { return count_moment(r, Instant{}, city.now); });
  CHECK(live.city.received == 10);
  // Its stretch is that of the week in which it became one to count, not of its letter's arrival.
  const Day made = local_day(city.now) - days(7);
  city.read([&](db::Read& r) {
    each_waiting(r, What::cases, city.now + days(7), [&](std::int64_t, const Waiting& each) {
      CHECK(each.id == 10);
      CHECK(each.letter == 99);
      CHECK(each.received == made + days(7));
    });
  });
}

TEST_CASE("a figure of an office counts what stands below it where its address says so") {
  Weeks city;
  for (int i = 0; i < 6; ++i) city.add({.unit = "P1"}, city.now);
  for (int i = 0; i < 7; ++i) city.add({.unit = "Q1"}, city.now);
  city.tell();
  CHECK(city.page("/figures/received?period=last30&unit=P1").find("<b>6</b>") != std::string::npos);
  CHECK(city.page("/figures/received?period=last30&unit=P1&below=1").find("<b>13</b>") !=
        std::string::npos);
  CHECK(city.page("/units/P1").find("unit=P1&amp;below=1\">13</a>") != std::string::npos);
  CHECK(city.page("/figures/received?period=2026-Q3..2026-Q4").find("<b>13</b>") !=
        std::string::npos);
  test::Browser browser(city, city.router, city.site);
  for (const char* wrong :
       {"/figures/received?period=2026-Q4..2026-Q3", "/figures/received?period=..",
        "/figures/received?period=2026-Q4..x", "/figures/received/rows.csv?after=x"})
    CHECK(browser.get(wrong).status() == 404);
}

TEST_CASE("rows behind a figure come in parts of whole classes, and none twice or never") {
  Weeks city;
  for (int week = 0; week < 6; ++week) city.week(city.random);
  const Asking all{.what = What::cases, .first = Day{}, .last = local_day(city.now)};
  std::int64_t whole = 0, parts = 0, after = 0, asked = 0;
  for (const auto& [outcome, count] : city.read([&](db::Read& r) { return outcomes_of(r, all); }))
    whole += count;
  while (true) {
    constexpr std::int64_t few = 8;  // more than one of these classes has
    const ClassRows part =
        city.read([&](db::Read& r) { return class_rows_of(r, all, after, few); });
    for (const ClassRow& row : part.rows) parts += row.count;
    REQUIRE(++asked < 100);
    if (!part.next) break;
    after = *part.next;
  }
  CHECK(whole > 30);
  CHECK(parts == whole);
  CHECK(asked > 1);
}

TEST_CASE("a young city compares thirteen weeks with the thirteen before, and names a fall") {
  Weeks city;
  const auto weeks = [&](int count, int score, const char* believed) {
    for (int week = 0; week < count; ++week) {
      for (int i = 0; i < 8; ++i) city.add({.score = score, .believed = believed}, city.now);
      city.tell();
    }
  };
  weeks(13, 5, "yes");
  const auto falls = [&] {
    const Settled made = city.settled();
    std::set<std::string> names;
    for (const Fall& each : falls_in_weeks(made, city.units.at("P1")))
      names.insert(std::string(each.figure));
    return names;
  };
  CHECK(falls().empty());
  weeks(13, 2, "no");
  CHECK(falls() == std::set<std::string>{"believed", "satisfied"});
}

}  // namespace ln::insight
