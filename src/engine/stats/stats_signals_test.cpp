// The signals against a city of honest wards and against every named attack, by a seeded simulator.
#include "engine/stats/stats_signals.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/random.h"
#include "engine/stats/stats_compare.h"
#include "engine/stats/stats_math.h"

namespace ln {
namespace {

using stats::Share;
using stats::SignalKind;

constexpr std::int64_t open_minutes = 22 * 8 * 60;  // 22 working days.
constexpr std::array share_kinds = {SignalKind::early_rating,      SignalKind::staff_entered,
                                    SignalKind::closed_in_minutes, SignalKind::short_answer,
                                    SignalKind::no_evidence,       SignalKind::forwarding_loop};
// What is usual in the city for each of them, and how unlike wards are: Beta(share·w, (1-share)·w).
constexpr std::array usual = {0.04, 0.15, 0.06, 0.08, 0.10, 0.03};
constexpr std::array alike = {60.0, 12.0, 40.0, 40.0, 20.0, 80.0};

double uniform(Random& random) { return static_cast<double>(random.next() >> 11) * 0x1.0p-53; }
std::int64_t drawn(Random& random, std::int64_t whole, double share) {
  std::int64_t out = 0;
  for (std::int64_t i = 0; i < whole; ++i) out += uniform(random) < share ? 1 : 0;
  return out;
}
std::int64_t poisson(Random& random, double mean) {
  std::int64_t out = 0;
  for (double left = mean + std::log(1 - uniform(random)); left > 0; ++out)
    left += std::log(1 - uniform(random));
  return out;
}

struct Ward {
  std::vector<std::int64_t> counter;  // times of ratings at its busiest counter
  std::array<Share, share_kinds.size()> shares{};
  std::vector<std::int64_t> daily;    // ratings a day
  std::vector<std::int64_t> numbers;  // what it reported
  Share invited_good, invited_bad;
  Share praised_seen, praised_alone;
};

// A counter is busier in the first hours of the day, and on some days two or three times as busy.
std::vector<std::int64_t> honest_times(Random& random, const std::vector<std::int64_t>& daily) {
  std::vector<std::int64_t> out;
  for (std::size_t day = 0; day < daily.size(); ++day) {
    for (std::int64_t i = 0; i < daily[day]; ++i) {
      const bool is_morning = uniform(random) < 0.6;
      const auto minute = static_cast<std::int64_t>(uniform(random) * (is_morning ? 150 : 480));
      out.push_back(static_cast<std::int64_t>(day) * 480 + minute);
    }
  }
  return out;
}

Ward honest_ward(Random& random) {
  Ward out;
  const double per_day = 3 + 9 * uniform(random);
  for (int day = 0; day < 22; ++day) {
    const double weather = day % 5 == 0 ? 1.5 : 0.75 + 0.5 * uniform(random);
    out.daily.push_back(poisson(random, per_day * weather));
  }
  out.counter = honest_times(random, out.daily);
  const auto cases = 30 + static_cast<std::int64_t>(random.below(200));
  for (std::size_t kind = 0; kind < share_kinds.size(); ++kind) {
    const double a = usual[kind] * alike[kind];
    const double own = stats::beta_point(1e-9 + (1 - 2e-9) * uniform(random), a, alike[kind] - a);
    out.shares[kind] = {drawn(random, cases, own), cases};
  }
  for (int i = 0; i < 60; ++i)
    out.numbers.push_back(100 + static_cast<std::int64_t>(random.below(900)));
  const std::int64_t good = cases * 7 / 10;
  const double invites = 0.4 + 0.5 * uniform(random);
  out.invited_good = {drawn(random, good, invites), good};
  out.invited_bad = {drawn(random, cases - good, invites), cases - good};
  // People are a little kinder where they are seen.
  out.praised_seen = {drawn(random, cases / 4, 0.80), cases / 4};
  out.praised_alone = {drawn(random, cases / 2, 0.74), cases / 2};
  return out;
}

using Pools = std::array<stats::Pool, share_kinds.size()>;

Pools pools_of(const std::vector<Ward>& wards) {
  Pools out;
  for (std::size_t kind = 0; kind < share_kinds.size(); ++kind) {
    std::vector<Share> units;
    for (const Ward& ward : wards) units.push_back(ward.shares[kind]);
    out[kind] = stats::ordinary_pool(units);
  }
  return out;
}

std::vector<SignalKind> raised(const Ward& ward, const Pools& pools) {
  std::vector<stats::Signal> all = {
      stats::burst_of(ward.counter, open_minutes), stats::even_counts_of(ward.daily),
      stats::digits_of(ward.numbers),
      stats::pair_signal(SignalKind::picked_invitation, ward.invited_good, ward.invited_bad),
      stats::pair_signal(SignalKind::pressed_rating, ward.praised_seen, ward.praised_alone)};
  for (std::size_t kind = 0; kind < share_kinds.size(); ++kind)
    all.push_back(stats::share_signal(share_kinds[kind], ward.shares[kind], pools[kind]));
  std::vector<SignalKind> out;
  for (const stats::Signal& each : all)
    if (each.is_raised) out.push_back(each.kind);
  return out;
}

void raise_share(Ward& ward, SignalKind kind, double share) {
  const auto at = std::find(share_kinds.begin(), share_kinds.end(), kind) - share_kinds.begin();
  Share& each = ward.shares[static_cast<std::size_t>(at)];
  each.part =
      std::max(each.part, static_cast<std::int64_t>(share * static_cast<double>(each.whole)));
}

// The named attacks, each on an otherwise honest ward.
const std::map<SignalKind, void (*)(Ward&, Random&)> attacks = {
    {SignalKind::burst,
     [](Ward& ward, Random& random) {
       // On the last afternoon somebody taps "very satisfied" fifteen times in ten minutes.
       const auto start = 21 * 480 + 400 + static_cast<std::int64_t>(random.below(60));
       for (int i = 0; i < 15; ++i)
         ward.counter.push_back(start + static_cast<std::int64_t>(random.below(10)));
     }},
    {SignalKind::early_rating,
     [](Ward& ward, Random&) { raise_share(ward, SignalKind::early_rating, 0.4); }},
    {SignalKind::staff_entered,
     [](Ward& ward, Random&) { raise_share(ward, SignalKind::staff_entered, 0.85); }},
    {SignalKind::closed_in_minutes,
     [](Ward& ward, Random&) { raise_share(ward, SignalKind::closed_in_minutes, 0.45); }},
    {SignalKind::short_answer,
     [](Ward& ward, Random&) { raise_share(ward, SignalKind::short_answer, 0.5); }},
    {SignalKind::no_evidence,
     [](Ward& ward, Random&) { raise_share(ward, SignalKind::no_evidence, 0.7); }},
    {SignalKind::forwarding_loop,
     [](Ward& ward, Random&) { raise_share(ward, SignalKind::forwarding_loop, 0.3); }},
    {SignalKind::even_counts,
     [](Ward& ward, Random& random) {
       // Ten ratings a day, sometimes nine or eleven, so that it looks natural.
       for (auto& day : ward.daily) day = 9 + static_cast<std::int64_t>(random.below(3));
     }},
    {SignalKind::odd_digits,
     [](Ward& ward, Random& random) {
       // Half of the numbers are invented, and invented numbers avoid 0 and 5 and love 7 and 3.
       constexpr std::array<std::int64_t, 6> loved = {7, 3, 7, 3, 8, 7};
       for (std::size_t i = 0; i < ward.numbers.size() * 6 / 10; ++i)
         ward.numbers[i] = ward.numbers[i] / 10 * 10 + loved[random.below(loved.size())];
     }},
    {SignalKind::picked_invitation,
     [](Ward& ward, Random& random) {
       ward.invited_good.part = drawn(random, ward.invited_good.whole, 0.9);
       ward.invited_bad.part = drawn(random, ward.invited_bad.whole, 0.1);
     }},
    {SignalKind::pressed_rating,
     [](Ward& ward, Random& random) {
       // Staff hold the tablet: everybody praises; at home people say what they think.
       ward.praised_seen.whole = ward.praised_alone.whole;
       ward.praised_seen.part = drawn(random, ward.praised_seen.whole, 0.98);
       ward.praised_alone.part = drawn(random, ward.praised_alone.whole, 0.5);
     }},
};

}  // namespace

TEST_CASE("at most one in a hundred of a thousand honest wards is accused in a month") {
  SeededRandom random(2026);
  std::vector<Ward> wards;
  for (int i = 0; i < 1000; ++i) wards.push_back(honest_ward(random));
  const Pools pools = pools_of(wards);
  int accused = 0;
  for (const Ward& ward : wards) accused += raised(ward, pools).empty() ? 0 : 1;
  MESSAGE("honest wards accused: ", accused, " of 1000");
  CHECK(accused <= 10);
}

TEST_CASE("at least nine in ten of each named attack are caught") {
  SeededRandom random(2027);
  constexpr int each = 100;
  std::vector<Ward> wards;
  for (int i = 0; i < 700; ++i) wards.push_back(honest_ward(random));
  // One attack at a time, carried out by an eighth of the wards of a city.
  for (const auto& [kind, attack] : attacks) {
    std::vector<Ward> city = wards;
    for (int i = 0; i < each; ++i) {
      city.push_back(honest_ward(random));
      attack(city.back(), random);
    }
    const Pools pools = pools_of(city);
    int caught = 0, accused = 0;
    for (std::size_t i = 0; i < city.size(); ++i) {
      const auto found = raised(city[i], pools);
      const bool is_attacker = i >= wards.size();
      if (is_attacker) caught += std::count(found.begin(), found.end(), kind) > 0 ? 1 : 0;
      if (!is_attacker) accused += found.empty() ? 0 : 1;
    }
    MESSAGE("attack ", static_cast<int>(kind), ": caught ", caught, " %, honest accused ", accused);
    CHECK(caught >= 90);
    CHECK(accused <= 7);
  }
}

TEST_CASE("the scan statistic agrees with what simulation finds") {
  // test/stats/reference.R, 200,000 rounds of twenty events in a tenth of the time.
  CHECK(std::abs(stats::scan_at_least(7, 20, 0.1) - 0.100215) < 0.012);
  CHECK(std::abs(stats::scan_at_least(8, 20, 0.1) - 0.022085) < 0.002);
  CHECK(std::abs(stats::scan_at_least(9, 20, 0.1) - 0.00386) < 0.0005);
  CHECK(stats::scan_at_least(1, 20, 0.1) == 1);
  CHECK(stats::scan_at_least(21, 20, 0.1) == 0);
  CHECK(stats::scan_at_least(0, 0, 0.1) == 1);
  CHECK(stats::scan_at_least(5, 20, 1) == 1);
}

TEST_CASE("a signal shows its arithmetic") {
  const stats::Pool pool = {.share = 0.1, .weight = 30};
  const auto high = stats::share_signal(SignalKind::closed_in_minutes, {40, 80}, pool);
  CHECK(high.is_raised);
  CHECK(high.observed == 0.5);
  CHECK(high.expected == 0.1);
  CHECK(high.size_min == 0.25);
  CHECK(high.p_value <= 0.0001);
  // Certain but too small to matter: 2,400 of 10,000 where a tenth is usual in every unit.
  const auto small = stats::share_signal(SignalKind::closed_in_minutes, {2400, 10'000}, {0.1, 1e6});
  CHECK(small.p_value == 0);
  CHECK_FALSE(small.is_raised);
  // Large but not certain: three of four.
  CHECK_FALSE(stats::share_signal(SignalKind::no_evidence, {3, 4}, pool).is_raised);
  CHECK_FALSE(stats::share_signal(SignalKind::no_evidence, {0, 0}, pool).is_raised);

  std::vector<std::int64_t> times = {5000, 5001, 5001, 5002, 5003, 5004, 5005, 5009, 5010};
  const auto burst = stats::burst_of(times, open_minutes);
  CHECK(burst.observed == 8);  // 5010 is ten minutes after 5000: the next window.
  CHECK(burst.is_raised);
  times.resize(7);
  CHECK_FALSE(stats::burst_of(times, open_minutes).is_raised);
  CHECK_FALSE(stats::burst_of({}, open_minutes).is_raised);

  const std::vector<std::int64_t> tens(22, 10);
  const auto even = stats::even_counts_of(tens);
  CHECK(even.observed == 0);
  CHECK(even.is_raised);
  CHECK_FALSE(stats::even_counts_of(std::vector<std::int64_t>(9, 10)).is_raised);
  CHECK_FALSE(stats::even_counts_of(std::vector<std::int64_t>(22, 1)).is_raised);

  std::vector<std::int64_t> dealt;
  for (int i = 0; i < 200; ++i) dealt.push_back(100 + i);  // Each last digit exactly twenty times.
  CHECK(stats::digits_of(dealt).observed == 0);
  CHECK(stats::digits_of(dealt).is_raised);
  CHECK_FALSE(stats::digits_of(std::vector<std::int64_t>(80, 17)).is_raised);  // Two digits.
  CHECK(stats::digits_of(std::vector<std::int64_t>(80, 117)).is_raised);

  const auto picked = stats::pair_signal(SignalKind::picked_invitation, {50, 60}, {3, 30});
  CHECK(picked.is_raised);
  CHECK(picked.observed == 0.833333);
  CHECK(picked.expected == 0.1);
  CHECK_FALSE(stats::pair_signal(SignalKind::picked_invitation, {3, 30}, {50, 60}).is_raised);
  CHECK_FALSE(stats::pair_signal(SignalKind::picked_invitation, {5, 5}, {0, 0}).is_raised);
}

}  // namespace ln
