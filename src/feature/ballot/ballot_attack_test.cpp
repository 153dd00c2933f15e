// A vote of a village, attacked: by a household that wants two votes, by the clerk at the paper
// box, by a head who wants to know, and by whoever reads the database afterwards.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "feature/ballot/ballot_store_check.h"
#include "platform/db/once.h"
#include "test/engine.h"
#include "test/village.h"

namespace ln::ballot {

using test::Browser;

TEST_CASE("a household has one vote, whichever way it tries the second") {
  Village village;
  village.open_it();
  REQUIRE(village.vote(village.slips[0], 1).ok());
  CHECK(error_of(village.vote(village.slips[0], 2)) == "ballot.error.voted_online");
  CHECK(error_of(village.give_paper(village.slips[0])) == "ballot.error.voted_online");
  REQUIRE(village.give_paper(village.slips[1]).ok());
  CHECK(error_of(village.vote(village.slips[1], 2)) == "ballot.error.voted_paper");
  CHECK(error_of(village.give_paper(village.slips[1])) == "ballot.error.voted_paper");
  // A slip printed again gives no second vote, and does not tell the desk that there was one.
  const Drawn fresh = draw_slip(village.random);
  const RunAct act = village.run();
  const auto again = village.write([&](db::Write& w) { return reissue(w, act, "1", fresh); });
  REQUIRE(again.ok());
  CHECK(error_of(village.vote(again.value(), 2)) == "ballot.error.voted_online");
  CHECK(error_of(village.vote(village.slips[0], 2)) == "ballot.error.replaced");
  CHECK(village.box().size() == 1);
}

TEST_CASE("the same form sent twice puts one ballot into the box and shows its mark once") {
  Village village;
  village.open_it();
  const std::string address = "/ballots/slips/" + village.slips[0].code;
  Browser household(village, village.router, village.site);
  household.get(address).fill("secret", village.slips[0].secret).press("Mở lá phiếu");
  const std::string page = household.body();
  const auto hidden = [&](const std::string& name) {
    const std::string before = "name=\"" + name + "\" value=\"";
    const std::size_t at = page.rfind(before);
    REQUIRE(at != std::string::npos);
    const std::size_t from = at + before.size();
    return page.substr(from, page.find('"', from) - from);
  };
  const std::string form = "csrf=" + hidden("csrf") + "&once=" + hidden("once") + "&choice-1=1";
  for (int n = 0; n < 2; ++n) {
    household.post(address + "/cast", "application/x-www-form-urlencoded", form);
    REQUIRE(village.box().size() == 1);
    CHECK(household.shows("Phiếu đã vào hòm"));
    // Nothing that is kept for a repeated form leads to the ballot.
    CHECK(household.shows(shown_mark(village.box()[0].mark)) == (n == 0));
  }
  // Not even for whoever opens it with the form in hand.
  const auto kept = village.read([&](db::Read& r) {
    return db::Once::find(r, "ballot.cast:" + village.slips[0].code + ":" + hidden("once"));
  });
  REQUIRE(kept.has_value());
  CHECK(kept->find(village.box()[0].mark) == std::string::npos);
}

// How many transactions wrote the rows of box and list: one each, or whoever reads the columns of
// PostgreSQL joins them. Other engines keep no such number.
bool is_written_at_once(Village& village) {
  if (!test::is_on_postgres()) return true;
  const auto only = [](const db::Row& row) { return row.integer(0); };
  return village.read([&](db::Read& r) {
    return r.one("SELECT count(DISTINCT CAST(xmin AS TEXT)) FROM ballot_vote", only) == 1 &&
           r.one("SELECT count(DISTINCT CAST(xmin AS TEXT)) FROM ballot_household", only) == 1;
  });
}

TEST_CASE("a clerk alone counts no paper, and no paper box holds more than slips were handed in") {
  Village village;
  village.open_it();
  for (int n = 0; n < 3; ++n) REQUIRE(village.give_paper(village.slips[n]).ok());
  CHECK(error_of(village.type("thu", {{0, 3, 0}})) == "ballot.error.not_now");
  village.now = village.current().closes_at;
  CHECK(error_of(village.type("thu", {{0, 4, 0}})) == "ballot.error.more_than_slips");
  CHECK(error_of(village.type("thu", {{0, 3, -1}})) == "ballot.error.counts");
  CHECK(error_of(village.type("thu", {{0, 3}})) == "ballot.error.counts");
  CHECK(error_of(village.type("hai", {{0, 3, 0}})) == "ballot.error.none");
  CHECK(village.type("thu", {{0, 3, 0}}).value() == Counted::waits);
  CHECK(village.type("thu", {{0, 3, 0}}).value() == Counted::waits);
  CHECK(village.current().stage == Stage::announced);
  CHECK(village.type("lan", {{0, 3, 0}}).value() == Counted::done);
  CHECK(village.current().voted == 3);
  CHECK(error_of(village.type("lan", {{0, 0, 3}})) == "ballot.error.not_now");
}

TEST_CASE("paper ballots that are not typed are blank ones and never nothing") {
  Village village;
  village.open_it();
  for (int n = 0; n < 2; ++n) REQUIRE(village.vote(village.slips[n], 2).ok());
  for (int n = 2; n < 9; ++n) REQUIRE(village.give_paper(village.slips[n]).ok());
  village.now = village.current().closes_at;
  CHECK(village.type("thu", {{0, 0, 0}}).value() == Counted::waits);
  CHECK(village.type("lan", {{0, 0, 0}}).value() == Counted::done);
  CHECK(village.current().voted == 9);
  CHECK(village.current().handed_in == 7);
  CHECK(village.outcome().counts == std::vector<std::int64_t>{7, 0, 2});
  CHECK(village.outcome().is_quorate);
  CHECK(village.box_file().find("voted 9\npaper 7\n") != std::string::npos);
  Browser anybody(village, village.router, village.site);
  anybody.get(village.url());
  CHECK(anybody.shows("Trong đó 7 tờ phiếu đổi lấy phiếu giấy"));
}

TEST_CASE("a household added to the list in the database keeps the box from being counted") {
  Village village;
  village.open_it();
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  // With its vote, so that the box alone would fit.
  village.write([&](db::Write& w) {
    insert_households(w, village.id, {"13"});
    set_way(w, find_household(w, village.id, "13")->id, Way::online);
    insert(w, village.id, Vote{1, "STUFFED23456", 2});
  });
  village.now = village.current().closes_at;
  CHECK(count_due(village.database, village.now) == 0);
  CHECK(village.current().stage == Stage::announced);
  CHECK_FALSE(village.read([](db::Read& r) { return unfit_texts(r); }).empty());
  Browser anybody(village, village.router, village.site);
  anybody.get(village.url());
  CHECK(anybody.shows("không khớp với những gì sổ cái đã ghi"));
}

TEST_CASE("a household brought back to the list, or another number of them, is not counted") {
  for (const bool is_number : {false, true}) {
    Village village;
    village.announce_it(village.typed());
    village.print_all();
    const RunAct act = village.run();
    REQUIRE(village.write([&](db::Write& w) { return remove(w, act, "3", Removal::moved); }).ok());
    village.now = village.current().opens_at;
    for (int n = 3; n < 11; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
    village.write([&](db::Write& w) {
      if (is_number)
        w.run("UPDATE ballot SET households = 10 WHERE id = $1", village.id);
      else
        set_way(w, find_household(w, village.id, "3")->id, Way::none);
    });
    village.now = village.current().closes_at;
    CHECK(count_due(village.database, village.now) == 0);
  }
}

TEST_CASE("paper that waits, or a box that does not fit, keeps no other ballot from its count") {
  Village village;
  std::vector<BallotId> all;
  // More than the clock takes at once, all of them waiting for paper or broken.
  for (int n = 0; n < 25; ++n) {
    village.announce_it(village.typed());
    all.push_back(village.id);
  }
  village.slips.clear();
  village.announce_it(village.typed());
  village.print_all();
  village.now = village.current().opens_at;
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  village.write([&](db::Write& w) {
    for (std::size_t n = 0; n < all.size(); ++n)
      if (n % 2 == 0)
        set_way(w, find_household(w, all[n], "1")->id, Way::paper);
      else
        insert(w, all[n], Vote{1, "STUFFED23456", 2});
  });
  village.now = village.current().closes_at;
  CHECK(count_due(village.database, village.now) == 1);
  CHECK(village.current().stage == Stage::counted);
}

TEST_CASE("rows are written anew at the end although paper waits, whose delay shows by the clock") {
  Village village;
  village.open_it();
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  REQUIRE(village.give_paper(village.slips[8]).ok());
  const auto waiting = [&] {
    return village.read([&](db::Read& r) { return not_sorted(r, village.now, 10).size(); });
  };
  CHECK(waiting() == 0);
  village.now = village.current().closes_at;
  CHECK(waiting() == 1);
  CHECK(count_due(village.database, village.now) == 0);
  CHECK(waiting() == 0);
  CHECK(is_written_at_once(village));
  mix_counted(village.database);
  CHECK(village.current().is_mixed);
  Browser anybody(village, village.router, village.site);
  anybody.get(village.url());
  CHECK_FALSE(anybody.shows("quá hạn kiểm"));
  village.now += count_term;
  anybody.get(village.url());
  CHECK(anybody.shows("Phiếu giấy chưa được kiểm xong; quá hạn kiểm từ"));
  CHECK(village.type("thu", {{0, 1, 0}}).value() == Counted::waits);
  CHECK(village.type("lan", {{0, 1, 0}}).value() == Counted::done);
  // The count wrote paper between the others: the files are written anew once more.
  CHECK_FALSE(village.current().is_mixed);
}

TEST_CASE("nothing comes in before the hour, after it, or for a household off the list") {
  Village village;
  village.announce_it(village.typed());
  village.print_all();
  CHECK(error_of(village.vote(village.slips[0], 1)) == "ballot.error.not_open");
  const RunAct act = village.run();
  const auto off = village.write([&](db::Write& w) { return remove(w, act, "3", Removal::moved); });
  REQUIRE(off.ok());
  CHECK(off.value().households == 11);
  CHECK(error_of(village.write([&](db::Write& w) {
          return remove(w, act, "4", Removal::moved);
        })) == "ballot.error.changed");
  village.now = village.current().opens_at;
  CHECK(error_of(village.vote(village.slips[2], 1)) == "ballot.error.code_or_secret");
  CHECK(error_of(village.give_paper(village.slips[2])) == "ballot.error.code_or_secret");
  Printed forged = village.slips[0];
  forged.secret = village.slips[1].secret;
  CHECK(error_of(village.vote(forged, 1)) == "ballot.error.code_or_secret");
  // Taking off whoever voted would tell that they did.
  REQUIRE(village.vote(village.slips[0], 1).ok());
  const RunAct late = village.run();
  CHECK(error_of(village.write([&](db::Write& w) {
          return remove(w, late, "1", Removal::moved);
        })) == "ballot.error.list_fixed");
  village.now = village.current().closes_at;
  CHECK(error_of(village.vote(village.slips[1], 1)) == "ballot.error.not_open");
  CHECK(error_of(village.give_paper(village.slips[1])) == "ballot.error.not_open");
  CHECK(village.box().size() == 1);
}

TEST_CASE("a box that was stuffed in the database is not counted") {
  Village village;
  village.open_it();
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  village.write([&](db::Write& w) { insert(w, village.id, Vote{1, "STUFFED23456", 2}); });
  village.now = village.current().closes_at;
  const auto counted =
      village.write([&](db::Write& w) { return count_online(w, village.id, village.now); });
  CHECK(error_of(counted) == "ballot.error.box_changed");
  CHECK(village.current().stage == Stage::announced);
}

TEST_CASE("a ballot changed after the count is no longer the box that the ledger tells of") {
  Village village;
  village.open_it();
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  village.now = village.current().closes_at;
  REQUIRE(count_due(village.database, village.now) == 1);
  const std::string told(as_text(village.told().back().hash));
  CHECK(std::string(as_text(merkle::sha256(as_bytes(village.box_file())))) == told);
  CHECK(village.read([](db::Read& r) { return unfit_texts(r); }).empty());
  village.write([&](db::Write& w) {
    w.run("UPDATE ballot_vote SET choice = 2 WHERE mark = $1", village.box()[0].mark);
  });
  CHECK(std::string(as_text(merkle::sha256(as_bytes(village.box_file())))) != told);
  const auto faults = village.read([](db::Read& r) { return unfit_texts(r); });
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].what == "the box is not the one that was counted");
}

