// Households whose letters are lost, and who prints them again.
#pragma once

#include <string>
#include <vector>

#include "app/erasure.h"
#include "core/ledger/ledger_store.h"
#include "core/ledger/ledger_verify.h"
#include "feature/project/project_actions_reissue.h"
#include "feature/project/project_jobs.h"
#include "feature/project/project_store_check.h"
#include "test/project_ground.h"

namespace ln::project {

inline constexpr const char* good_reason = "Chủ hộ báo mất thư, đã xem căn cước và sổ đỏ.";
inline constexpr const char* hidden_words = "Nhà tôi đo thiếu mất sân sau kín.";

struct Lost : Ground {
  // Prints another letter for household `n` (from 0); gives its secret.
  Result<std::string> print_again(std::size_t n,
                                  const std::string& reason = good_reason,
                                  const std::string& as = "thu") {
    const std::string secret = people::draw_secret(random);
    const OfficeAct doing = act(as);
    const Asked asked{.number = "H-" + std::to_string(n + 1),
                      .reason = reason,
                      .key = people::Citizen(secret).key().public_key()};
    TRY(const Printed made, write([&](db::Write& w) { return reissue(w, doing, asked); }));
    CHECK(made.household.id == letters[n].household.id);
    return secret;
  }
  Result<Done> stop_it(std::size_t n) {
    const HouseholdAct doing = by(n);
    const auto all = read([&](db::Read& r) { return reissues_of(r, letters[n].household.id); });
    const Instant asked_at = all.empty() ? now : all.back().asked_at;
    return write([&](db::Write& w) { return stop_letter(w, doing, asked_at); });
  }
  // Who held household `n`'s letter before, with `secret`, takes the one in force back.
  Result<Done> take_it_back(std::size_t n, const std::string& secret) {
    HouseholdAct doing = by(n, secret);
    doing.more = draw_more(random);
    return write([&](db::Write& w) { return take_back(w, doing); });
  }
  Result<Household> erase_it(std::size_t n) {
    HouseholdAct gone = by(n);
    gone.more = draw_more(random);
    return write([&](db::Write& w) { return erase(w, gone); });
  }
  std::string faults() {
    std::string all;
    for (const ledger::Fault& each : read(unfit_texts)) all += each.what + "\n";
    return all;
  }
  std::int64_t pass() { return put_letters_in_force(database, random, now); }
  Reissue last_of(std::size_t n) {
    return read([&](db::Read& r) { return reissues_of(r, letters[n].household.id); }).back();
  }
  Household household(std::size_t n) {
    return *read([&](db::Read& r) { return find_household(r, letters[n].household.id); });
  }
  std::vector<Question> shown_to(std::size_t n) {
    return read([&](db::Read& r) { return questions_of(r, household(n)); });
  }
  bool opens(std::size_t n, const std::string& secret) {
    return read([&](db::Read& r) {
      return open_file(r, people::Citizen(secret), *letters[n].household.code).ok();
    });
  }
  // Household `n` holds a letter that was printed again and works.
  void hand_over(std::size_t n) {
    const auto secret = print_again(n);
    REQUIRE(secret.ok());
    now = last_of(n).works_at;
    REQUIRE(pass() == 1);
    letters[n].secret = secret.value();
  }
};

}  // namespace ln::project
