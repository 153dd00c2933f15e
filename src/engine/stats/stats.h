// Figures that nobody can polish: shares with intervals, means of ratings, fair comparison of
// units, and what must not be published.
//
// Everything is computed from counts. Results are rounded to six decimals (half away from zero) as
// they leave, so that every machine publishes and compares the same number; percentages on pages
// are rounded from the counts themselves. All intervals are of 95 %.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ln::stats {

// `part` of `whole`: 150 of 302. Everywhere: 0 <= part <= whole.
struct Share {
  std::int64_t part = 0;
  std::int64_t whole = 0;
};

// Between 0 and 1; 0 when there is no whole. Ask for `whole` before you show it.
double ratio(Share share);
// In tenths of a percent, rounded half up from the integers: 150 of 302 is 497, which is 49.7 %.
std::int64_t tenths_of_percent(Share share);

struct Interval {
  double low = 0;
  double high = 1;
};

// Wilson's score interval (E. B. Wilson, JASA 22, 1927, 209–212), which stays honest for few
// answers and near 0 and 1, where the textbook's p ± 1.96·s is not. Nobody asked: the whole range.
// `design_effect` >= 1 is how many answers of a cluster sample are worth one of a simple sample.
Interval wilson(Share share, double design_effect = 1);

// Ratings from 1 to 5: counts[0] people gave 1.
struct Ratings {
  std::array<std::int64_t, 5> counts{};
  std::int64_t count() const;
};
// The mean of the ratings as they are (3 of none), and mean and variance of what the mean may be
// under a multinomial with Jeffreys' prior (mean_of). Unrounded.
struct RatingMoments {
  double plain = 3;
  double mean = 3;
  double variance = 0;
};
RatingMoments moments_of(const Ratings& ratings);
struct Mean {
  std::int64_t count = 0;
  double mean = 0;  // Of the ratings as they are.
  Interval interval = {1, 5};
};
// The interval is that of the mean under a multinomial with Jeffreys' prior, half a rating for each
// of the five scores (Gelman et al., Bayesian Data Analysis, 3.4): five ratings of 5 do not prove
// that nobody would give less. It always holds the mean.
Mean mean_of(const Ratings& ratings);

// (late and open + late and done) / (received + carried over). Cases still open count: leaving them
// out is how late cases vanish from a report.
struct Lateness {
  std::int64_t open_late = 0;
  std::int64_t done_late = 0;
  std::int64_t received = 0;
  std::int64_t carried_over = 0;
};
Share late_share(const Lateness& lateness);

// How far a unit's own share can be believed, learned from how much the units differ:
// beta-binomial, moments as in Kleinman (JASA 68, 1973, 46–54) weighted by n.
struct Pool {
  double share = 0;   // The city's.
  double weight = 0;  // So many answers with the city's share are added to each unit's own.
};
Pool pool_of(const std::vector<Share>& units);

struct Pooled {
  double estimate = 0;
  Interval interval;
};
// A unit's share drawn towards the city's, strongly when it has few answers; Wilson's interval on
// the counts with the pool's weight added.
Pooled pooled(Share unit, const Pool& pool);

// Where a unit stands. There is no rank: where intervals overlap, an order would be invented.
enum class Band : std::uint8_t { clearly_above, around, clearly_below, too_few };

inline constexpr std::int64_t privacy_floor = 5;
inline constexpr std::int64_t privacy_floor_protected = 10;  // Whatever touches protected reports.

// "Clearly" means that the whole interval lies on one side of the city's share.
Band band_of(Share unit, const Pool& pool, std::int64_t floor = privacy_floor);
// One band for each unit, in their order.
std::vector<Band> bands_of(const std::vector<Share>& units, std::int64_t floor = privacy_floor);

// A table of counts of people with its totals, as it may be published.
class SafeTable {
 public:
  // Hides each count from 1 to floor - 1, totals too, and then the smallest others one by one until
  // (a) no hidden count can be computed from the shown counts and totals, and (b) where a total is
  // shown, the counts hidden beneath it are together at least `floor`. Precondition: rows are
  // equally long, not empty, counts >= 0. The same table gives the same holes.
  SafeTable(const std::vector<std::vector<std::int64_t>>& rows, std::int64_t floor);

  // Null is hidden.
  std::optional<std::int64_t> count(std::size_t row, std::size_t column) const;
  std::optional<std::int64_t> row_total(std::size_t row) const;
  std::optional<std::int64_t> column_total(std::size_t column) const;
  std::optional<std::int64_t> total() const;

 private:
  struct Cell {
    std::int64_t count = 0;
    bool is_hidden = false;
  };
  std::size_t rows() const { return height_ - 1; }
  std::size_t columns() const { return width_ - 1; }
  Cell& cell(std::size_t row, std::size_t column) { return cells_[row * width_ + column]; }
  const Cell& cell(std::size_t row, std::size_t column) const {
    return cells_[row * width_ + column];
  }
  std::optional<std::int64_t> shown(std::size_t row, std::size_t column) const;
  bool hide_for_sums(std::int64_t floor);
  bool hide_for_equations();

  // The last row and column are the totals. Each row and each column is one equation: its counts
  // add up to its total.
  std::size_t height_;
  std::size_t width_;
  std::vector<Cell> cells_;
};

}  // namespace ln::stats