TEST_CASE("the form of a new decision sent twice announces one, as does that of a disclosure") {
  Village village;
  auto head = village.browser("hoa");
  const auto send_twice = [&](const std::string& address, const std::string& rest) {
    head.get(address);
    const std::string page = head.body();
    std::string form = rest;
    for (const std::string name : {"csrf", "once"}) {
      const std::string before = "name=\"" + name + "\" value=\"";
      const std::size_t at = page.rfind(before);
      REQUIRE(at != std::string::npos);
      const std::size_t from = at + before.size();
      form += "&" + name + "=" + page.substr(from, page.find('"', from) - from);
    }
    for (int n = 0; n < 2; ++n) {
      head.post(address, "application/x-www-form-urlencoded", form);
      REQUIRE(head.status() < 400);
    }
  };
  std::string numbers;
  for (int n = 1; n <= 12; ++n) numbers += std::to_string(n) + "%0A";
  send_twice("/staff/ballots/new",
             "unit=P1&area=Thon+Dong&title_vi=Gop+tien+lam+duong&rule=community"
             "&summary=Moi+ho+gop+hai+trieu+dong+lam+duong&question-1=Co+gop+khong&"
             "options-1=Dong+y%0AKhong+dong+y&opens=2026-11-23T11:00"
             "&closes=2026-11-25T11:00&households=" +
                 numbers);
  send_twice("/staff/disclosure/new",
             "unit=P1&item=budget&title=Quyet+toan+quy+ba&decided_on=2026-11-20");
  CHECK(village.read([](db::Read& r) { return ballots(r, 0, 10).size(); }) == 1);
  const auto due = village.told();
  CHECK(std::ranges::count(due, "due", &ledger::GrassrootsFact::what) == 1);
  CHECK(std::ranges::count(due, "announced", &ledger::GrassrootsFact::what) == 1);
}

