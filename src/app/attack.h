// "sample attack": the visitor plays the corrupt clerk and the one who rewrites history, on copies
// of a sample city in a temporary folder, and sees who notices. Every attack is really carried out:
// rows are deleted, heads are signed with the log's own key, databases are rolled back.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/said.h"
#include "base/time.h"

namespace ln::app {

// Somebody who looks, and whether they see that something is wrong.
struct Onlooker {
  TextKey by;  // "the receipt", "the second file"
  Said sees;   // what they find, when they do
  bool noticed = false;
};

// One attack, told in the order in which it happens.
struct Attack {
  std::string name;  // a word, for tests and for --only
  TextKey title;
  std::vector<Said> done{};  // what the attacker did
  bool carried_out = false;  // whether it is really so now
  std::vector<Onlooker> onlookers{};

  // Carried out, and noticed by everybody who is named.
  bool is_exposed() const;
};

struct AttackWish {
  // The folder of a sample city, which is copied and only read; empty: a small one is made for
  // this. No server may be running on it.
  std::string data = {};
  std::string only = {};  // the name of one attack; empty: all
  Instant now{};
  std::uint64_t seed = 2026;
};

// What comes before the attacks: a citizen sends something and keeps the receipt.
struct Attacked {
  std::vector<Said> before;
  std::vector<Attack> attacks;
};

// Plays in a temporary folder of its own, which is gone afterwards. Throws db::Failure when `data`
// holds no city that fits itself, and Misuse when it is not a sample or `only` is no attack.
Attacked play_attacks(const AttackWish& wish);

// 0 when every attack was carried out and exposed by everybody named; else 1.
int status_of(const std::vector<Attack>& attacks);

}  // namespace ln::app
