#include "engine/stats/stats_safe.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"

namespace ln {
namespace {

using stats::SafeTree;
using Units = std::vector<SafeTree::Unit>;

// An attacker with nothing but what is published: every number is an interval, and all equations
// (each unit's columns, each unit's children, inner rows too) narrow them until nothing moves.
class Attacker {
 public:
  Attacker(const SafeTree& tree, const Units& units, std::size_t columns)
      : width_(columns + 1), low_(units.size() * width_), high_(low_.size()) {
    std::vector<std::vector<std::size_t>> children(units.size());
    for (std::size_t unit = 1; unit < units.size(); ++unit)
      children[units[unit].parent].push_back(unit);
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      std::vector<std::size_t> row;
      for (std::size_t column = 0; column < width_; ++column) {
        const std::size_t own = unit * width_ + column;
        const auto shown = column < columns ? tree.count(unit, column) : tree.total(unit);
        low_[own] = shown.value_or(0);
        high_[own] = shown.value_or(1'000'000);
        if (column < columns) row.push_back(own);
        std::vector<std::size_t> below;
        for (const std::size_t child : children[unit]) below.push_back(child * width_ + column);
        if (!below.empty()) equations_.push_back({own, below});
      }
      equations_.push_back({unit * width_ + columns, row});
    }
    while (narrow()) {
    }
  }
  std::int64_t low(std::size_t unit, std::size_t column) const {
    return low_[unit * width_ + column];
  }
  std::int64_t high(std::size_t unit, std::size_t column) const {
    return high_[unit * width_ + column];
  }

 private:
  struct Equation {
    std::size_t sum;
    std::vector<std::size_t> parts;
  };
  bool narrow() {
    bool changed = false;
    const auto settle = [&](std::size_t at, std::int64_t low, std::int64_t high) {
      changed = changed || low > low_[at] || high < high_[at];
      low_[at] = std::max(low_[at], low);
      high_[at] = std::min(high_[at], high);
    };
    for (const Equation& each : equations_) {
      std::int64_t low = 0, high = 0;
      for (const std::size_t part : each.parts) {
        low += low_[part];
        high += high_[part];
      }
      settle(each.sum, low, high);
      for (const std::size_t part : each.parts)
        settle(part, low_[each.sum] - (high - high_[part]), high_[each.sum] - (low - low_[part]));
    }
    return changed;
  }

