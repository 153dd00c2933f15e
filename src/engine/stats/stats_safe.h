// What may be published of counts of people in a tree of units (city, district, ward), and of one
// count period by period, so that no subtraction gives back what is hidden.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/stats/stats.h"

namespace ln::stats {

// Counts by unit and column with all their totals: of each unit over its columns, of each inner
// unit over its children. A two-way table is a tree of a root and its rows.
//
// Counts from 1 to floor - 1 are hidden, and others beside them, until of every small count, by all
// published numbers together, an attacker who also knows that no hidden count of people is nobody
// can still not exclude `floor` or more, nor narrow it to fewer than `floor` values.
//
// How: the equations "children add up to their unit, columns add up to the total" are a network in
// which each count is one edge (the row equations of inner units follow from the others), and what
// a hidden count can be are the flows round it through hidden edges. Where too little can flow, the
// cheapest ring, by the people on it and with zeros dearest, is hidden too (J. P. Kelly, B. L.
// Golden, A. A. Assad, Networks 22, 1992, 397–417; J. Castro, EJOR 171, 2006, 39–52). The bounds
// are exact, as a network's are whole numbers; what is hidden is small, not proven smallest.
// The same tree gives the same holes.
class SafeTree {
 public:
  struct Unit {
    std::size_t parent = 0;            // before it in the list; of the first, the root, itself
    std::vector<std::int64_t> counts;  // of a unit without children; of others left empty
  };
  // `floors`: one for each column and one for the totals, at the end (privacy_floor, or
  // privacy_floor_protected for a column that touches protected reports). Preconditions: the root
  // has children, all leaves as many counts >= 0 as there are columns, floors >= 1.
  SafeTree(std::span<const Unit> units, std::span<const std::int64_t> floors);

  // Null is hidden.
  std::optional<std::int64_t> count(std::size_t unit, std::size_t column) const;
  std::optional<std::int64_t> total(std::size_t unit) const;

 private:
  struct Edge {
    std::size_t from = 0;
    std::size_t to = 0;
    std::int64_t count = 0;
    bool is_hidden = false;
  };
  struct Step {
    std::size_t edge = 0;
    bool is_forward = true;
  };
  void connect(std::span<const Unit> units, const std::vector<bool>& is_leaf);
  void protect(std::size_t edge, std::int64_t floor);
  std::int64_t push(std::size_t edge, bool is_up, std::int64_t need, bool may_hide);
  std::vector<Step> cheapest(std::size_t from,
                             std::size_t to,
                             std::size_t without,
                             const std::vector<std::int64_t>& flow,
                             bool may_hide) const;
  std::int64_t room(const Step& step, const std::vector<std::int64_t>& flow) const;

  std::size_t width_;  // columns and the total
  std::vector<Edge> edges_;
  std::vector<std::vector<Step>> nodes_;  // the steps out of each node
};

// One count week by week, to be published as time goes on: which runs of weeks may be told, as the
// number of weeks in each, from the first week on. A run ends as soon as `floor` people are in it,
// at one week, or four or five (a month: the lengths given), or a quarter; a run that is too small
// takes in the next whole period and never one already told, so that no two published runs overlap
// and no difference of them is a smaller count. Weeks at the end that do not yet make a run are not
// told. `months`: the number of weeks of each month, 3 months a quarter (4, 4, 5 ...).
// Precondition: weeks >= 0, months >= 1.
std::vector<std::size_t> told_runs(std::span<const std::int64_t> weeks,
                                   std::span<const std::size_t> months,
                                   std::int64_t floor = privacy_floor);

}  // namespace ln::stats
