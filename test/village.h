// A village that decides: an office, a ballot of its households, and those who hold it.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/ledger/ledger_public_actions.h"
#include "core/ledger/ledger_public_grassroots.h"
#include "core/ledger/ledger_sealer.h"
#include "feature/ballot/ballot_actions.h"
#include "feature/ballot/ballot_jobs.h"
#include "test/office.h"

namespace ln::ballot {

struct Village : test::Office {
  std::unique_ptr<ledger::Sealer> sealer = ledger::Sealer::open(
      database, {"langnghe.example/so-cai", "", "", [this] { return now; }}, random);
  BallotId id{};
  std::vector<Printed> slips;

  std::string token_of(const std::string& login) const {
    return login + "-at-" + std::to_string(to_ms(now));
  }
  // Somebody at their desk, signed in a moment ago.
  void sign_in(test::Browser& browser, const std::string& login) {
    officer(login);
    browser.set_cookie(std::string(people::session_cookie), token_of(login));
  }
  people::Officer officer(const std::string& login) {
    const std::string token = token_of(login);
    write([&](db::Write& w) {
      if (!people::find_session(w, people::hash_of(token)))
        REQUIRE(people::open_session(w, people::AccountId{accounts.at(login)}, token, now).ok());
    });
    const auto staff = read(
        [&](db::Read& r) { return people::SignIn::staff_of(r, people::hash_of(token), now, now); });
    REQUIRE(staff.has_value());
    return *people::Officer::of(*staff);
  }
  static std::string numbers(int count) {
    std::string all;
    for (int n = 1; n <= count; ++n) all += std::to_string(n) + "\n";
    return all;
  }
  Typed typed(int households = 12) const {
    return {.area = "Thôn Đông",
            .title_vi = "Góp tiền làm đường ngõ Đông",
            .title_en = "Paying for the lane",
            .summary = "Mỗi hộ góp hai triệu đồng, xã lo xi măng và máy trộn.",
            .rule = "contribution",
            .households = numbers(households),
            .opens_at = now + std::chrono::hours(2),
            .closes_at = now + std::chrono::hours(50),
            .questions = {
                {"Có góp tiền làm đường không? | Do we pay?", "Đồng ý | Yes\nKhông đồng ý | No"}}};
  }
  Result<Ballot> try_announce(const Typed& what, const std::string& login = "hoa") {
    auto made = prepare(officer(login), units.at("P1"), what, random, now);
    if (!made.ok()) return made.error();
    return write([&](db::Write& w) { return ballot::announce(w, made.value()); });
  }
  void announce_it(const Typed& what) {
    const auto made = try_announce(what);
    REQUIRE(made.ok());
    id = made.value().id;
  }
  Ballot current() {
    return *read([&](db::Read& r) { return find(r, id); });
  }
  RunAct run(const std::string& login = "hoa") {
    return {officer(login), id, current().revision, ledger::draw(random), now};
  }
  std::vector<Drawn> drawn(std::size_t count) {
    std::vector<Drawn> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(draw_slip(random));
    return all;
  }
  void print_all() {
    for (;;) {
      const auto fresh = drawn(slips_at_once);
      const RunAct act = run();
      const auto made = write([&](db::Write& w) { return issue(w, act, fresh); });
      REQUIRE(made.ok());
      if (made.value().empty()) return;
      slips.insert(slips.end(), made.value().begin(), made.value().end());
    }
  }
  // A ballot of `households`, printed and open.
  void open_it(int households = 12) {
    announce_it(typed(households));
    print_all();
    now = current().opens_at;
  }
  Result<Receipt> vote(const Printed& slip, std::int64_t choice) {
    const auto questions = read([&](db::Read& r) { return questions_of(r, id); });
    auto votes = read_votes(
        questions, std::vector<std::optional<std::int64_t>>(questions.size(), choice), random);
    if (!votes.ok()) return votes.error();
    const Cast what{*Code::parse(slip.code), people::Citizen(slip.secret), std::move(votes).value(),
                    ledger::draw(random), now};
    return write([&](db::Write& w) { return cast(w, what); });
  }
  Result<Household> give_paper(const Printed& slip, const std::string& login = "thu") {
    const HandIn what{officer(login),          id,
                      *Code::parse(slip.code), people::Citizen(slip.secret),
                      ledger::draw(random),    now};
    return write([&](db::Write& w) { return hand_in(w, what); });
  }
  Result<Counted> type(const std::string& login, const PaperCounts& counts) {
    const CountAct what{officer(login), id, counts, std::string(as_text(random.bytes<32>())), now};
    return write([&](db::Write& w) { return type_count(w, what); });
  }
  std::vector<Vote> box() {
    return read([&](db::Read& r) { return votes_of(r, id); });
  }
  std::string box_file() {
    return read(
        [&](db::Read& r) { return box_of(*find(r, id), questions_of(r, id), votes_of(r, id)); });
  }
  Outcome outcome(std::int64_t question = 1) {
    return read([&](db::Read& r) {
      const Ballot b = *find(r, id);
      const auto all = questions_of(r, id);
      return result_of(b.rule, b.households, all[static_cast<std::size_t>(question - 1)],
                       votes_of(r, id));
    });
  }
  // The facts of this village, the oldest first.
  std::vector<ledger::GrassrootsFact> told() {
    std::vector<ledger::GrassrootsFact> all;
    for (const ledger::Stored& each :
         read([](db::Read& r) { return ledger::facts_before(r, 1'000'000, 1'000); }))
      if (const auto fact = ledger::parse_grassroots(each.payload)) all.insert(all.begin(), *fact);
    return all;
  }
  std::string url(const std::string& more = "") const {
    return "/ballots/" + std::to_string(id.value) + more;
  }
};

template <class T>
std::string error_of(const Result<T>& result) {
  return result.ok() ? "fine" : std::string(result.error().text.name());
}

}  // namespace ln::ballot