  std::size_t width_;
  std::vector<std::int64_t> low_, high_;
  std::vector<Equation> equations_;
};

std::string shown(const SafeTree& tree, std::size_t units, std::size_t columns) {
  const auto word = [](std::optional<std::int64_t> count) {
    return count ? std::to_string(*count) : std::string("-");
  };
  std::string out;
  for (std::size_t unit = 0; unit < units; ++unit) {
    for (std::size_t column = 0; column < columns; ++column)
      out += word(tree.count(unit, column)) + " ";
    out += "| " + word(tree.total(unit)) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a ward's small count is not its district minus the other wards") {
  // City, two districts, two wards each.
  const Units units = {{0, {}},       {0, {}},       {0, {}},      {1, {3, 40}},
                       {1, {20, 50}}, {2, {30, 60}}, {2, {70, 80}}};
  const std::vector<std::int64_t> floors = {5, 5, 5};
  const SafeTree tree(units, floors);
  CHECK_FALSE(tree.count(3, 0));
  CHECK(shown(tree, 7, 2) ==
        "123 230 | 353\n23 90 | 113\n100 140 | 240\n- - | 43\n- - | 70\n30 60 | 90\n70 80 | 150\n");
  // The first column touches protected reports: 9 is too few there, and enough elsewhere.
  const Units rows = {{0, {}}, {0, {9, 9, 50}}, {0, {60, 70, 80}}};
  CHECK(shown(SafeTree(rows, std::vector<std::int64_t>{5, 5, 5, 5}), 3, 3) ==
        "69 79 130 | 278\n9 9 50 | 68\n60 70 80 | 210\n");
  const SafeTree strict(rows, std::vector<std::int64_t>{10, 5, 5, 5});
  CHECK_FALSE(strict.count(1, 0));
  CHECK(strict.total(1) == 68);
  // Where nothing else can hide it, the totals go too.
  const Units alone = {{0, {}}, {0, {3}}};
  CHECK(shown(SafeTree(alone, std::vector<std::int64_t>{5, 5}), 2, 1) == "- | -\n- | -\n");
  const Units nobody = {{0, {}}, {0, {0, 0}}, {0, {0, 12}}};
  CHECK(shown(SafeTree(nobody, floors), 3, 2) == "0 12 | 12\n0 0 | 0\n0 12 | 12\n");
}

TEST_CASE("no tree of units gives a small count away, not even a bound on it") {
  SeededRandom random(91);
  int small = 0, hidden = 0, all = 0;
  for (int round = 0; round < 400; ++round) {
    const std::size_t columns = 1 + random.below(4);
    Units units = {{0, {}}};
    const std::size_t districts = 1 + random.below(4);
    // Districts with wards, or at once wards.
    const bool is_deep = random.below(3) > 0;
    const auto ward = [&](std::size_t parent) {
      SafeTree::Unit out{parent, {}};
      for (std::size_t i = 0; i < columns; ++i) {
        const auto kind = random.below(5);
        out.counts.push_back(static_cast<std::int64_t>(kind == 0   ? 0
                                                       : kind == 1 ? random.below(10)
                                                                   : 5 + random.below(100)));
      }
      return out;
    };
    for (std::size_t i = 0; i < districts; ++i) {
      units.push_back(is_deep ? SafeTree::Unit{0, {}} : ward(0));
      const std::size_t parent = units.size() - 1;
      for (std::size_t j = random.below(4) + 1; is_deep && j > 0; --j)
        units.push_back(ward(parent));
    }
    std::vector<std::int64_t> floors(columns + 1, 5);
    floors[0] = random.below(2) == 0 ? 10 : 5;
    const SafeTree tree(units, floors);
    const Attacker attacker(tree, units, columns);
    // What is true, from the wards up.
    std::vector<std::int64_t> truth(units.size() * (columns + 1));
    for (std::size_t unit = units.size(); unit-- > 0;) {
      for (std::size_t i = 0; i < units[unit].counts.size(); ++i) {
        truth[unit * (columns + 1) + i] = units[unit].counts[i];
        truth[unit * (columns + 1) + columns] += units[unit].counts[i];
      }
      for (std::size_t i = 0; unit > 0 && i <= columns; ++i)
        truth[units[unit].parent * (columns + 1) + i] += truth[unit * (columns + 1) + i];
    }
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      for (std::size_t column = 0; column <= columns; ++column) {
        const std::int64_t count = truth[unit * (columns + 1) + column];
        const auto told = column < columns ? tree.count(unit, column) : tree.total(unit);
        ++all;
        hidden += told ? 0 : 1;
        if (told) REQUIRE(*told == count);
        if (count == 0 || count >= floors[column]) continue;
        ++small;
        REQUIRE_FALSE(told);
        REQUIRE(attacker.high(unit, column) >= floors[column]);
        REQUIRE(attacker.high(unit, column) - attacker.low(unit, column) + 1 >= floors[column]);
      }
    }
  }
  MESSAGE("small ", small, ", hidden ", hidden, " of ", all);
  CHECK(small > 300);
  CHECK(hidden < all / 2 + small);
}

TEST_CASE("published runs of weeks never overlap, and none is too small") {
  const std::vector<std::size_t> months = {4, 4, 5, 4, 4, 5};
  const auto runs = [&](std::vector<std::int64_t> weeks) {
    return stats::told_runs(weeks, months);
  };
  CHECK(runs({9, 9, 9, 9}) == std::vector<std::size_t>{1, 1, 1, 1});
  // The second week waits for its month.
  CHECK(runs({9, 2, 9, 9, 9}) == std::vector<std::size_t>{1, 3, 1});
  // The fourth week has no month left to wait for; its quarter is the next to take it in.
  CHECK(runs({9, 9, 9, 2, 9}) == std::vector<std::size_t>{1, 1, 1});
  CHECK(runs({9, 9, 9, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9}) == std::vector<std::size_t>{1, 1, 1, 10});
  CHECK(runs({1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0}) == std::vector<std::size_t>{13});
  CHECK(runs({1, 0, 1, 1}).empty());
  CHECK(runs({}).empty());
  SeededRandom random(92);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::int64_t> weeks(26);
    for (auto& week : weeks) week = static_cast<std::int64_t>(random.below(9));
    const auto told = runs(weeks);
    std::size_t at = 0;
    for (const std::size_t length : told) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < length; ++i) sum += weeks[at++];
      REQUIRE(sum >= stats::privacy_floor);
    }
    REQUIRE(at <= weeks.size());
    // What was told earlier stays as it was told.
    const auto earlier = runs({weeks.begin(), weeks.begin() + 15});
    REQUIRE(std::equal(earlier.begin(), earlier.end(), told.begin()));
  }
}

}  // namespace ln
