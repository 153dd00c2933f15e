// The sample city: the real units of Hanoi, and everything else made up. Repeatable: the same seed
// and `now` give the same codes, secrets and keys.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/sample_staff.h"
#include "base/time.h"

namespace ln::app {

// Enough for every list and figure to have something in it, and made in a few seconds.
inline constexpr std::size_t sample_cases_default = 4'000;

struct SampleWish {
  std::string folder;
  std::string url = {};  // of a PostgreSQL server; empty: the database is a file in the folder
  std::string schema = "langnghe";
  std::size_t case_count = sample_cases_default;
  std::uint64_t seed = 2026;
  Instant now;
  std::function<void(std::size_t done, std::size_t all)> progress{};
};

// A case that a newcomer can open.
struct SampleExample {
  TextKey what;
  std::string code, secret;  // as shown to people
};

struct SampleMade {
  std::size_t cases = 0, acts = 0, published = 0, communes = 0, accounts = 0;
  std::map<std::string, std::size_t> by_state;  // by the word of the state
  std::vector<SampleLogin> logins;
  std::vector<SampleExample> examples;
};

// Makes the city in `wish.folder`, whole or not at all, with
//   accounts.txt        logins and example cases, for people
//   holders/{A,B,C}.key the private halves of the sealing keys
//   sample              the mark by which pages say that all is made up
// Throws db::Failure when a city is there already or the machine fails.
SampleMade make_sample(const SampleWish& wish);

}  // namespace ln::app
