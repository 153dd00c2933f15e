// A small city for tests of several rooms together: offices on every level, somebody of each role,
// and cases sent the way citizens send them.
//
//   01 city ─┬─ thanh-tra  its inspectorate
//            ├─ P1 ward ── Q1 its counter
//            └─ P2 ward
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>

#include "app/routes.h"
#include "app/site.h"
#include "core/people/people_actions.h"
#include "core/people/people_session.h"
#include "core/people/people_store.h"
#include "core/units/units_store.h"
#include "feature/feedback/feedback_actions.h"
#include "feature/feedback/feedback_store.h"
#include "test/browser.h"

namespace ln::test {

struct City : World {
  http::Router router = app::make_routes();
  html::Site site = app::make_site("https://x.example", false);
  std::map<std::string, units::Unit> units;
  std::map<std::string, people::AccountId> accounts;

  City() {
    write([&](db::Write& w) {
      using units::Kind;
      add_unit(w, "01", "Thành phố Hà Nội", Kind::city, "");
      add_unit(w, "thanh-tra", "Thanh tra thành phố", Kind::department, "01");
      add_unit(w, "P1", "Phường Một", Kind::commune, "01");
      add_unit(w, "P2", "Phường Hai", Kind::commune, "01");
      add_unit(w, "Q1", "Điểm tiếp dân phường Một", Kind::counter, "P1");
    });
  }

  // Somebody who is signed in with the token "token-of-LOGIN".
  void add_staff(const std::string& login, people::Role role, const std::string& unit) {
    write([&](db::Write& w) {
      const auto id =
          people::add_account(w, {.login = login, .name = login, .password_hash = "none"}, now);
      REQUIRE(id.ok());
      REQUIRE(people::grant(w, id.value(), role, units.at(unit).id, now).ok());
      REQUIRE(people::open_session(w, id.value(), "token-of-" + login, now).ok());
      accounts[login] = id.value();
    });
  }
  people::Staff staff(const std::string& login) {
    // A session of their own, because time may have ended the one before.
    const std::string token = login + " at " + std::to_string(to_ms(now));
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, accounts.at(login), token, now).ok());
    });
    const auto found = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    REQUIRE(found.has_value());
    return *found;
  }
  people::Officer officer(const std::string& login) {
    const auto made = people::Officer::of(staff(login));
    REQUIRE(made.has_value());
    return *made;
  }

  struct Sent {
    feedback::Feedback feedback;
    std::string secret;
  };
  Result<feedback::Prepared> prepare(const feedback::Typed& typed) {
    return read([&](db::Read& r) { return feedback::prepare(r, typed, random, now); });
  }
  Sent send(const feedback::Typed& typed) {
    const auto prepared = prepare(typed);
    REQUIRE(prepared.ok());
    const auto sent =
        write([&](db::Write& w) { return feedback::submit(w, prepared.value(), now); });
    REQUIRE(sent.ok());
    return {sent.value().feedback, prepared.value().secret};
  }
  feedback::Feedback current(const Sent& sent) {
    return *read([&](db::Read& r) { return feedback::find(r, sent.feedback.id); });
  }
  std::string unit_of(const feedback::Feedback& feedback) {
    return read([&](db::Read& r) { return units::find(r, feedback.unit)->code; });
  }

 private:
  void add_unit(db::Write& w,
                const std::string& code,
                const std::string& name,
                units::Kind kind,
                const std::string& parent) {
    units.emplace(code, units::insert(w, {.code = code,
                                          .valid_from = Day{std::chrono::days(0)},
                                          .name = name,
                                          .kind = kind,
                                          .type = name.substr(0, name.find(' ')),
                                          .parent = parent.empty() ? nullptr : &units.at(parent)}));
  }
};

}  // namespace ln::test
