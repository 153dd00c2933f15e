// Gaming signals: patterns in a unit's month that honest work rarely makes. Each is a signal with
// its arithmetic, never a verdict: the page shows the numbers, the cases behind them and the rule,
// and the head of the unit can dispute it.
//
// A signal is raised when both hold: chance makes a pattern this strong in at most `level_max` of
// months (p-value), and it is large enough to matter (the size named at each function). The level
// is small because every unit is asked a dozen questions each month: with 1 in 10,000 a question,
// about one honest unit in a thousand is named in a month. Levels and sizes are data.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/stats/stats.h"

namespace ln::stats {

enum class SignalKind : std::uint8_t {
  burst,              // many ratings from one device or counter within minutes
  early_rating,       // rated before the answer was opened
  staff_entered,      // ratings typed in by staff
  even_counts,        // daily counts more alike than chance allows
  odd_digits,         // last digits that people invent
  picked_invitation,  // those with a good outcome were invited to rate, the others were not
  closed_in_minutes,
  short_answer,  // shorter than the question
  no_evidence,
  forwarding_loop,
  pressed_rating,  // ratings in the presence of staff all praise, the others do not
};

struct Signal {
  SignalKind kind = SignalKind::burst;
  bool is_raised = false;
  double observed = 0;  // What was counted, in the unit of the function.
  double expected = 0;  // What chance or the other units make of it.
  double size_min = 0;  // The observed value from which it matters.
  double p_value = 1;   // Six decimals; the decision was made on the exact one.
  double level_max = 0;
};

inline constexpr double signal_level = 0.0001;

// Times of ratings from one device or at one counter, in minutes of opening hours since the month
// began (closed hours left out), in any order. `observed` is the most ratings within `window`
// minutes. The p-value is the conditional scan statistic's: the chance that n events, thrown on the
// open minutes, put so many into some window (S. Wallenstein, N. Neff, Statistics in Medicine 6,
// 1987, 197–207: (k/w - n - 1)·b(k) + 2·G(k)). Mornings are busier than afternoons, so the window
// is taken `peak` times as long as it is. It matters from `size_min` ratings on.
// Precondition: 0 <= times < open_minutes, 1 <= window, peak >= 1.
struct BurstRule {
  std::int64_t window = 10;
  double peak = 3;
  std::int64_t size_min = 8;
  double level_max = signal_level;
};
Signal burst_of(std::span<const std::int64_t> times,
                std::int64_t open_minutes,
                const BurstRule& rule = {});
// The p-value alone: some window of the share `window` holds `most` of `count` events or more.
double scan_at_least(std::int64_t most, std::int64_t count, double window);

// A unit's share against the ordinary units': early ratings of all ratings, staff-entered of all,
// closed in minutes of all closed, answers shorter than the question, answers without evidence,
// cases sent round in a loop. p-value: the beta-binomial's upper tail, so that the units' honest
// differences are allowed for (share_at_least). It matters when the share exceeds the ordinary one
// by `excess_min`, and the cases are at least `part_min`. `observed`, `expected` and `size_min` are
// shares. Make `pool` with ordinary_pool over the same month of all units of the same level.
struct ShareRule {
  double excess_min = 0.15;
  std::int64_t part_min = 5;
  double level_max = signal_level;
};
Signal share_signal(SignalKind kind, Share unit, const Pool& pool, const ShareRule& rule = {});

// Daily counts of one kind in one unit (days it was open). Chance gives counts of independent
// events a variance of about their mean; typed-in ones are even. `observed` is variance / mean,
// expected 1; p-value: lower tail of the chi-square of the index of dispersion with days - 1
// degrees (R. A. Fisher, Statistical Methods for Research Workers, 1925, section 16). It matters
// at a dispersion of at most `dispersion_max` (in size_min), over ten days or more and a mean of
// two or more.
struct EvenRule {
  double dispersion_max = 0.4;
  double level_max = signal_level;
};
Signal even_counts_of(std::span<const std::int64_t> counts, const EvenRule& rule = {});

// Last digits of numbers a unit reported, each of three digits or more, where every last digit is
// equally likely; people who invent numbers have favourites, or deal the digits out too evenly
// (B. Beber, A. Scacco, Political Analysis 20, 2012, 211–234). `observed` is Pearson's X² of the
// ten digits, expected 9; p-value: the smaller tail of the chi-square with 9 degrees, doubled.
// It matters from `numbers_min` numbers on (in size_min).
struct DigitRule {
  std::int64_t numbers_min = 50;
  double level_max = signal_level;
};
Signal digits_of(std::span<const std::int64_t> numbers, const DigitRule& rule = {});

// Two groups of the same unit: what the cases with a good outcome got, against the others.
// Fisher's exact test, one-sided; `observed` and `expected` are the shares of the two groups, and
// it matters when the first exceeds the second by `excess_min`.
// - picked_invitation: good = {invited, all} of the cases answered in time and solved, bad = of the
//   others. An honest unit invites both alike.
// - pressed_rating: good = {praised, all} of ratings given where staff saw them, bad = of ratings
//   given elsewhere.
struct PairRule {
  double excess_min = 0.2;
  double level_max = signal_level;
};
Signal pair_signal(SignalKind kind, Share good, Share bad, const PairRule& rule = {});

}  // namespace ln::stats
