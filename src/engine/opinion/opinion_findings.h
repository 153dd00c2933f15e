// What a map says in words and numbers: for each group its size, what it holds and what sets it
// apart, and what unites and divides all of them.
//
// Shares come with Wilson's 95 % interval (engine/stats). Everywhere "holds" means that the whole
// interval lies above one half: a group of six of whom four agree holds nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/opinion/opinion.h"
#include "engine/stats/stats.h"

namespace ln::opinion {

struct Count {
  std::array<std::int64_t, saids> said{};  // by Said
  std::int64_t votes() const { return said[0] + said[1] + said[2]; }
  std::int64_t of(Said what) const { return said[static_cast<std::size_t>(what)]; }
  stats::Share share(Said what) const { return {of(what), votes()}; }
  Count& operator+=(const Count& other);
  friend bool operator==(const Count&, const Count&) = default;
};

// How often each statement was answered how, by everybody and by each group.
//
// A cell with 1 to 4 votes is not shown, and neither is what would give it away: whoever knows what
// everybody said and what the other groups said must not be left with fewer than five votes of
// which the rest could be told. So further cells, the smallest first, are hidden until the hidden
// ones and those of people in no group are none or at least five together. Where one to four votes
// of people in no group stand alone, it is what everybody said that is not shown.
class Counts {
 public:
  Counts(const Votes& votes, const Map& map, const Workers& workers = alone());
  std::size_t groups() const { return groups_; }
  std::size_t statements() const { return statements_; }

  const Count& everybody(std::size_t statement) const { return at(groups_ + 1, statement); }
  const Count& group(std::size_t group, std::size_t statement) const {
    return at(group, statement);
  }
  // All groups but one, as far as their cells are shown; and all groups, whatever is shown.
  Count others(std::size_t group, std::size_t statement) const;
  Count placed(std::size_t statement) const;
  bool shows_all_groups(std::size_t statement) const;

  bool is_shown(std::size_t statement) const { return shown_[groups_ * statements_ + statement]; }
  bool is_shown(std::size_t group, std::size_t statement) const {
    return shown_[group * statements_ + statement];
  }

 private:
  const Count& at(std::size_t row, std::size_t statement) const {
    return cells_[row * statements_ + statement];
  }
  void decide_what_is_shown(std::size_t statement);

  std::size_t groups_, statements_;
  std::vector<Count> cells_;  // rows: the groups, whoever is in none, everybody
  std::vector<bool> shown_;   // rows: the groups, everybody
};

// A share of a group's votes on a statement.
struct Held {
  std::size_t statement = 0;
  Said said = Said::agree;
  stats::Share share;
  stats::Interval interval;
};

// What most in one group say and clearly fewer in the others: the two intervals do not touch.
struct SetApart {
  Held here, elsewhere;
};

struct Division {
  std::size_t statement = 0;
  std::size_t group_for = 0, group_against = 0;  // who agrees and who disagrees most surely
  Held agrees, disagrees;
};

struct Union {
  std::size_t statement = 0;
  Said said = Said::agree;
  double least = 0;            // the lowest lower bound among the groups
  std::vector<Held> by_group;  // in the order of groups
};

struct GroupFindings {
  std::uint64_t people = 0;
  std::vector<Held> holds;      // the surest first (by lower bound; ties by statement)
  std::vector<SetApart> apart;  // the widest gap between the intervals first
};

struct Findings {
  std::vector<GroupFindings> groups;
  std::vector<Union> unites;      // all groups hold the same; the surest first
  std::vector<Division> divides;  // one group holds for, another against; the surest first
};
// Groups smaller than the privacy floor have no findings, and cells that are not shown give none.
Findings findings_of(const Map& map, const Counts& counts);

// Of each statement, by the same votes as the groups. Neither may be published where a cell is not
// shown: counts can be computed from them.
// Product over groups of (agrees + 1) / (votes + 2), engines.md A, point 12.
double group_aware_consensus(const Counts& counts, std::size_t statement);
// How much a further vote on it would tell, engines.md A, point 13:
// ((1 − (P + 1)/(S + 2)) · (E + 1) · ((A + 1)/(S + 2)) · (1 + 8 · 2^(−S/5)))², with agrees A,
// passes P and votes S of whoever stands in a group, and the extremity E.
double priority_of(const Count& count, double extremity);
// How far a person who only disagreed with this statement would stand from the middle (point 6).
double extremity_of(const Axes& axes, std::size_t statement);

}  // namespace ln::opinion
