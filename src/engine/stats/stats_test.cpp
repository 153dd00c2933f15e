#include "engine/stats/stats.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"

namespace ln {
namespace {

using stats::Band;
using stats::Share;
using Table = std::vector<std::vector<std::int64_t>>;

// "12 - 40 | 71": hidden counts are "-".
std::string shown(const stats::SafeTable& table, std::size_t rows, std::size_t columns) {
  const auto word = [](std::optional<std::int64_t> count) {
    return count ? std::to_string(*count) : std::string("-");
  };
  std::string out;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column)
      out += word(table.count(row, column)) + " ";
    out += "| " + word(table.row_total(row)) + "\n";
  }
  for (std::size_t column = 0; column < columns; ++column)
    out += word(table.column_total(column)) + " ";
  return out + "| " + word(table.total());
}

// What an attacker does: all equations of the table in the hidden counts, solved modulo a prime.
class Attacker {
 public:
  Attacker(const stats::SafeTable& table, std::size_t rows, std::size_t columns) {
    const std::size_t width = columns + 1;
    const auto hidden = [&](std::size_t row, std::size_t column) {
      if (row < rows && column < columns) return !table.count(row, column);
      if (row < rows) return !table.row_total(row);
      return column < columns ? !table.column_total(column) : !table.total();
    };
    cells_ = (rows + 1) * width;
    for (std::size_t row = 0; row <= rows; ++row) {
      equations_.emplace_back(cells_);
      for (std::size_t column = 0; column <= columns; ++column)
        if (hidden(row, column))
          equations_.back()[row * width + column] = column < columns ? 1 : -1;
    }
    for (std::size_t column = 0; column <= columns; ++column) {
      equations_.emplace_back(cells_);
      for (std::size_t row = 0; row <= rows; ++row)
        if (hidden(row, column)) equations_.back()[row * width + column] = row < rows ? 1 : -1;
    }
    reduce();
  }
  // A row with one unknown left gives it away.
  bool learns_something() const {
    return std::any_of(equations_.begin(), equations_.end(), [](const auto& equation) {
      return std::count_if(equation.begin(), equation.end(), [](auto x) { return x != 0; }) == 1;
    });
  }

 private:
  static constexpr std::int64_t prime = 1000003;
  static std::int64_t mod(std::int64_t x) { return (x % prime + prime) % prime; }
  static std::int64_t inverse(std::int64_t x) {
    std::int64_t out = 1;
    for (std::int64_t power = prime - 2, base = mod(x); power > 0; power /= 2) {
      if (power % 2 == 1) out = mod(out * base);
      base = mod(base * base);
    }
    return out;
  }
  void reduce() {
    std::size_t rank = 0;
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      std::size_t pivot = rank;
      while (pivot < equations_.size() && mod(equations_[pivot][cell]) == 0) ++pivot;
      if (pivot == equations_.size()) continue;
      std::swap(equations_[rank], equations_[pivot]);
      const std::int64_t scale = inverse(equations_[rank][cell]);
      for (auto& x : equations_[rank]) x = mod(x * scale);
      for (std::size_t other = 0; other < equations_.size(); ++other) {
        const std::int64_t factor = mod(equations_[other][cell]);
        if (other == rank || factor == 0) continue;
        for (std::size_t i = 0; i < cells_; ++i)
          equations_[other][i] = mod(equations_[other][i] - factor * equations_[rank][i]);
      }
      ++rank;
    }
  }

  std::size_t cells_ = 0;
  std::vector<std::vector<std::int64_t>> equations_;
};

void check_interval(stats::Interval interval, double low, double high) {
  CHECK(interval.low == doctest::Approx(low).epsilon(0.0002));
  CHECK(interval.high == doctest::Approx(high).epsilon(0.0002));
}

}  // namespace

TEST_CASE("150 of 302 is 49.7 %, whatever was once printed") {
  CHECK(stats::ratio({150, 302}) == 0.496689);
  CHECK(stats::tenths_of_percent({150, 302}) == 497);
  CHECK(stats::tenths_of_percent({150, 302}) != 613);
  CHECK(stats::tenths_of_percent({69, 5700}) == 12);  // 1.2 %, printed as 0.02 %.
  CHECK(stats::tenths_of_percent({1, 2000}) == 1);    // Half goes up.
  CHECK(stats::tenths_of_percent({1, 2001}) == 0);
  CHECK(stats::tenths_of_percent({2, 3}) == 667);
  CHECK(stats::tenths_of_percent({7, 7}) == 1000);
  CHECK(stats::tenths_of_percent({0, 0}) == 0);
  CHECK(stats::ratio({0, 0}) == 0);
}

