// A hall for supervisors: an office with cases of last week, a ledger, and those who supervise,
// lead and press.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "core/ledger/ledger_jobs.h"
#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_public_supervision.h"
#include "core/ledger/ledger_sealer.h"
#include "feature/supervision/supervision_actions.h"
#include "feature/supervision/supervision_jobs.h"
#include "test/office.h"

namespace ln::test {

inline constexpr const char* hall_words =
    "Đã xem hồ sơ và đối chiếu từng mốc thời gian với quy định.";

struct Hall : Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  std::vector<feedback::Feedback> cases;
  supervision::ProgrammeId id{};

  // Sixteen open cases of the ward, and later a supervisor of the Front, a head of the ward who is
  // one, too, and an administrator who made himself one.
  Hall() {
    for (int n = 0; n < 16; ++n) cases.push_back(lamp());
    now += std::chrono::days(40);
    write([&](db::Write& w) {
      add_account(w, "mat", "Giám sát Mặt Trận", people::Role::supervisor, "P2");
      add_account(w, "kep", "Trưởng Kép", people::Role::supervisor, "01");
      add_account(w, "quyen", "Quản Trị Quyền", people::Role::supervisor, "01");
      for (const auto& [login, role, unit] :
           {std::tuple("kep", people::Role::head, "P1"),
            std::tuple("quyen", people::Role::administrator, "01")})
        REQUIRE(people::grant(w, people::AccountId{accounts[login]}, role, units.at(unit).id, now)
                    .ok());
    });
    ledger::publish_now(database, now);
    sign_in_again();
  }

  // Everybody's session is as old as the clock.
  void sign_in_again() {
    for (const auto& [login, account] : accounts) tokens[login] = login + std::to_string(++serial);
    write([&](db::Write& w) {
      for (const auto& [login, token] : tokens)
        REQUIRE(people::open_session(w, people::AccountId{accounts[login]}, token, now).ok());
    });
  }
  // Who has a session that is not over, whenever the browser was opened.
  struct Desk : Browser {
    Desk(Hall& hall, const std::string& login) : Browser(hall, hall.router, hall.site) {
      renew(hall, login);
    }
    void renew(const Hall& hall, const std::string& login) {
      set_cookie(std::string(people::session_cookie), hall.tokens.at(login));
    }
  };
  Desk signed_in(const std::string& login) { return Desk(*this, login); }
  people::Staff staff(const std::string& login) {
    const auto found = read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of(tokens.at(login)), now, now);
    });
    REQUIRE(found.has_value());
    return *found;
  }
  supervision::SupervisorAct by(const std::string& login = "mat") {
    return {.supervisor = *people::Supervisor::of(staff(login)), .now = now};
  }
  supervision::OfficerAct of_unit(const std::string& login = "hoa") {
    return {.officer = *people::Officer::of(staff(login)), .now = now};
  }

  supervision::Typed plan() const {
    return {.title_vi = "Giám sát trả lời quá hạn tháng 11",
            .title_en = "Late answers in November",
            .subject = "Vì sao nhiều phản ánh về đèn đường bị trả lời muộn.",
            .from = local_day(now) - std::chrono::days(60),
            .to = local_day(now) - std::chrono::days(1),
            .head_at = now + std::chrono::hours(1),
            .wishes = {{supervision::Stratum::reopened, 2}, {supervision::Stratum::late, 5}}};
  }
  Result<supervision::Programme> announce_as(const std::string& login,
                                             const supervision::Typed& typed) {
    const std::string key(as_text(random.bytes<32>()));
    return write([&, act = by(login)](db::Write& w) {
      return supervision::announce(w, act, units.at("P1"), typed, key);
    });
  }
  void announce() {
    const auto made = announce_as("mat", plan());
    REQUIRE(made.ok());
    id = made.value().id;
  }
  supervision::Programme current() {
    return *read([&](db::Read& r) { return supervision::find(r, id); });
  }
  // The named head is there, and the clock draws.
  void draw() {
    now = current().head_at;
    ledger::publish_tick(database, ledger::tick_default, now);
    if (!read([&](db::Read& r) { return supervision::head_from(r, now); }))
      ledger::publish_now(database, now);
    REQUIRE(supervision::draw_due(database, now) == 1);
    sign_in_again();
  }
  std::vector<std::int64_t> drawn() {
    return read([&](db::Read& r) { return supervision::drawn_of(r, id); });
  }
  Result<supervision::Finding> find_one(std::int64_t number,
                                        supervision::Outcome outcome,
                                        std::int64_t seq = 1,
                                        const std::string& login = "mat") {
    const supervision::Found found{.number = number,
                                   .seq = seq,
                                   .outcome = outcome,
                                   .note = hall_words,
                                   .salt = std::string(as_text(random.bytes<32>()))};
    return write(
        [&, act = by(login)](db::Write& w) { return supervision::find_out(w, act, id, found); });
  }
  void find_all() {
    for (const std::int64_t number : drawn())
      REQUIRE(find_one(number, supervision::Outcome::in_order).ok());
  }
  Result<supervision::Advice> advise(const std::string& login = "mat") {
    return write([&, act = by(login)](db::Write& w) {
      return supervision::advise(w, act, id, units.at("P1"), hall_words,
                                 local_day(now) + std::chrono::days(10));
    });
  }
  // The facts of supervision, the oldest first.
  std::vector<ledger::SupervisionFact> told() {
    std::vector<ledger::SupervisionFact> all;
    for (const ledger::Stored& each :
         read([](db::Read& r) { return ledger::facts_before(r, 1'000'000, 1'000); }))
      if (const auto fact = ledger::parse_supervision(each.payload)) all.insert(all.begin(), *fact);
    return all;
  }

  std::map<std::string, std::string> tokens;
  int serial = 0;
};

template <class T>
std::string why(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace ln::test
