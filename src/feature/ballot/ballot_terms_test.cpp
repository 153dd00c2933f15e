// How long a draft has to stand before households decide on it.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "feature/ballot/ballot_store_check.h"
#include "test/village.h"

namespace ln::ballot {
namespace {

using std::chrono::days;

struct Convention : Village {
  Typed draft(int opens_in) const {
    Typed t = typed();
    t.rule = "convention";
    t.opens_at = now + days(opens_in);
    t.closes_at = now + days(opens_in + 7);
    return t;
  }
  Result<Ballot> tries(const Typed& what) {
    const auto posted = read([&](db::Read& r) { return posting_of(r, units.at("P1"), what); });
    const auto made = prepare(officer("hoa"), units.at("P1"), what, random, now, posted);
    if (!made.ok()) return made.error();
    return write([&](db::Write& w) { return ballot::announce(w, made.value()); });
  }
  // "opens: ballot.error.posted_days", or "fine".
  std::string says(const Typed& what) {
    const auto done = tries(what);
    if (done.ok()) return "fine";
    std::string all;
    for (const FieldError& each : done.error().fields)
      all += (all.empty() ? "" : ", ") + each.field + ": " + std::string(each.text.name());
    return all;
  }
  void disclose(const std::string& unit, std::optional<Instant> readable) {
    write([&](db::Write& w) {
      w.run(
          "INSERT INTO disclosure (id, unit_id, unit_path, item, title, decided_on, working_days, "
          "source, due_at, posts, first_posted_at, created_by, created_at, line) VALUES (12, $1, "
          "$2, 'comments', 'Dự thảo hương ước', $3, 10, 's', $4, 1, $5, 1, $4, 1)",
          units.at(unit).id, units.at(unit).path, local_day(now) - days(40), now, readable);
      w.run(
          "INSERT INTO disclosure_post (disclosure_id, number, body, posted_by, posted_at, line) "
          "VALUES (12, 1, 'Dự thảo', 1, $1, 1)",
          readable.value_or(now));
    });
  }
};

}  // namespace

TEST_CASE("an address of a disclosure or a consultation names a posting, and nothing else does") {
  CHECK(posting_in("/en/disclosure/12") == Posting{.room = "disclosure", .id = 12});
  CHECK(posting_in("/consultations/3/answers") == Posting{.room = "consultation", .id = 3});
  CHECK_FALSE(posting_in("/disclosure/units/P1"));
  CHECK_FALSE(posting_in("/disclosure/0"));
  CHECK_FALSE(posting_in("nhà văn hóa"));
  CHECK_FALSE(posting_in("https://khac.example/disclosure/12"));
}

TEST_CASE("a convention's draft stands for thirty days before households decide on it") {
  Convention village;
  const Rule* rule = rule_on("convention", local_day(village.now));
  REQUIRE(rule != nullptr);
  CHECK(rule->posted_days == 30);
  CHECK(rule->file_days == 5);
  CHECK_FALSE(rule->terms_source.empty());
  CHECK(rule_on("community", local_day(village.now))->posted_days == 0);

  CHECK(village.says(village.draft(2)) == "posted_on: ballot.error.posted_on");
  Typed typed = village.draft(2);
  typed.posted_on = local_day(village.now) + days(1);
  CHECK(village.says(typed) == "posted_on: ballot.error.posted_later");
  typed.posted_on = local_day(village.now) - days(400);
  CHECK(village.says(typed) == "posted_on: ballot.error.posted_long_ago");
  typed.posted_on.reset();
  typed.is_day_unread = true;
  CHECK(village.says(typed).starts_with("posted_on: ballot.error.posted_day"));
  typed.is_day_unread = false;
  // Opens the day after tomorrow; the day of the posting is not counted.
  typed.posted_on = local_day(village.now) - days(28);
  CHECK(village.says(typed) == "opens: ballot.error.posted_days");
  typed.posted_on = local_day(village.now) - days(29);
  CHECK(village.says(typed) == "fine");
  // A rule that says nothing of it asks for nothing.
  typed.rule = "community";
  typed.posted_on.reset();
  CHECK(village.says(typed) == "fine");
}

TEST_CASE("where a room of this platform posted the draft, that room says since when") {
  Convention village;
  Typed typed = village.draft(2);
  typed.posted_at = "/disclosure/12";
  typed.posted_on = local_day(village.now) - days(90);
  CHECK(village.says(typed).find("posted_on: ballot.error.posted_both") != std::string::npos);
  typed.posted_on.reset();
  CHECK(village.says(typed).find("posted_at: ballot.error.posted_at") != std::string::npos);
  village.disclose("P1", village.now - days(10));
  CHECK(village.says(typed) == "opens: ballot.error.posted_days");
  village.write([&](db::Write& w) {
    w.run("UPDATE disclosure_post SET posted_at = $1", village.now - days(31));
  });
  const auto made = village.tries(typed);
  REQUIRE(made.ok());
  const Ballot b = *village.read([&](db::Read& r) { return find(r, made.value().id); });
  CHECK(b.posted == Posting{"disclosure", 12, local_day(village.now) - days(31)});
  CHECK(b.rule.posted_days == 30);
  test::Browser anybody(village, village.router, village.site);
  anybody.get("/en/ballots/" + std::to_string(b.id.value));
  CHECK(anybody.status() == 200);
  CHECK(anybody.body().find("/en/disclosure/12") != std::string::npos);
  CHECK(anybody.shows("At least 30 days before it opens."));
  CHECK(anybody.shows("Within 5 working days of the count"));
  CHECK(anybody.shows("61/2023"));
  // It is part of what was announced.
  CHECK(village.read([](db::Read& r) { return unfit_texts(r); }).empty());
  village.write([&](db::Write& w) {
    w.run("UPDATE ballot SET posted_on = posted_on - 5 WHERE id = $1", b.id);
  });
  CHECK(village.read([](db::Read& r) { return unfit_texts(r); }).size() == 1);
}

TEST_CASE("another unit's posting, or one that nobody can read, is none") {
  Convention village;
  Typed typed = village.draft(2);
  typed.posted_at = "/disclosure/12";
  village.disclose("P2", village.now - days(60));
  CHECK(village.says(typed) == "posted_at: ballot.error.posted_at");
  village.write([&](db::Write& w) {
    w.run("UPDATE disclosure SET unit_id = $1, first_posted_at = NULL", village.units.at("P1").id);
  });
  CHECK(village.says(typed) == "posted_at: ballot.error.posted_at");
}

}  // namespace ln::ballot