TEST_CASE("Wilson's interval gives the published examples") {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
  check_interval(stats::wilson({81, 263}), 0.2553, 0.3662);
  check_interval(stats::wilson({15, 148}), 0.0624, 0.1605);
  check_interval(stats::wilson({0, 20}), 0.0000, 0.1611);
  check_interval(stats::wilson({1, 29}), 0.0061, 0.1718);
  check_interval(stats::wilson({29, 29}), 0.8830, 1.0000);
  check_interval(stats::wilson({0, 0}), 0, 1);
  // A cluster sample worth half as much is a sample of half the size.
  const auto halved = stats::wilson({100, 200}, 2);
  CHECK(halved.low == stats::wilson({50, 100}).low);
  CHECK(halved.high == stats::wilson({50, 100}).high);
}

TEST_CASE("an interval holds its share and narrows as answers come") {
  CHECK(rc::check("wilson", [] {
    const auto whole = *rc::gen::inRange<std::int64_t>(1, 100000);
    const auto part = *rc::gen::inRange<std::int64_t>(0, whole + 1);
    const auto interval = stats::wilson({part, whole});
    const double share = stats::ratio({part, whole});
    RC_ASSERT(0 <= interval.low && interval.low <= share);
    RC_ASSERT(share <= interval.high && interval.high <= 1);
    const auto more = stats::wilson({part * 4, whole * 4});
    RC_ASSERT(more.high - more.low < interval.high - interval.low);
    const auto mirrored = stats::wilson({whole - part, whole});
    RC_ASSERT(std::abs(mirrored.low - (1 - interval.high)) < 2e-6);
  }));
}

TEST_CASE("a mean of ratings comes with what it can be trusted for") {
  const auto none = stats::mean_of({});
  CHECK(none.count == 0);
  CHECK(none.interval.low == 1);
  CHECK(none.interval.high == 5);
  const auto five = stats::mean_of({{0, 0, 0, 0, 5}});
  CHECK(five.mean == 5);
  CHECK(five.interval.high == 5);
  CHECK(five.interval.low == doctest::Approx(3.4952).epsilon(0.0001));  // 13/3 - z·√(14/9/8.5)
  const auto mixed = stats::mean_of({{10, 0, 0, 0, 30}});
  CHECK(mixed.mean == 4);
  CHECK(mixed.interval.low < 3.6);
  CHECK(mixed.interval.high > 4.3);
}

