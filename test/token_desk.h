// An office with a draft about those who work there, who take tokens for it and spend them.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "core/people/people_code.h"
#include "engine/blind/blind_client.h"
#include "feature/consultation/consultation_actions_decide.h"
#include "feature/consultation/consultation_actions_token.h"
#include "test/draft_desk.h"

namespace ln::consultation {

struct TokenDesk : test::DraftDesk {
  blind::KeyPair key = [this] { return blind::make_key(random); }();

  TokenDesk() {
    write([&](db::Write& w) {
      for (int n = 1; n <= 20; ++n)
        add_account(w, "nv" + std::to_string(n), "Nhân Viên", people::Role::clerk, "P1");
    });
    make();
    REQUIRE(open_for("P1") == "fine");
  }
  std::string open_for(const std::string& unit) {
    const auto done = write([&](db::Write& w) {
      return open_for_staff(w, act(), id, test::last_day, {units.at(unit), key});
    });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  people::Staff staff(const std::string& login) {
    return *read([&](db::Read& r) {
      return people::SignIn::staff_of(r, people::hash_of("token-of-" + login), now, now);
    });
  }
  TokenKey told_key() {
    return *read([&](db::Read& r) { return find_token_key(r, id); });
  }
  // The signature of `blinded`, or the word of the refusal.
  std::string ask(const std::string& login, const std::string& blinded) {
    const IssueAct asked{.staff = staff(login), .id = id, .blinded = blinded, .now = now};
    const auto signature = read([&](db::Read& r) { return prepare_issue(r, asked); });
    if (!signature.ok()) return std::string(signature.error().text.name());
    const auto done = write([&](db::Write& w) { return issue(w, asked); });
    return done.ok() ? signature.value() : std::string(done.error().text.name());
  }
  // A whole token, as the browser makes it: of one person ("nv7") the same in every office.
  std::string take(const std::string& login) {
    SeededRandom own(500 + std::stoull(login.substr(2)));
    const std::string message = blind::prepare(as_text(own.bytes<32>()), own);
    const auto blinded = blind::blind(told_key().public_key, message, own);
    const auto signature = blind::finalize(told_key().public_key, message,
                                           ask(login, blinded.value().message), blinded->inverse);
    REQUIRE(signature);
    return blind::text_of({id.value, message, *signature});
  }
  // Ten who take one, so that those of others may be spent.
  void take_ten() {
    for (int n = 11; n <= 20; ++n) take("nv" + std::to_string(n));
  }
  std::vector<std::string> print(std::int64_t count) {
    SlipsAct slips{.officer = officer("hoa"), .id = id, .now = now};
    for (std::int64_t n = 0; n < count; ++n) slips.secrets.push_back(people::draw_secret(random));
    REQUIRE(write([&](db::Write& w) { return print_slips(w, slips); }).ok());
    return slips.secrets;
  }
  std::string refuse_print(std::int64_t count, const std::string& login = "hoa") {
    const SlipsAct slips{.officer = officer(login),
                         .id = id,
                         .secrets = std::vector<std::string>(static_cast<std::size_t>(count)),
                         .now = now};
    const auto done = write([&](db::Write& w) { return print_slips(w, slips); });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  std::string spend_it(const std::string& typed, const std::string& mark) {
    const auto brought = read([&](db::Read& r) { return prepare_spending(r, id, typed, now); });
    if (!brought.ok()) return std::string(brought.error().text.name());
    const auto done = write([&](db::Write& w) { return spend(w, id, brought.value(), mark, now); });
    return done.ok() ? "fine" : std::string(done.error().text.name());
  }
  std::int64_t count_of(const char* what) {
    const auto only = [](const db::Row& row) { return row.integer(0); };
    return *read([&](db::Read& r) {
      const std::string name = what;
      if (name == "issued") return r.one("SELECT count(*) FROM consultation_token_issued", only);
      if (name == "spent") return r.one("SELECT count(*) FROM consultation_token_spent", only);
      if (name == "holders") return r.one("SELECT count(*) FROM consultation_token_holder", only);
      if (name == "slips") return r.one("SELECT count(*) FROM consultation_token_slip", only);
      return r.one("SELECT count(*) FROM ledger_entry", only);
    });
  }
  void close() {
    now = at_local(test::last_day + std::chrono::days(1));
    REQUIRE(close_due(database, now) == 1);
  }
  std::string address(const std::string& more = "/token") const {
    return "/consultations/" + std::to_string(id.value) + more;
  }
};

inline const std::string mark_a(32, 'a'), mark_b(32, 'b'), mark_c(32, 'c');

// The token of the first form on a page.
inline std::string csrf_of(const test::Browser& browser) {
  const std::string before = "name=\"csrf\" value=\"";
  const std::size_t at = browser.body().find(before);
  REQUIRE(at != std::string::npos);
  const std::size_t from = at + before.size();
  return browser.body().substr(from, browser.body().find('"', from) - from);
}
inline constexpr const char* form_type = "application/x-www-form-urlencoded";

}  // namespace ln::consultation