TEST_CASE("nobody learns before the end how many have voted, on no page and by no refusal") {
  Village village;
  village.open_it(23);
  const auto answers = [&] {
    std::string all;
    for (const char* login : {"", "thu", "hoa", "thanh"}) {
      Browser browser(village, village.router, village.site);
      if (*login != '\0') village.sign_in(browser, login);
      for (const std::string& address :
           {std::string("/ballots"), village.url(), village.url("/box"), village.url("/text"),
            std::string("/staff/ballots"), "/staff" + village.url()}) {
        browser.get(address);
        const bool is_page = browser.header("content-type").starts_with("text/html");
        all += address + "\n" + (is_page ? browser.page().text() : browser.body()) + "\n";
      }
    }
    return all;
  };
  const std::string before = answers();
  for (int n = 0; n < 17; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  for (int n = 17; n < 20; ++n) REQUIRE(village.give_paper(village.slips[n]).ok());
  CHECK(answers() == before);
  village.now = village.current().closes_at;
  Browser anybody(village, village.router, village.site);
  anybody.get(village.url());
  CHECK_FALSE(anybody.shows("hộ đã bỏ phiếu ("));
}

TEST_CASE("nothing in the database joins a household with its ballot, and no order of voting") {
  Village village;
  village.open_it();
  std::vector<std::string> cast_in_order;
  for (int n = 0; n < 8; ++n) {
    const auto receipt = village.vote(village.slips[n], n % 2 + 1);
    REQUIRE(receipt.ok());
    cast_in_order.push_back(receipt.value().marks[0]);
  }
  village.now = village.current().closes_at;
  REQUIRE(count_due(village.database, village.now) == 1);
  // As the table gives its rows when nobody asks for an order.
  const auto stored = village.read([](db::Read& r) {
    return r.all("SELECT mark FROM ballot_vote", [](const db::Row& row) { return row.text(0); });
  });
  CHECK(std::ranges::is_sorted(stored));
  CHECK(is_written_at_once(village));
  CHECK(stored != cast_in_order);
  // No entry of the ledger, and nothing kept for a repeated form, holds a mark or a household.
  const auto kept = village.read([](db::Read& r) {
    std::string all;
    r.each("SELECT payload FROM ledger_entry",
           [&](const db::Row& row) { all += row.text(0) + "\n"; });
    return all;
  });
  for (const std::string& mark : cast_in_order) CHECK(kept.find(mark) == std::string::npos);
  for (const Printed& slip : village.slips) CHECK(kept.find(slip.code) == std::string::npos);
  CHECK(kept.find("household\"") == std::string::npos);
}

TEST_CASE("who did not vote says so, and the result tells without telling who") {
  Village village;
  village.open_it();
  const auto say = [&](const Printed& slip) {
    return village.write([&](db::Write& w) {
      return object(w, people::Citizen(slip.secret), *Code::parse(slip.code),
                    ledger::draw(village.random), village.now);
    });
  };
  // Taken although nobody has voted in its place, so that it tells nothing; it does not count.
  CHECK(say(village.slips[9]).ok());
  for (int n = 0; n < 8; ++n) REQUIRE(village.vote(village.slips[n], 1).ok());
  CHECK(say(village.slips[0]).ok());
  CHECK(say(village.slips[0]).ok());
  village.now = village.current().closes_at;
  REQUIRE(count_due(village.database, village.now) == 1);
  CHECK(village.current().voted == 8);
  Browser anybody(village, village.router, village.site);
  anybody.get(village.url());
  CHECK(anybody.shows("Có hộ, dưới 10 hộ."));
  CHECK_FALSE(anybody.shows("1 hộ báo như vậy"));
}

TEST_CASE("who feared a theft and then votes is not counted as robbed, and can say so again") {
  Village village;
  village.open_it();
  const auto say = [&] {
    return village.write([&](db::Write& w) {
      return object(w, people::Citizen(village.slips[0].secret),
                    *Code::parse(village.slips[0].code), ledger::draw(village.random), village.now);
    });
  };
  const auto robbed = [&] {
    return village.read([&](db::Read& r) { return count_objects(r, village.id); });
  };
  REQUIRE(say().ok());
  REQUIRE(village.vote(village.slips[0], 1).ok());
  CHECK(robbed() == 0);
  REQUIRE(say().ok());
  CHECK(robbed() == 1);
  CHECK(say().ok());
  CHECK(robbed() == 1);
}

TEST_CASE("opening a slip does not tell whether its household has voted") {
  Village village;
  village.open_it();
  const auto shown = [&] {
    Browser browser(village, village.router, village.site);
    browser.get("/ballots/slips/" + village.slips[0].code);
    browser.fill("secret", village.slips[0].secret).press("Mở lá phiếu");
    return browser.page().text();
  };
  const std::string before = shown();
  REQUIRE(village.vote(village.slips[0], 1).ok());
  CHECK(shown() == before);
}

TEST_CASE("what is cancelled is destroyed unread, with its reason in public") {
  Village village;
  village.open_it();
  REQUIRE(village.vote(village.slips[0], 1).ok());
  const RunAct act = village.run();
  CHECK(error_of(village.write([&](db::Write& w) { return cancel(w, act, "Thôi."); })) ==
        "ballot.error.short");
  REQUIRE(village
              .write([&](db::Write& w) {
                return cancel(w, act, "Ghi sai mức đóng góp, sẽ công bố lại.");
              })
              .ok());
  CHECK(village.box().empty());
  CHECK(error_of(village.vote(village.slips[1], 1)) == "ballot.error.not_open");
  CHECK(village.told().back().what == "cancelled");
  Browser anybody(village, village.router, village.site);
  anybody.get(village.url());
  CHECK(anybody.shows("Ghi sai mức đóng góp, sẽ công bố lại."));
}

}  // namespace ln::ballot