TEST_CASE("the interval of a mean holds the truth about as often as it says") {
  // A skewed crowd, as ratings are: 6 % 1, 4 % 2, 10 % 3, 30 % 4, 50 % 5.
  constexpr double truth = 4.14;
  SeededRandom random(20);
  for (const int people : {10, 30, 200}) {
    int held = 0;
    for (int round = 0; round < 2000; ++round) {
      stats::Ratings ratings;
      for (int i = 0; i < people; ++i) {
        const auto draw = random.below(100);
        ++ratings.counts[draw < 6 ? 0 : draw < 10 ? 1 : draw < 20 ? 2 : draw < 50 ? 3 : 4];
      }
      const auto interval = stats::mean_of(ratings).interval;
      held += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    CHECK_MESSAGE(held >= 1860, people);  // 93 %
    CHECK_MESSAGE(held <= 1970, people);
  }
}

TEST_CASE("late cases still open count as late") {
  const Share late =
      stats::late_share({.open_late = 10, .done_late = 20, .received = 250, .carried_over = 50});
  CHECK(late.part == 30);
  CHECK(late.whole == 300);
}

TEST_CASE("units are drawn towards the city as far as they do not differ") {
  // By hand: p = 1/2, spread 3.2, rho = (3.2/0.25 - 2) / (30 - 10 - 2) = 0.6, weight 1/0.6 - 1.
  const auto pool = stats::pool_of({{1, 10}, {5, 10}, {9, 10}});
  CHECK(pool.share == 0.5);
  CHECK(pool.weight == 0.666667);
  CHECK(stats::pooled({1, 10}, pool).estimate == 0.125);
  // All alike: nothing but the city is known, with the weight of all answers.
  const auto alike = stats::pool_of({{5, 10}, {50, 100}, {4, 8}});
  CHECK(alike.weight == 118);
  CHECK(stats::pool_of({}).weight == 0);
  CHECK(stats::pool_of({{0, 0}, {3, 4}}).weight == 4);
  CHECK(stats::pool_of({{0, 5}, {0, 7}}).share == 0);
}

TEST_CASE("a ward with five ratings does not stand above one with two hundred") {
  std::vector<Share> units = {{5, 5}, {190, 200}, {4, 4}, {60, 200}};
  for (int i = 0; i < 20; ++i) units.push_back({140, 200});
  const auto pool = stats::pool_of(units);
  CHECK(stats::pooled(units[0], pool).estimate < stats::pooled(units[1], pool).estimate);
  const auto bands = stats::bands_of(units);
  CHECK(bands[0] == Band::around);
  CHECK(bands[1] == Band::clearly_above);
  CHECK(bands[2] == Band::too_few);
  CHECK(bands[3] == Band::clearly_below);
  CHECK(std::count(bands.begin(), bands.end(), Band::around) == 21);
  CHECK(stats::bands_of(units, 201)[1] == Band::too_few);
}

TEST_CASE("bands say nothing where units do not differ") {
  CHECK(rc::check("units of one city", [] {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    std::vector<Share> units(30);
    for (Share& unit : units) {
      unit.whole = 60;
      for (int i = 0; i < 60; ++i) unit.part += random.below(100) < 70 ? 1 : 0;
    }
    const auto bands = stats::bands_of(units);
    RC_ASSERT(std::count(bands.begin(), bands.end(), Band::around) >= 27);
  }));
}

TEST_CASE("a hidden count cannot be computed from the totals") {
  const Table safe = {{12, 40}, {30, 8}};
  CHECK(shown(stats::SafeTable(safe, 5), 2, 2) == "12 40 | 52\n30 8 | 38\n42 48 | 90");
  // 3 is too few; 9 and 20 hide it along its row and column, 40 closes the square.
  const Table table = {{3, 9, 50}, {20, 40, 60}, {70, 80, 90}};
  CHECK(shown(stats::SafeTable(table, 5), 3, 3) ==
        "- - 50 | 62\n- - 60 | 120\n70 80 90 | 240\n93 129 200 | 422");
  // One row of counts: the neighbour goes too, in the row and in the totals.
  CHECK(shown(stats::SafeTable({{3, 50, 60}}, 5), 1, 3) == "- - 60 | 113\n- - 60 | 113");
  // 1 + 2 with a total of 3 would still tell of three people.
  CHECK(shown(stats::SafeTable({{1, 2, 50, 60}}, 5), 1, 4) == "- - - 60 | 113\n- - - 60 | 113");
  CHECK(shown(stats::SafeTable({{3}}, 5), 1, 1) == "- | -\n- | -");
  CHECK(shown(stats::SafeTable({{0, 0}, {0, 10}}, 5), 2, 2) == "0 0 | 0\n0 10 | 10\n0 10 | 10");
  CHECK(shown(stats::SafeTable({{5}}, 5), 1, 1) == "5 | 5\n5 | 5");
}

TEST_CASE("no table of counts gives a small count away") {
  CHECK(rc::check("attacked", [] {
    const auto height = *rc::gen::inRange<std::size_t>(1, 6);
    const auto width = *rc::gen::inRange<std::size_t>(1, 6);
    const auto floor = *rc::gen::element<std::int64_t>(5, 10);
    const auto count =
        rc::gen::weightedOneOf<std::int64_t>({{3, rc::gen::inRange<std::int64_t>(10, 200)},
                                              {1, rc::gen::inRange<std::int64_t>(0, 10)},
                                              {1, rc::gen::just<std::int64_t>(0)}});
    Table rows;
    for (std::size_t i = 0; i < height; ++i)
      rows.push_back(*rc::gen::container<std::vector<std::int64_t>>(width, count));
    const stats::SafeTable table(rows, floor);
    RC_ASSERT_FALSE(Attacker(table, height, width).learns_something());
    for (std::size_t row = 0; row < height; ++row) {
      std::int64_t hidden = 0;
      for (std::size_t column = 0; column < width; ++column) {
        const auto each = table.count(row, column);
        if (each) RC_ASSERT(*each == rows[row][column]);
        if (each) RC_ASSERT((*each == 0 || *each >= floor));
        if (!each) hidden += rows[row][column];
      }
      if (table.row_total(row)) RC_ASSERT((hidden == 0 || hidden >= floor));
    }
  }));
}

}  // namespace ln
